package org.openclaw.gateway.http;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.openclaw.message.Address;
import org.openclaw.message.Message;
import org.openclaw.message.MessageBus;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Refusal;
import org.openclaw.message.Tenant;
import org.openclaw.message.TrackedMessage;

/** A bus that accepts everything but what a test told it to refuse, and ends messages when a test says so. */
final class ScriptedBus implements MessageBus {
    static final Instant ACCEPTED = Instant.parse("2026-11-01T12:00:00Z");

    final List<Message> sent = new ArrayList<>();
    final List<Address> receivers = new ArrayList<>();
    final Deque<Optional<Refusal>> refusals = new ArrayDeque<>();
    final Map<ReceiptId, CompletableFuture<MessageStatus>> outcomes = new ConcurrentHashMap<>();
    final Map<ReceiptId, MessageStatus> statuses = new HashMap<>();
    Optional<RuntimeException> broken = Optional.empty();
    String type = "order.Placed";
    /** When it is decided on messages that were offered. */
    Consumer<Runnable> deciding = Runnable::run;

    @Override
    public Receipt send(Tenant tenant, Address to, Message message) {
        if (broken.isPresent()) {
            throw broken.get();
        }
        var refusal = refusals.isEmpty() ? Optional.<Refusal>empty() : refusals.remove();
        if (refusal.isPresent()) {
            return new Receipt.Refused(refusal.get());
        }
        sent.add(message);
        receivers.add(to);
        var id = new ReceiptId("r" + sent.size());
        outcomes.computeIfAbsent(id, _ -> new CompletableFuture<>());
        return new Receipt.Accepted(id, ACCEPTED, ACCEPTED.plusSeconds(3600), false);
    }

    @Override
    public CompletionStage<List<Receipt>> offer(Tenant tenant, Address to, List<Message> messages) {
        var offered = new CompletableFuture<List<Receipt>>();
        deciding.accept(() -> decide(tenant, to, messages, offered));
        return offered;
    }

    private void decide(Tenant tenant, Address to, List<Message> messages, CompletableFuture<List<Receipt>> offered) {
        var receipts = new ArrayList<Receipt>();
        try {
            for (var message : messages) {
                var receipt = send(tenant, to, message);
                receipts.add(receipt);
                if (receipt instanceof Receipt.Refused) {
                    break;
                }
            }
            offered.complete(receipts);
        } catch (RuntimeException failed) {
            offered.completeExceptionally(failed);
        }
    }

    /** Ends the message with this receipt, before or after it is sent. */
    void end(String receipt, MessageStatus status) {
        outcomes.computeIfAbsent(new ReceiptId(receipt), _ -> new CompletableFuture<>())
                .complete(status);
    }

    @Override
    public Optional<TrackedMessage> find(Tenant tenant, ReceiptId receipt) {
        return Optional.ofNullable(statuses.get(receipt))
                .map(status -> new TrackedMessage(receipt, Address.of("order", "7"), type, ACCEPTED, status));
    }

    @Override
    public Optional<CompletionStage<MessageStatus>> outcome(Tenant tenant, ReceiptId receipt) {
        return Optional.ofNullable(outcomes.get(receipt));
    }

    @Override
    public Optional<MessageStatus> cancel(Tenant tenant, ReceiptId receipt) {
        return Optional.ofNullable(statuses.computeIfPresent(
                receipt,
                (_, status) ->
                        status instanceof MessageStatus.Waiting ? new MessageStatus.Cancelled(ACCEPTED) : status));
    }
}
