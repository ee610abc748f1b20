package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import org.openclaw.message.Delivery;

/**
 * When turns are due, by which {@link FairQueue} orders them: a message's acceptance, and behind that its patience, which its {@link
 * Delivery} says. Belongs to the thread of the {@link Core}.
 *
 * <p>Times are microseconds of a clock that only goes forward, since this was made: a wall clock that jumps would put what was
 * accepted before it jumped behind all that comes later, or before it. Nothing is kept for each message: numbers grow with time,
 * so a table says when some of them were given out, to a tenth of a second, and coarser the longer ago that was. What was accepted
 * before that table begins is taken for as old as its first line.
 */
final class Urgency {
    /** How long a message has patience that is delivered as usual, in microseconds. */
    static final int USUAL = patience(Delivery.NORMAL, 0);

    private static final long A_LEVEL = 10_000_000;
    private static final long RESOLUTION = 100_000;
    private static final long OLDEST = Duration.ofDays(1).toSeconds() * 1_000_000;
    private static final int MOST = 1_024;

    private final LongSupplier nanos;
    private final long start;
    private final long[] numbers = new long[MOST];
    private final long[] times = new long[MOST];
    private int count;

    /** @param nanos a clock that only goes forward */
    Urgency(LongSupplier nanos) {
        this.nanos = nanos;
        start = nanos.getAsLong();
    }

    /**
     * How long a message has patience, in microseconds: no more than {@code 90 s}, and none when its deadline has passed already.
     *
     * @param acceptedAt microseconds since 1970
     */
    static int patience(Delivery delivery, long acceptedAt) {
        long most = (Delivery.HIGHEST - delivery.priority()) * A_LEVEL;
        return (int) delivery.deadline()
                .map(deadline -> Math.clamp(Micros.of(deadline) - acceptedAt, 0, most))
                .orElse(most)
                .longValue();
    }

    /** A message is accepted now: its number is greater than all before it. */
    void accepted(long number) {
        long now = (nanos.getAsLong() - start) / 1_000;
        if (count == 0 || now - times[count - 1] >= RESOLUTION) {
            add(number, now);
        }
    }

    /**
     * What was accepted before this node began.
     *
     * @param acceptances of some numbers, in microseconds since 1970
     * @param now microseconds since 1970
     */
    void found(SortedMap<Long, Long> acceptances, long now) {
        acceptances.forEach((number, at) -> add(number, Math.max(last(), -Math.clamp(now - at, 0, OLDEST))));
    }

    private long last() {
        return count == 0 ? -OLDEST : times[count - 1];
    }

    private void add(long number, long time) {
        if (count == MOST) {
            thin();
        }
        numbers[count] = number;
        times[count] = time;
        count++;
    }

    /** Forgets every second one of the older half. */
    private void thin() {
        int kept = MOST / 4;
        for (int place = 0; place < kept; place++) {
            numbers[place] = numbers[2 * place];
            times[place] = times[2 * place];
        }
        System.arraycopy(numbers, MOST / 2, numbers, kept, MOST / 2);
        System.arraycopy(times, MOST / 2, times, kept, MOST / 2);
        count = kept + MOST / 2;
    }

    /** When the turn for a message is due. */
    long due(long number, int patience) {
        if (count == 0) {
            return patience;
        }
        int place = Arrays.binarySearch(numbers, 0, count, number);
        int line = place >= 0 ? place : Math.max(0, -place - 2);
        return times[line] + patience;
    }
}
