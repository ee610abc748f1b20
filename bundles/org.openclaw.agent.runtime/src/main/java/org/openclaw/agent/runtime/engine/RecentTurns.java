package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.openclaw.agent.RecentTurn;

/**
 * How the latest messages of all agents ended: a ring that forgets the oldest. Each slot names the one before it of the same
 * agent, so that the latest of one agent are found without a look at the others. Thread-safe, without a lock.
 */
final class RecentTurns {
    /** The number of no slot. */
    static final long NONE = 0;

    private final AtomicReferenceArray<Slot> ring;
    private final AtomicLong last = new AtomicLong(NONE);

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

    private record Slot(long number, long before, Ending ending) {}

    /**
     * Adds how a message ended.
     *
     * @param before the number of the latest one of the same agent
     * @return its own number
     */
    long add(long before, Ending ending) {
        long number = last.incrementAndGet();
        ring.setRelease(index(number), new Slot(number, before, ending));
        return number;
    }

    /** The one of this number and those before it of the same agent, newest first, as far as they are remembered. */
    List<RecentTurn> from(long number, int limit) {
        var found = new ArrayList<RecentTurn>();
        for (long next = number; next != NONE && found.size() < limit; ) {
            var slot = ring.getAcquire(index(next));
            if (slot == null || slot.number() != next) {
                break;
            }
            found.add(slot.ending().view());
            next = slot.before();
        }
        return List.copyOf(found);
    }

    private int index(long number) {
        return (int) (number % ring.length());
    }
}
