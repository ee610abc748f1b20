package org.openclaw.bench.engine;

/** What the agents of the measurement send each other: about 300 bytes as JSON. */
public sealed interface Hop {
    /**
     * Goes on to another agent, until the hops are used up.
     *
     * @param token which of those that are under way
     * @param left how many hops are left
     * @param sleepMillis how long each handler blocks
     */
    record Pass(long token, long left, int sleepMillis, String padding) implements Hop {}

    /**
     * Makes its receiver send a {@link Pass} that goes no further to each of some agents.
     *
     * @param first the number of the first
     * @param count how many there are
     */
    record Greet(long first, int count) implements Hop {}

    /** Takes three steps, is counted and answered with the count. */
    record Act(long token, String padding) implements Hop {}

    /** Waits for a signal, and is counted. */
    record Await(long token) implements Hop {}

    /**
     * Sets timers.
     *
     * @param first when the first one fires, milliseconds since 1970
     * @param apart how many milliseconds lie between two
     */
    record Remind(long first, long apart, int count) implements Hop {}

    /** From a timer. */
    record Late(long due) implements Hop {}

    /** Is counted and answered with the count. */
    record Ask(long token, String padding) implements Hop {}
}
