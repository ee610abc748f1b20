package org.openclaw.agent.runtime.capability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The providers behind one facade; the first serves. Thread-safe; no lock is held while a provider is called.
 *
 * <p>A provider leaves the list before its leases are closed. So whoever finds that a lease can no longer be had, finds
 * another list at the next look, and a call never fails because the provider it had chosen went.
 */
final class Providers {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile List<Provider> list = List.of();
    private volatile boolean expected = true;

    /** The provider serves from now on, if it takes precedence. */
    void add(Provider provider) {
        lock.lock();
        try {
            var next = new ArrayList<>(list);
            next.add(provider);
            next.sort(Comparator.comparing(Provider::precedence).reversed());
            list = List.copyOf(next);
            expected = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** No new call reaches the provider from now on. */
    void remove(Provider provider) {
        lock.lock();
        try {
            list = list.stream().filter(kept -> !kept.equals(provider)).toList();
        } finally {
            lock.unlock();
        }
        provider.leases().close();
    }

    /** As long as there is none, none will come: whoever waits is told at once. */
    void expectNone() {
        lock.lock();
        try {
            expected = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Those that are here, the one that serves first. */
    List<Provider> all() {
        return list;
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    /** Waits until there is one; false when none came in time, or none is expected. */
    boolean await(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (list.isEmpty()) {
                if (left <= 0 || !expected) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A lease on the one that serves; empty when there is none. */
    Optional<Provider> lease() {
        while (true) {
            var now = list;
            if (now.isEmpty()) {
                return Optional.empty();
            }
            var serving = now.getFirst();
            if (serving.leases().acquire()) {
                return Optional.of(serving);
            }
            Thread.onSpinWait();
        }
    }
}
