package org.openclaw.agent.runtime.capability;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.openclaw.capability.CapabilityView;

/** The calls that wait for something, within a bound. Thread-safe. */
final class Waiters {
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Waiter> all = ConcurrentHashMap.newKeySet();

    /** A call that waits. No record: two calls may say the same of themselves. */
    static final class Waiter {
        private final String operation;
        private final CapabilityView.Reason reason;
        private final Instant since;
        private final Thread thread = Thread.currentThread();

        private Waiter(String operation, CapabilityView.Reason reason, Instant since) {
            this.operation = operation;
            this.reason = reason;
            this.since = since;
        }

        private CapabilityView.Waiter view(Map<Thread, CapabilityView.Caller> callers) {
            return new CapabilityView.Waiter(operation, reason, since, Optional.ofNullable(callers.get(thread)));
        }
    }

    /** Begins to wait; empty when as many wait as may. Each that is not needs one {@link #ended}. */
    Optional<Waiter> began(String operation, CapabilityView.Reason reason, Instant since, int most) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return Optional.empty();
        }
        var waiter = new Waiter(operation, reason, since);
        all.add(waiter);
        return Optional.of(waiter);
    }

    void ended(Waiter waiter) {
        all.remove(waiter);
        count.decrementAndGet();
    }

    int count() {
        return count.get();
    }

    /** Those that have waited longest, at most so many. */
    List<CapabilityView.Waiter> longest(int limit, Supplier<Map<Thread, CapabilityView.Caller>> callers) {
        var longest = all.stream()
                .sorted(Comparator.comparing((Waiter waiter) -> waiter.since))
                .limit(limit)
                .toList();
        if (longest.isEmpty()) {
            return List.of();
        }
        var known = callers.get();
        return longest.stream().map(waiter -> waiter.view(known)).toList();
    }
}
