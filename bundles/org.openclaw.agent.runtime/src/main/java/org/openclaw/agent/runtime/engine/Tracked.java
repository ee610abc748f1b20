package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.TrackedMessage;
import org.openclaw.store.AgentName;

/** A message that waits or runs, or a query, and who wants to know where it ends; its body is not part of it. Thread-safe. */
final class Tracked {
    private static final MessageStatus WAITING = new MessageStatus.Waiting(Optional.empty());

    private final Ticket ticket;
    private final AgentName to;
    private final String type;
    private final long acceptedAt;
    private final @Nullable Identity identity;
    private volatile MessageStatus status = WAITING;
    /** Those who wait for its end, each of whom may cease to; null before the first. */
    private @Nullable Map<Long, CompletableFuture<MessageStatus>> waiting;

    private long waiters;

    private boolean left;

    /** @param identity by what it is known again; null when that is not at hand */
    Tracked(Ticket ticket, AgentName to, String type, long acceptedAt, @Nullable Identity identity) {
        this.ticket = ticket;
        this.to = to;
        this.type = type;
        this.acceptedAt = acceptedAt;
        this.identity = identity;
    }

    Ticket ticket() {
        return ticket;
    }

    ReceiptId id() {
        return ticket.id();
    }

    AgentName to() {
        return to;
    }

    String type() {
        return type;
    }

    Instant acceptedAt() {
        return Micros.instant(acceptedAt);
    }

    Optional<Identity> identity() {
        return Optional.ofNullable(identity);
    }

    MessageStatus status() {
        return status;
    }

    /** As seen from outside. */
    TrackedMessage view(MessageStatus as) {
        return new TrackedMessage(id(), to.address(), type, acceptedAt(), as);
    }

    /** Where it ends: one's own, to be cancelled by who waits no more. Empty when it was left: then it has to be found once more. */
    synchronized Optional<CompletionStage<MessageStatus>> outcome() {
        if (left) {
            return Optional.empty();
        }
        if (status.isFinal()) {
            return Optional.of(CompletableFuture.completedFuture(status));
        }
        var each = new CompletableFuture<MessageStatus>();
        var all = waiting;
        if (all == null) {
            all = new HashMap<>(2);
            waiting = all;
        }
        long waiter = waiters++;
        all.put(waiter, each);
        var _ = each.whenComplete((_, _) -> forget(waiter));
        return Optional.of(each);
    }

    private synchronized void forget(long waiter) {
        if (waiting != null) {
            waiting.remove(waiter);
        }
    }

    /** Whether nobody waits for its end: from now on nobody can, by this. */
    synchronized boolean leave() {
        left = !isWaitedFor();
        return left;
    }

    synchronized void become(MessageStatus next) {
        if (!status.isFinal()) {
            status = next;
        }
    }

    /** Ends it. What others have hung on the outcome runs on a thread that may block. */
    void end(MessageStatus last, Surroundings.Threads threads) {
        become(last);
        if (isWaitedFor()) {
            threads.run("outcome", () -> release(status));
        }
    }

    /** Lets those go on that wait for its end, with where it is now. Hold no lock. */
    void release(MessageStatus now) {
        List<CompletableFuture<MessageStatus>> all;
        synchronized (this) {
            all = waiting == null ? List.of() : List.copyOf(waiting.values());
        }
        all.forEach(each -> each.complete(now));
    }

    private synchronized boolean isWaitedFor() {
        return waiting != null && !waiting.isEmpty();
    }
}
