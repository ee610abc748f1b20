package org.openclaw.agent.runtime.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One turn to run: an agent and the message at the head of its inbox. It is begun by the thread that runs it or taken back by the
 * core, whoever is first.
 *
 * @see Cell
 */
final class Job {
    private final Cell cell;
    private final long number;
    private final long due;
    private final @Nullable Envelope envelope;
    private final @Nullable AgentRecord record;
    private final AtomicReference<State> state = new AtomicReference<>(State.READY);

    /**
     * @param number of the message
     * @param due when it should begin; see {@link Urgency}
     * @param envelope the message; null when it has to be read from the disk
     * @param record what is known of the agent; null when it has to be read from the disk
     */
    Job(Cell cell, long number, long due, @Nullable Envelope envelope, @Nullable AgentRecord record) {
        this.cell = cell;
        this.number = number;
        this.due = due;
        this.envelope = envelope;
        this.record = record;
    }

    private enum State {
        READY,
        CLAIMED,
        WITHDRAWN
    }

    Cell cell() {
        return cell;
    }

    long number() {
        return number;
    }

    /** When it should begin; see {@link Urgency}. */
    long due() {
        return due;
    }

    /** Begins it; false when it was taken back. */
    boolean claim() {
        return state.compareAndSet(State.READY, State.CLAIMED);
    }

    /** Takes it back; false when it has begun. */
    boolean withdraw() {
        return state.compareAndSet(State.READY, State.WITHDRAWN);
    }

    boolean isWithdrawn() {
        return state.get() == State.WITHDRAWN;
    }

    boolean isClaimed() {
        return state.get() == State.CLAIMED;
    }

    /** The message. */
    Envelope envelope(Shelf shelf) {
        var known = envelope;
        return known != null
                ? known
                : shelf.message(cell.number(), number)
                        .orElseThrow(() -> new IllegalStateException(
                                "message " + number + " of " + cell.name() + " is not stored"));
    }

    /** What is known of the agent. */
    AgentRecord record(Shelf shelf) {
        var known = record;
        return known != null
                ? known
                : shelf.agent(cell.number())
                        .map(read -> read.named(cell.name()))
                        .orElseThrow(() -> new IllegalStateException(cell.name() + " is not stored"));
    }
}
