package org.openclaw.agent.runtime.type;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

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

    /** How many leases are out. */
    public long count() {
        var now = out.get();
        return now < 0 ? now - CLOSED : now;
    }
}
