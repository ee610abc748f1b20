package org.openclaw.agent.runtime.engine;

import org.openclaw.agent.AgentEvents;
import org.openclaw.agent.EventId;

/** Tells when there are more events. Thread-safe. */
final class EventWatch implements AgentEvents.Watch {
    private final EventRing ring;
    private final Bell bell;

    EventWatch(EventRing ring, Runnable more, Surroundings.Threads threads) {
        this.ring = ring;
        bell = new Bell("event-watch", more, threads);
    }

    @Override
    public void arm(EventId after) {
        bell.arm(() -> ring.hasMore(after));
    }

    /** There is an event. */
    void happened() {
        bell.ring();
    }

    @Override
    public void close() {
        bell.close();
        ring.forget(this);
    }
}
