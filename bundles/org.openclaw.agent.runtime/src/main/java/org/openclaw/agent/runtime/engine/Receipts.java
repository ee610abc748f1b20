package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;

/** The queries by receipt: those under way, and the ended ones for a time and up to a number. Thread-safe. */
final class Receipts {
    private final ConcurrentHashMap<ReceiptId, Tracked> tracked = new ConcurrentHashMap<>();
    private final Queue<Ended> ended = new ArrayDeque<>();
    private final Duration retainFor;
    private final int retainCount;
    private final Surroundings.Threads threads;

    Receipts(Duration retainFor, int retainCount, Surroundings.Threads threads) {
        this.threads = threads;
        this.retainFor = retainFor;
        this.retainCount = retainCount;
    }

    private record Ended(ReceiptId id, Instant until) {}

    void track(Tracked message) {
        tracked.put(message.id(), message);
    }

    Optional<Tracked> find(Tenant tenant, ReceiptId id) {
        return Optional.ofNullable(tracked.get(id))
                .filter(found -> found.to().tenant().equals(tenant));
    }

    /** Ends a message. Runs what others have hung on its outcome: hold no lock. */
    void end(Tracked message, MessageStatus last, Instant now) {
        // first, so that whoever has seen the outcome finds it forgotten when its time is over
        if (tracked.containsKey(message.id())) {
            synchronized (ended) {
                ended.add(new Ended(message.id(), now.plus(retainFor)));
            }
        }
        message.end(last, threads);
        forget(now);
    }

    /** Forgets what need not be kept any more. */
    void forget(Instant now) {
        synchronized (ended) {
            while (true) {
                var oldest = ended.peek();
                if (oldest == null
                        || (ended.size() <= retainCount && oldest.until().isAfter(now))) {
                    return;
                }
                tracked.remove(ended.remove().id());
            }
        }
    }

    int size() {
        return tracked.size();
    }
}
