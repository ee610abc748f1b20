package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.openclaw.agent.RecentTurn;
import org.openclaw.agent.runtime.type.AgentVersion;

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

    private record Slot(long number, long before, RecentTurn turn) {}

    static RecentTurn done(Tracked message, AgentVersion version, Mailbox.Ended ended) {
        return turn(message, version, ended, RecentTurn.Outcome.DONE, Optional.empty());
    }

    static RecentTurn dead(Tracked message, AgentVersion version, Mailbox.Ended ended, Handling.Result.Failed failed) {
        return turn(message, version, ended, RecentTurn.Outcome.DEAD, Optional.of(failed));
    }

    private static RecentTurn turn(
            Tracked message,
            AgentVersion version,
            Mailbox.Ended ended,
            RecentTurn.Outcome outcome,
            Optional<Handling.Result.Failed> failed) {
        return new RecentTurn(
                message.id(),
                message.type(),
                Optional.of(version.version()),
                ended.at(),
                Duration.ofNanos(ended.nanos()),
                outcome,
                failed.map(Handling.Result.Failed::code),
                failed.map(Handling.Result.Failed::cause));
    }

    static RecentTurn cancelled(Tracked message, Instant now) {
        return new RecentTurn(
                message.id(),
                message.type(),
                Optional.empty(),
                now,
                Duration.ZERO,
                RecentTurn.Outcome.CANCELLED,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Adds how a message ended.
     *
     * @param before the number of the latest one of the same agent
     * @return its own number
     */
    long add(long before, RecentTurn turn) {
        long number = last.incrementAndGet();
        ring.setRelease(index(number), new Slot(number, before, turn));
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
            found.add(slot.turn());
            next = slot.before();
        }
        return List.copyOf(found);
    }

    private int index(long number) {
        return (int) (number % ring.length());
    }
}
