package org.openclaw.client;

import java.time.Duration;

/**
 * Until when an answer is worth something. Thread-safe.
 *
 * @param end on the clock of the time
 */
record Deadline(Time time, long end) {
    private static final Duration LONGEST_WITHIN = Duration.ofDays(365);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration LONGEST_WAY = Duration.ofSeconds(1);

    static Deadline in(Duration within, Time time) {
        var bounded = within.compareTo(LONGEST_WITHIN) > 0 ? LONGEST_WITHIN : within;
        return new Deadline(time, time.nanos() + bounded.toNanos());
    }

    /** What is left; nothing when it is over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - time.nanos()));
    }

    boolean isOver() {
        return left().isZero();
    }

    /**
     * How long the container may be asked to wait: whole seconds, as {@code Prefer: wait} has them (RFC 7240), and less than is
     * left, so that its answer has time for its way.
     */
    Duration agreeable() {
        var left = left();
        var way = left.dividedBy(10);
        var wait = left.minus(way.compareTo(LONGEST_WAY) > 0 ? LONGEST_WAY : way);
        return Duration.ofSeconds(Math.min(wait.toSeconds(), LONGEST_WAIT.toSeconds()));
    }
}
