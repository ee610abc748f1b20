package org.openclaw.client;

import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many requests may be under way; more wait. Thread-safe. */
final class Places {
    private final Semaphore free;

    Places(int most) {
        free = new Semaphore(most);
    }

    /** Waits for one; false when there is none in time. */
    boolean take(Optional<Deadline> until) throws InterruptedException {
        var place = new Place(free, until);
        ForkJoinPool.managedBlock(place);
        return place.taken;
    }

    void give() {
        free.release();
    }

    /** Waits for a place; answers come by the common pool, and whoever waits in it must not hold them up. */
    private static final class Place implements ForkJoinPool.ManagedBlocker {
        private final Semaphore free;
        private final Optional<Deadline> until;
        private boolean taken;

        Place(Semaphore free, Optional<Deadline> until) {
            this.free = free;
            this.until = until;
        }

        @Override
        public boolean block() throws InterruptedException {
            if (until.isPresent()) {
                taken = free.tryAcquire(until.get().left().toNanos(), TimeUnit.NANOSECONDS);
            } else {
                free.acquire();
                taken = true;
            }
            return true;
        }

        @Override
        public boolean isReleasable() {
            taken = taken || free.tryAcquire();
            return taken;
        }
    }
}
