package org.openclaw.agent.runtime.engine;

import java.time.Instant;
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
    private volatile @Nullable CompletableFuture<MessageStatus> outcome;
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

    /** Where it ends: a copy, so that nobody else can complete it. Empty when it was left: then it has to be found once more. */
    Optional<CompletionStage<MessageStatus>> outcome() {
        return future().map(CompletableFuture::minimalCompletionStage);
    }

    /** Whether nobody waits for its end: from now on nobody can, by this. */
    synchronized boolean leave() {
        left = outcome == null;
        return left;
    }

    private synchronized Optional<CompletableFuture<MessageStatus>> future() {
        if (left) {
            return Optional.empty();
        }
        var known = outcome;
        if (known == null) {
            known = new CompletableFuture<>();
            outcome = known;
            if (status.isFinal()) {
                known.complete(status);
            }
        }
        return Optional.of(known);
    }

    synchronized void become(MessageStatus next) {
        if (!status.isFinal()) {
            status = next;
        }
    }

    /** Ends it. What others have hung on the outcome runs on a thread that may block. */
    void end(MessageStatus last, Surroundings.Threads threads) {
        become(last);
        if (outcome != null) {
            threads.run("outcome", () -> release(status));
        }
    }

    /** Lets those go on that wait for its end, with where it is now. Hold no lock. */
    void release(MessageStatus now) {
        CompletableFuture<MessageStatus> waiting;
        synchronized (this) {
            waiting = outcome;
        }
        if (waiting != null) {
            waiting.complete(now);
        }
    }
}
