package org.openclaw.bench.peers.pekko;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The latencies of a round's commands, and how many of them ended in each second. Belongs to one thread at a time. */
final class Samples {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long startNanos;
    private final long[] perSecond;
    private long[] latencies = new long[4096];
    private int count;

    Samples(long startNanos, int seconds) {
        this.startNanos = startNanos;
        this.perSecond = new long[seconds];
    }

    /** Counts a command; not one that ended after the round, for which the answer is false. */
    boolean add(long sentNanos, long endedNanos) {
        long second = (endedNanos - startNanos) / SECOND;
        if (second >= perSecond.length) {
            return false;
        }
        perSecond[(int) second]++;
        if (count == latencies.length) {
            latencies = Arrays.copyOf(latencies, count * 2);
        }
        latencies[count++] = endedNanos - sentNanos;
        return true;
    }

    /** Those of several clients together, which began at the same time. */
    static Samples of(List<Samples> parts) {
        var first = parts.getFirst();
        var all = new Samples(first.startNanos, first.perSecond.length);
        all.latencies = new long[parts.stream().mapToInt(part -> part.count).sum()];
        for (var part : parts) {
            System.arraycopy(part.latencies, 0, all.latencies, all.count, part.count);
            all.count += part.count;
            for (int second = 0; second < all.perSecond.length; second++) {
                all.perSecond[second] += part.perSecond[second];
            }
        }
        Arrays.sort(all.latencies);
        return all;
    }

    int count() {
        return count;
    }

    /** The median of the seconds. */
    long perSecond() {
        return Arrays.stream(perSecond).sorted().toArray()[perSecond.length / 2];
    }

    /** The latency that this share of the commands did not exceed, in microseconds. Of {@link #of} only. */
    long micros(double share) {
        int at = (int) Math.min(count - 1, Math.floor(share * count));
        return TimeUnit.NANOSECONDS.toMicros(latencies[at]);
    }
}
