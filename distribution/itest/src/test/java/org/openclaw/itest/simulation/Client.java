package org.openclaw.itest.simulation;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.Receipt;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;

/** Sends numbered messages to one agent, the next one when the last one is acknowledged, and each as often as it takes. */
final class Client {
    private final String name;
    private final Address to;
    private final long last;
    private long acknowledged;
    private @Nullable CompletableFuture<Receipt> offered;
    private Receipt.@Nullable Accepted latest;

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

    /** How many have been acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    boolean isDone() {
        return acknowledged == last;
    }

    /** The receipt of the latest acknowledged message. */
    Optional<ReceiptId> latest() {
        return Optional.ofNullable(latest).map(Receipt.Accepted::id);
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
                offered = offer(engine, acknowledged + 1, now);
            }
        } else if (open.isDone()) {
            offered = null;
            if (!open.isCompletedExceptionally() && open.resultNow() instanceof Receipt.Accepted accepted) {
                acknowledged++;
                latest = accepted;
            }
        }
    }

    /** Sends the latest acknowledged message once more: it must get the same receipt. */
    void repeat(Engine engine, Instant now) {
        var before = latest;
        if (before == null) {
            return;
        }
        var _ = offer(engine, acknowledged, now).whenComplete((receipt, _) -> {
            if (receipt instanceof Receipt.Accepted again
                    && !(again.duplicate() && again.id().equals(before.id()))) {
                throw new AssertionError(name + " got " + again + " for a duplicate (expected: " + before.id() + ")");
            }
        });
    }

    private CompletableFuture<Receipt> offer(Engine engine, long number, Instant now) {
        var body = Body.json("{\"client\":\"%s\",\"number\":%d}".formatted(name, number));
        return engine.offer(
                Tenant.DEFAULT, to, new Message("m" + number, "/" + name, LedgerAgent.TYPE + ".Add", now, body));
    }
}
