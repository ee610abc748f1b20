package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.openclaw.store.AgentName;

/**
 * The bounds beyond one agent: what may wait that came through the door, on the node, for one tenant and for one type; and what
 * agents and timers have brought. What was published counts against neither: each subscription has a bound of its own, and one that is
 * slow must not take the room of others. Thread-safe.
 */
final class Rooms {
    private final Settings settings;
    private final Budget door;
    private final Map<String, Budget> tenants = new ConcurrentHashMap<>();
    private final Map<String, Budget> types = new ConcurrentHashMap<>();
    private final Reserve reserve;
    private final Budget published = new Budget(Long.MAX_VALUE, Long.MAX_VALUE);
    private final Meter leaving;
    private final InstantSource clock;

    Rooms(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        door = new Budget(settings.nodeMessages(), settings.nodeBytes());
        reserve = new Reserve(settings.reserveMessages(), settings.reserveBytes());
        leaving = new Meter(clock.instant());
    }

    /** Whose bound is reached. */
    enum Full {
        NODE,
        TENANT,
        TYPE
    }

    private Budget tenant(AgentName to) {
        return tenants.computeIfAbsent(
                to.tenant().name(), _ -> new Budget(settings.tenantMessages(), settings.tenantBytes()));
    }

    private Budget type(AgentName to) {
        return types.computeIfAbsent(
                to.address().type(), _ -> new Budget(settings.typeMessages(), settings.typeBytes()));
    }

    /** Who has no room at present; a look that takes nothing. */
    Optional<Full> full(AgentName to) {
        if (door.isFull()) {
            return Optional.of(Full.NODE);
        }
        if (tenant(to).isFull()) {
            return Optional.of(Full.TENANT);
        }
        return type(to).isFull() ? Optional.of(Full.TYPE) : Optional.empty();
    }

    /** Room for a message from the door; or who has none, and nothing is taken. */
    Optional<Full> take(AgentName to, int size) {
        if (!door.take(1, size)) {
            return Optional.of(Full.NODE);
        }
        if (!tenant(to).take(1, size)) {
            door.give(1, size);
            return Optional.of(Full.TENANT);
        }
        if (!type(to).take(1, size)) {
            door.give(1, size);
            tenant(to).give(1, size);
            return Optional.of(Full.TYPE);
        }
        return Optional.empty();
    }

    /** Room for a message that waits already, however full it is. */
    void force(AgentName to, Envelope.Origin origin, int size) {
        switch (origin) {
            case DOOR -> {
                door.force(1, size);
                tenant(to).force(1, size);
                type(to).force(1, size);
            }
            case AGENT, TIMER -> reserve.force(size);
        }
    }

    Reserve reserve() {
        return reserve;
    }

    /** How many messages have room on the node. */
    long taken() {
        return door.count() + reserve.count() + published.count();
    }

    /** When a tenth of what waits will have left. */
    Duration untilRoom() {
        return leaving.until(door.count() / 10 + 1, clock.instant());
    }

    /** Counts a reference to what was published. */
    void refer(int size) {
        published.force(1, size);
    }

    /** The same for one that may be a reference. */
    void give(AgentName to, Envelope.Origin origin, int size, boolean isReference) {
        if (isReference) {
            published.give(1, size);
        } else {
            give(to, origin, size);
        }
    }

    /** Gives back the room of a message that waits no longer. Hold no lock: senders may go on. */
    void give(AgentName to, Envelope.Origin origin, int size) {
        switch (origin) {
            case DOOR -> {
                door.give(1, size);
                tenant(to).give(1, size);
                type(to).give(1, size);
                leaving.count(clock.instant());
            }
            case AGENT, TIMER -> reserve.give(1, size);
        }
    }
}
