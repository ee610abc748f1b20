package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openclaw.message.Address;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;

/** What is known of an accepted message; its body is not part of it. Thread-safe. */
final class Tracked {
    private final ReceiptId id;
    private final Tenant tenant;
    private final Address to;
    private final String type;
    private final Instant acceptedAt;
    private final CompletableFuture<MessageStatus> outcome = new CompletableFuture<>();
    private volatile MessageStatus status = new MessageStatus.Waiting(Optional.empty());

    Tracked(ReceiptId id, Tenant tenant, Address to, String type, Instant acceptedAt) {
        this.id = id;
        this.tenant = tenant;
        this.to = to;
        this.type = type;
        this.acceptedAt = acceptedAt;
    }

    ReceiptId id() {
        return id;
    }

    Tenant tenant() {
        return tenant;
    }

    Address to() {
        return to;
    }

    String type() {
        return type;
    }

    Instant acceptedAt() {
        return acceptedAt;
    }

    MessageStatus status() {
        return status;
    }

    /** A copy, so that nobody else can complete it. */
    CompletionStage<MessageStatus> outcome() {
        return outcome.minimalCompletionStage();
    }

    void become(MessageStatus next) {
        if (!status.isFinal()) {
            status = next;
        }
    }

    /** Ends it. Runs what others have hung on the outcome: hold no lock. */
    void end(MessageStatus last) {
        become(last);
        outcome.complete(status);
    }
}
