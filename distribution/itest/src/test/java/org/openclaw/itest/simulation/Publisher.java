package org.openclaw.itest.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.PublishReceipt;
import org.openclaw.message.Tenant;

/** Publishes numbered messages from outside, the next one when the last one is acknowledged, and each as often as it takes. */
final class Publisher {
    private final String name;
    private final long last;
    private final List<Long> sequences = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private @Nullable CompletableFuture<PublishReceipt> offered;

    /** @param last the number of its last message */
    Publisher(String name, long last) {
        this.name = name;
        this.last = last;
    }

    String name() {
        return name;
    }

    /** How many were acknowledged. */
    long published() {
        return sequences.size();
    }

    List<String> violations() {
        return violations;
    }

    boolean isDone() {
        return sequences.size() == last;
    }

    /** The node has gone: an answer that has not come never will. */
    void restarted() {
        offered = null;
    }

    /** Publishes, or looks at the answer. */
    void step(Engine engine, Instant now) {
        var open = offered;
        if (open == null) {
            if (!isDone()) {
                offered = offer(engine, sequences.size() + 1, now);
            }
        } else if (open.isDone()) {
            offered = null;
            if (open.join() instanceof PublishReceipt.Accepted accepted) {
                if (!sequences.isEmpty() && accepted.sequence() <= sequences.getLast()) {
                    violations.add("%s got %s behind %s".formatted(name, accepted, sequences));
                }
                sequences.add(accepted.sequence());
            }
        }
    }

    /** Publishes the latest acknowledged message once more: it must get the same sequence. */
    void repeat(Engine engine, Instant now) {
        if (!sequences.isEmpty()) {
            long before = sequences.getLast();
            var _ = offer(engine, sequences.size(), now).thenAccept(receipt -> {
                if (receipt instanceof PublishReceipt.Accepted again
                        && !(again.duplicate() && again.sequence() == before)) {
                    violations.add("%s got %s for a duplicate (expected: %d)".formatted(name, again, before));
                }
            });
        }
    }

    private CompletableFuture<PublishReceipt> offer(Engine engine, long number, Instant now) {
        var body = Body.json("{\"from\":\"%s\",\"number\":%d}".formatted(name, number));
        var message = new Message("n" + number, "/" + name, "ledger.News", now, body).with(News.attributes(number));
        return engine.offer(Tenant.DEFAULT, News.TOPIC, message);
    }
}
