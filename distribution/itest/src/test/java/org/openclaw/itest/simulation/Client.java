package org.openclaw.itest.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.Receipt;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;

/**
 * Sends numbered messages to one agent, the next one when the last one is acknowledged, and each as often as it takes; until the
 * agent retires.
 */
final class Client {
    private final String name;
    private final Address to;
    private final long last;
    private final List<ReceiptId> receipts = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private @Nullable CompletableFuture<Receipt> offered;
    private boolean refused;

    Client(String name, Address to, long last) {
        this.name = name;
        this.to = to;
        this.last = last;
    }

    String name() {
        return name;
    }

    Address to() {
        return to;
    }

    /** What has been acknowledged, in order. */
    List<ReceiptId> receipts() {
        return receipts;
    }

    /** Receipts of duplicates that were not those of the first. */
    List<String> violations() {
        return violations;
    }

    /** Whether its agent takes nothing more, so that nobody knows what became of the message it sent last. */
    boolean isRefused() {
        return refused;
    }

    boolean isDone() {
        return refused || receipts.size() == last;
    }

    /** The node has gone: an answer that has not come never will. */
    void restarted() {
        offered = null;
    }

    /** Sends, or looks at the answer. */
    void step(Engine engine, Instant now) {
        var open = offered;
        if (open == null) {
            if (!isDone()) {
                offered = offer(engine, receipts.size() + 1, now);
            }
        } else if (open.isDone()) {
            offered = null;
            if (!open.isCompletedExceptionally()) {
                switch (open.resultNow()) {
                    case Receipt.Accepted accepted -> receipts.add(accepted.id());
                    case Receipt.Refused no -> refused = no.refusal().code().equals("agent.retired");
                }
            }
        }
    }

    /** Sends the latest acknowledged message once more: it must get the same receipt. */
    void repeat(Engine engine, Instant now) {
        if (receipts.isEmpty()) {
            return;
        }
        var before = receipts.getLast();
        var _ = offer(engine, receipts.size(), now).whenComplete((receipt, _) -> {
            if (receipt instanceof Receipt.Accepted again
                    && !(again.duplicate() && again.id().equals(before))) {
                violations.add("%s got %s for a duplicate (expected: %s)".formatted(name, again, before));
            }
        });
    }

    private CompletableFuture<Receipt> offer(Engine engine, long number, Instant now) {
        var body = Body.json("{\"client\":\"%s\",\"number\":%d}".formatted(name, number));
        return engine.offer(
                Tenant.DEFAULT, to, new Message("m" + number, "/" + name, LedgerAgent.TYPE + ".Add", now, body));
    }
}
