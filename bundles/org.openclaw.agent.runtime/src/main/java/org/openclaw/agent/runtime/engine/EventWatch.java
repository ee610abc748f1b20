package org.openclaw.agent.runtime.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.openclaw.agent.AgentEvents;
import org.openclaw.agent.EventId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls somebody once each time it is armed. Thread-safe, without a lock: whoever arms says so first and looks for events then,
 * whoever adds an event counts it first and looks who is armed then. So one of them sees the other, and whoever disarms it calls.
 */
final class EventWatch implements AgentEvents.Watch {
    private static final Logger LOG = LoggerFactory.getLogger(EventWatch.class);

    private enum State {
        RESTS,
        ARMED,
        CLOSED
    }

    private final EventRing ring;
    private final Runnable more;
    private final Surroundings.Threads threads;
    private final AtomicReference<State> state = new AtomicReference<>(State.RESTS);

    EventWatch(EventRing ring, Runnable more, Surroundings.Threads threads) {
        this.ring = ring;
        this.more = more;
        this.threads = threads;
    }

    @Override
    public void arm(EventId after) {
        if (state.compareAndSet(State.RESTS, State.ARMED) && ring.hasMore(after)) {
            happened();
        }
    }

    /** There is an event. */
    void happened() {
        if (state.get() == State.ARMED && state.compareAndSet(State.ARMED, State.RESTS)) {
            threads.run("event-watch", this::call);
        }
    }

    private void call() {
        if (state.get() == State.CLOSED) {
            return;
        }
        try {
            more.run();
        } catch (RuntimeException | Error failed) { // it is their fault, and nobody else hears of it
            LOG.error("Somebody who watches what agents do failed when told that there is more.", failed);
        }
    }

    @Override
    public void close() {
        state.set(State.CLOSED);
        ring.forget(this);
    }
}
