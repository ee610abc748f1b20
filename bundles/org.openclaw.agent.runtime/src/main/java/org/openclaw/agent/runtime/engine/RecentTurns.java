package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.openclaw.agent.RecentTurn;

/** How the latest turns of all agents ended: a ring that forgets the oldest. Thread-safe, without a lock. */
final class RecentTurns {
    private final AtomicReferenceArray<Ending> ring;
    private final AtomicLong count = new AtomicLong();

    RecentTurns(int size) {
        ring = new AtomicReferenceArray<>(size);
    }

    /**
     * How a message ended.
     *
     * @param ticket its receipt
     * @param version that ran the turn; empty text when there was none
     * @param at when it ended, microseconds since 1970
     * @param nanos how long the turn took
     * @param code why it failed; empty text when it did not
     */
    record Ending(
            Ticket ticket,
            String type,
            String version,
            long at,
            long nanos,
            RecentTurn.Outcome outcome,
            String code,
            String cause) {
        RecentTurn view() {
            return new RecentTurn(
                    ticket.id(),
                    type,
                    said(version),
                    Micros.instant(at),
                    Duration.ofNanos(nanos),
                    outcome,
                    said(code),
                    said(cause));
        }

        private static Optional<String> said(String text) {
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
    }

    /** Adds how a turn ended, or a message without one. */
    void add(Ending ending) {
        ring.setRelease(index(count.getAndIncrement()), ending);
    }

    /** Those of one agent, newest first, as far as they are remembered: looks at all that are. */
    List<RecentTurn> of(long agent, int limit) {
        var found = new ArrayList<RecentTurn>();
        long newest = count.get() - 1;
        long oldest = Math.max(0, newest - ring.length() + 1);
        for (long next = newest; next >= oldest && found.size() < limit; next--) {
            var ending = ring.getAcquire(index(next));
            if (ending != null && ending.ticket().agent() == agent) {
                found.add(ending.view());
            }
        }
        return List.copyOf(found);
    }

    private int index(long number) {
        return (int) (number % ring.length());
    }
}
