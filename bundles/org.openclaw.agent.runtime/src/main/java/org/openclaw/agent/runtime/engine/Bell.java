package org.openclaw.agent.runtime.engine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls somebody once each time it is armed. Thread-safe, without a lock: whoever arms says so first and looks for something new
 * then, whoever has something new counts it first and looks who is armed then. So one of them sees the other, and whoever disarms it
 * calls.
 */
final class Bell {
    private static final Logger LOG = LoggerFactory.getLogger(Bell.class);

    private enum State {
        RESTS,
        ARMED,
        CLOSED
    }

    private final String name;
    private final Runnable more;
    private final Surroundings.Threads threads;
    private final AtomicReference<State> state = new AtomicReference<>(State.RESTS);

    /**
     * @param name of the thread that calls
     * @param more is called
     */
    Bell(String name, Runnable more, Surroundings.Threads threads) {
        this.name = name;
        this.more = more;
        this.threads = threads;
    }

    /** Calls once, as soon as it rings; at once when there is something new already. */
    void arm(BooleanSupplier isNew) {
        if (state.compareAndSet(State.RESTS, State.ARMED) && isNew.getAsBoolean()) {
            ring();
        }
    }

    /** There is something new. */
    void ring() {
        if (state.get() == State.ARMED && state.compareAndSet(State.ARMED, State.RESTS)) {
            threads.run(name, this::call);
        }
    }

    private void call() {
        if (state.get() == State.CLOSED) {
            return;
        }
        try {
            more.run();
        } catch (RuntimeException | Error failed) { // it is their fault, and nobody else hears of it
            LOG.error("Somebody who watches what agents do failed when told that there is more ({}).", name, failed);
        }
    }

    /** Calls no more. */
    void close() {
        state.set(State.CLOSED);
    }
}
