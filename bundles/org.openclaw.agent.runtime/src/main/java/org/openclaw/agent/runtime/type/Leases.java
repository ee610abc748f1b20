package org.openclaw.agent.runtime.type;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Counts the calls in flight on something that may be taken away. Once closed nobody gets a lease any more, and whoever
 * closes may wait for those that are out. A single atomic word, so that a lease is never given out behind a close.
 */
public final class Leases {
    private static final long CLOSED = Long.MIN_VALUE;

    private final AtomicLong out = new AtomicLong();
    private final CountDownLatch drained = new CountDownLatch(1);

    /** Takes a lease; false once closed. Each true needs one {@link #release}. */
    public boolean acquire() {
        while (true) {
            var now = out.get();
            if (now < 0) {
                return false;
            }
            if (out.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Gives a lease back. */
    public void release() {
        if (out.decrementAndGet() == CLOSED) {
            drained.countDown();
        }
    }

    /** Gives no more leases. */
    public void close() {
        var before = out.getAndUpdate(now -> now < 0 ? now : now + CLOSED);
        if (before == 0) {
            drained.countDown();
        }
    }

    /** Waits for the last lease of a closed one; false when the time was over first. */
    public boolean awaitDrained(Duration atMost) throws InterruptedException {
        return drained.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The same, but gives up as soon as there is a reason to hurry: it is asked for at the beginning and every {@code every}. */
    public boolean awaitDrained(Duration atMost, BooleanSupplier hurry, Duration every) throws InterruptedException {
        for (var left = atMost; left.isPositive() && !hurry.getAsBoolean(); left = left.minus(every)) {
            if (awaitDrained(left.compareTo(every) < 0 ? left : every)) {
                return true;
            }
        }
        return awaitDrained(Duration.ZERO);
    }

    /** How many leases are out. */
    public long count() {
        var now = out.get();
        return now < 0 ? now - CLOSED : now;
    }
}
