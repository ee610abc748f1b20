package org.openclaw.agent.runtime.engine;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;
import org.openclaw.message.TrackedMessage;

/** Where accepted messages are, how they end, and taking them back. Thread-safe: it asks the core. */
final class MessageDesk {
    private final Core core;
    private final Directory directory;
    private final Outcomes outcomes;
    private final Receipts queries;
    private final Inboxes inboxes;
    private final WaitDesk waits;

    /** @param queries where those of queries are */
    MessageDesk(Core core, Directory directory, Outcomes outcomes, Receipts queries, Inboxes inboxes, WaitDesk waits) {
        this.core = core;
        this.directory = directory;
        this.outcomes = outcomes;
        this.queries = queries;
        this.inboxes = inboxes;
        this.waits = waits;
    }

    Optional<TrackedMessage> find(Tenant tenant, ReceiptId receipt) {
        var ticket = Ticket.of(receipt);
        if (ticket.isEmpty()) {
            return Optional.empty();
        }
        if (ticket.get().agent() == Directory.NONE) {
            return queries.find(tenant, receipt).map(found -> found.view(found.status()));
        }
        return outcomes.find(tenant, ticket.get()).map(this::withReason);
    }

    private TrackedMessage withReason(Outcomes.Found found) {
        var message = found.message();
        if (!(message.status() instanceof MessageStatus.Waiting(var reason)) || reason.isPresent()) {
            return message;
        }
        var status = core.look(() -> directory
                .resident(found.to())
                .<MessageStatus>flatMap(
                        cell -> waits.suspended(cell, found.ticket().number()))
                .orElseGet(() ->
                        new MessageStatus.Waiting(directory.resident(found.to()).flatMap(Cell::obstacleText))));
        return message.with(status);
    }

    Optional<CompletionStage<MessageStatus>> outcome(Tenant tenant, ReceiptId receipt) {
        var ticket = Ticket.of(receipt);
        if (ticket.isEmpty()) {
            return Optional.empty();
        }
        if (ticket.get().agent() == Directory.NONE) {
            return queries.find(tenant, receipt).flatMap(Tracked::outcome);
        }
        var found = outcomes.find(tenant, ticket.get());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var tracked = found.get().tracked();
        return Optional.ofNullable(tracked).flatMap(Tracked::outcome).or(() -> Optional.of(outcome(found.get())));
    }

    /** Of one for whose end nobody waits yet. */
    private CompletionStage<MessageStatus> outcome(Outcomes.Found found) {
        if (found.message().status().isFinal()) {
            return CompletableFuture.completedStage(found.message().status());
        }
        return core.look(() -> directory
                        .resident(found.to())
                        .filter(cell -> cell.inbox().find(found.ticket().number()) >= 0)
                        .flatMap(_ -> outcomes.track(found).outcome()))
                // it has ended meanwhile: what is stored of it says how
                .orElseGet(() -> CompletableFuture.completedStage(
                        outcomes.find(found.to().tenant(), found.ticket())
                                .map(ended -> ended.message().status())
                                .orElse(found.message().status())));
    }

    Optional<MessageStatus> cancel(Tenant tenant, ReceiptId receipt) {
        var ticket = Ticket.of(receipt).filter(found -> found.agent() != Directory.NONE);
        if (ticket.isPresent()) {
            outcomes.find(tenant, ticket.get())
                    .ifPresent(found -> core.<Boolean>ask(tenant, (into, answer) -> {
                                var cell = directory.resident(found.to());
                                boolean done = cell.isPresent() && inboxes.cancel(cell.get(), found.ticket(), into);
                                into.answer(answer, done);
                            })
                            .join());
        }
        return find(tenant, receipt).map(TrackedMessage::status);
    }
}
