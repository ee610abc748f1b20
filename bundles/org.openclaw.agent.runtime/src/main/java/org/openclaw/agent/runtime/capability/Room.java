package org.openclaw.agent.runtime.capability;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many calls may be under way, in the order in which they came. Thread-safe.
 *
 * <p>The JDK's semaphore rather than a bulkhead of Failsafe: it can be resized, so that a changed limit counts the calls
 * that are under way already.
 */
final class Room {
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final Places places = new Places();
    private int size = UNBOUNDED;

    private static final class Places extends Semaphore {
        private static final long serialVersionUID = 1L;

        Places() {
            super(UNBOUNDED, true);
        }

        void fewer(int by) {
            reducePermits(by);
        }
    }

    /** @param concurrent 0: any number. Those that are under way stay, even if they are more. */
    synchronized void resize(int concurrent) {
        int wanted = concurrent == 0 ? UNBOUNDED : concurrent;
        if (wanted > size) {
            places.release(wanted - size);
        } else {
            places.fewer(size - wanted);
        }
        size = wanted;
    }

    /** Takes a place if one is free, and nobody waits for it. */
    boolean tryEnter() {
        return !places.hasQueuedThreads() && places.tryAcquire();
    }

    /** Waits for a place; false when none was free in time. */
    boolean enter(long nanos) throws InterruptedException {
        return places.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    }

    void leave() {
        places.release();
    }
}
