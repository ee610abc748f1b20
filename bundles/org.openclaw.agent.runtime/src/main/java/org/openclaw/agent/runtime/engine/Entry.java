package org.openclaw.agent.runtime.engine;

import org.openclaw.agent.WaitingMessage;
import org.openclaw.message.Message;

/** A message in an inbox. Equal by identity only. */
final class Entry {
    private final Tracked tracked;
    private final Message message;
    private final Room room;

    Entry(Tracked tracked, Message message, Room room) {
        this.tracked = tracked;
        this.message = message;
        this.room = room;
    }

    /** Which bound a message counts against. */
    enum Room {
        /** The bound of the door. */
        DOOR,
        /** The reserve for agents and timers. */
        RESERVE
    }

    Tracked tracked() {
        return tracked;
    }

    Message message() {
        return message;
    }

    Room room() {
        return room;
    }

    int size() {
        return message.body().size();
    }

    /** The message as seen from outside. */
    WaitingMessage view() {
        return new WaitingMessage(tracked.id(), tracked.type(), message.source(), tracked.acceptedAt(), size());
    }
}
