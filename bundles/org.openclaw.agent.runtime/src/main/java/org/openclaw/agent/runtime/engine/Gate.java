package org.openclaw.agent.runtime.engine;

import java.util.Optional;
import org.openclaw.agent.TurnLimits;

/** What bounds the turns of one tenant, or of one type, and how many there are. Not thread-safe. */
final class Gate {
    /** Which part of a second's turns may begin at once. */
    private static final long BURST_NANOS = 100_000_000;

    private static final long SECOND_NANOS = 1_000_000_000;

    private final int most;
    private final long spacing;
    private int waiting;
    private int underWay;
    private long opens;

    /**
     * @param most how many turns may be under way
     * @param perSecond how many may begin in a second
     * @param now nanoseconds of a clock that goes on evenly
     */
    Gate(int most, int perSecond, long now) {
        this.most = most;
        spacing = perSecond == Shares.UNBOUND ? 0 : Math.max(1, SECOND_NANOS / perSecond);
        opens = now;
    }

    void entered() {
        waiting++;
    }

    void begun(long now) {
        waiting--;
        underWay++;
        if (spacing > 0) {
            opens = Math.max(opens - now, -BURST_NANOS) + now + spacing;
        }
    }

    /** @param ran whether it was a turn, or could not begin */
    void ended(boolean ran) {
        underWay--;
        opens -= ran ? 0 : spacing;
    }

    /** One that waited was taken back. */
    void left() {
        waiting--;
    }

    /** Nothing waits any more. */
    void clear() {
        waiting = 0;
    }

    int waiting() {
        return waiting;
    }

    int underWay() {
        return underWay;
    }

    boolean isIdle() {
        return waiting == 0 && underWay == 0;
    }

    /** Whether as many are under way as may be. */
    boolean isFull() {
        return underWay >= most;
    }

    /** What keeps those that wait from beginning; empty when nothing does. */
    Optional<TurnLimits.Bound> heldBy(long now) {
        if (waiting == 0) {
            return Optional.empty();
        }
        if (isFull()) {
            return Optional.of(TurnLimits.Bound.CONCURRENT);
        }
        return closedFor(now) > 0 ? Optional.of(TurnLimits.Bound.PER_SECOND) : Optional.empty();
    }

    /** How long until another one may begin, in nanoseconds, if it has to wait for that at all; otherwise 0 or less. */
    long closedFor(long now) {
        return spacing == 0 ? 0 : opens - now;
    }
}
