package org.openclaw.telemetry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long things took: a histogram of durations, from microseconds to hours, within an eighth of their value. Immutable; two
 * of the same source at different times give, by {@link #since}, what lies between them.
 *
 * <p>The buckets below {@value #EXACT} microseconds are one microsecond wide; above, each power of two has eight.
 */
public final class Latencies {
    private static final int EXACT = 16;
    private static final int FIRST_POWER = 4;
    private static final int LAST_POWER = 36;
    private static final int PER_POWER = 8;
    private static final int BUCKETS = EXACT + (LAST_POWER - FIRST_POWER + 1) * PER_POWER;
    private static final long MOST = (1L << (LAST_POWER + 1)) - 1;

    /** Of nothing. */
    public static final Latencies NONE = new Latencies(new long[BUCKETS]);

    private final long[] counts;
    private final long count;

    private Latencies(long[] counts) {
        this.counts = counts;
        long sum = 0;
        for (long each : counts) {
            sum += each;
        }
        this.count = sum;
    }

    /** Counts durations as they come. Thread-safe; recording takes no lock. */
    public static final class Recorder {
        private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

        /** Counts a duration; a negative one, which a clock that was set back gives, counts as zero. */
        public void record(Duration took) {
            counts.getAndIncrement(bucket(micros(took)));
        }

        /** What has been recorded so far. */
        public Latencies read() {
            var copy = new long[BUCKETS];
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                copy[bucket] = counts.get(bucket);
            }
            return new Latencies(copy);
        }
    }

    private static long micros(Duration took) {
        if (took.isNegative()) {
            return 0;
        }
        return took.getSeconds() > MOST / 1_000_000 ? MOST : took.getSeconds() * 1_000_000 + took.getNano() / 1_000;
    }

    private static int bucket(long micros) {
        if (micros < EXACT) {
            return (int) micros;
        }
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
        int eighth = (int) (micros >>> (power - 3)) & (PER_POWER - 1);
        return EXACT + (power - FIRST_POWER) * PER_POWER + eighth;
    }

    /** The greatest duration that falls into a bucket. */
    private static Duration greatest(int bucket) {
        if (bucket < EXACT) {
            return Duration.ofNanos(bucket * 1_000L);
        }
        int power = FIRST_POWER + (bucket - EXACT) / PER_POWER;
        long above = PER_POWER + (bucket - EXACT) % PER_POWER + 1L;
        return Duration.ofNanos(((above << (power - 3)) - 1) * 1_000L);
    }

    /** How many durations it holds. */
    public long count() {
        return count;
    }

    /**
     * What was recorded after an earlier reading of the same source. When the source has begun anew meanwhile, all that it
     * holds.
     */
    public Latencies since(Latencies earlier) {
        var between = new long[BUCKETS];
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            between[bucket] = counts[bucket] - earlier.counts[bucket];
            if (between[bucket] < 0) {
                return this;
            }
        }
        return new Latencies(between);
    }

    /**
     * The duration that a share of all did not exceed, at most an eighth too long.
     *
     * @param share above 0, at most 1: 0.5 is the median
     * @return empty when nothing was recorded
     */
    public Optional<Duration> percentile(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share: " + share + " (expected: above 0, at most 1)");
        }
        if (count == 0) {
            return Optional.empty();
        }
        long rank = Math.max(1, (long) Math.ceil(share * count));
        int bucket = -1;
        for (long seen = 0; seen < rank; ) {
            seen += counts[++bucket];
        }
        return Optional.of(greatest(bucket));
    }

    /** The count and the median: for logs. */
    @Override
    public String toString() {
        return count + " durations, median "
                + percentile(0.5).map(Duration::toString).orElse("none");
    }
}
