package org.openclaw.deploy.folder;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes the keeper and says why. Rings of the same cause that nobody has heard yet count once, so nothing piles up. */
final class Bell {
    /** Why the keeper should look. */
    enum Cause {
        /** Something in the folder may have changed. */
        FOLDER,
        /** A bundle has come up or gone down, as the keeper wanted. */
        OUTCOME,
        /** Somebody else did something to a bundle of the folder. */
        INTERFERENCE,
        /** A bundle of the container has changed: what was missing may be there now. */
        WORLD,
        /** The trust store has changed. */
        POLICY,
        /** The keeper shall end. */
        CLOSE
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private final EnumSet<Cause> causes = EnumSet.noneOf(Cause.class);

    void ring(Cause cause) {
        lock.lock();
        try {
            causes.add(cause);
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it rang for this cause since the last {@link #await}. */
    boolean hasRung(Cause cause) {
        lock.lock();
        try {
            return causes.contains(cause);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a ring, at most so long, and takes the causes. */
    Set<Cause> await(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = atMost.toNanos();
            while (causes.isEmpty() && left > 0) {
                left = rung.awaitNanos(left);
            }
            var taken = EnumSet.copyOf(causes);
            causes.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
