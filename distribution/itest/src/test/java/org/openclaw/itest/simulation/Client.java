package org.openclaw.itest.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Delivery;
import org.openclaw.message.Message;
import org.openclaw.message.Receipt;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;

/**
 * Sends numbered messages to one agent, the next one when the last one is acknowledged, and each as often as it takes; until the
 * agent retires. Some are urgent, and those of a hasty client may expire.
 */
final class Client {
    private static final String HASTY = "hasty";

    private final String name;
    private final Address to;
    private final long last;
    private final SplittableRandom random;
    private final List<ReceiptId> receipts = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private @Nullable CompletableFuture<Receipt> offered;
    private boolean refused;
    private Delivery delivery = Delivery.NORMAL;

    /** @param last the number of its last message */
    Client(String name, Address to, long last, SplittableRandom random) {
        this.name = name;
        this.to = to;
        this.last = last;
        this.random = random;
    }

    String name() {
        return name;
    }

    Address to() {
        return to;
    }

    /** How a message that was acknowledged is delivered. */
    Delivery delivery(int place) {
        return deliveries.get(place);
    }

    /** By what a message that was acknowledged is known outside. */
    String message(int place) {
        return "/" + name + " m" + (place + 1);
    }

    /** The name of one whose messages may expire. */
    static String hasty(int number) {
        return HASTY + number;
    }

    /** Whether messages of it may expire. */
    static boolean isHasty(String name) {
        return name.startsWith(HASTY);
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
                    case Receipt.Accepted accepted -> {
                        receipts.add(accepted.id());
                        deliveries.add(delivery);
                        delivery = choose(now);
                    }
                    case Receipt.Refused(var no)
                    when no.code().equals("message.expired") -> {
                        if (delivery.expires().filter(now::isBefore).isPresent()) {
                            violations.add("%s was refused before its time: %s".formatted(name, no));
                        }
                        delivery = Delivery.NORMAL;
                    }
                    case Receipt.Refused(var no) -> refused = no.code().equals("agent.retired");
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
            if (receipt instanceof Receipt.Refused(var no) && no.code().equals("message.expired")) {
                violations.add("%s got %s for a duplicate (expected: %s)".formatted(name, no, before));
            }
        });
    }

    private CompletableFuture<Receipt> offer(Engine engine, long number, Instant now) {
        var body = Body.json("{\"client\":\"%s\",\"number\":%d}".formatted(name, number));
        var message = new Message("m" + number, "/" + name, LedgerAgent.TYPE + ".Add", now, body);
        return engine.offer(Tenant.DEFAULT, to, message.with(delivery));
    }

    private Delivery choose(Instant now) {
        if (random.nextInt(3) > 0 && !isHasty(name)) {
            return Delivery.NORMAL;
        }
        var chosen = Delivery.of(random.nextInt(10));
        if (random.nextInt(3) == 0) {
            chosen = chosen.by(now.plusMillis(random.nextInt(30_000)));
        }
        return isHasty(name) && random.nextInt(4) > 0 ? chosen.until(now.plusMillis(random.nextInt(1, 5_000))) : chosen;
    }
}
