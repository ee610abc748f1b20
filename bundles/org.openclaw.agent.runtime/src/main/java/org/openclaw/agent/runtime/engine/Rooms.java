package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.InstantSource;

/** The bounds of the node: what may wait that came through the door, and what agents and timers have brought. */
final class Rooms {
    private final Budget door;
    private final Reserve reserve;
    private final Meter leaving;
    private final InstantSource clock;

    Rooms(Settings settings, InstantSource clock) {
        this.clock = clock;
        door = new Budget(settings.nodeMessages(), settings.nodeBytes());
        reserve = new Reserve(settings.reserveMessages(), settings.reserveBytes());
        leaving = new Meter(clock.instant());
    }

    Budget door() {
        return door;
    }

    Reserve reserve() {
        return reserve;
    }

    /** How many messages have room on the node. */
    long taken() {
        return door.count() + reserve.count();
    }

    /** When a tenth of what waits will have left. */
    Duration untilRoom() {
        return leaving.until(door.count() / 10 + 1, clock.instant());
    }

    /** Gives back the room of a message that waits no longer. Hold no lock: senders may go on. */
    void give(Entry entry) {
        switch (entry.room()) {
            case DOOR -> {
                door.give(1, entry.size());
                leaving.count(clock.instant());
            }
            case RESERVE -> reserve.give(1, entry.size());
        }
    }
}
