package org.openclaw.gateway.http;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.MessageBus;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;

/**
 * How messages end that are followed. Each is asked for once, however often its followers go and come again: what hangs on an outcome
 * hangs there until the message ends, which may take days. Thread-safe.
 */
final class Endings {
    private final ConcurrentHashMap<Key, Ending> awaited = new ConcurrentHashMap<>();

    private record Key(Tenant tenant, ReceiptId receipt) {}

    /** Of a message; empty when there is none with this receipt. */
    Optional<Ending> of(MessageBus bus, Tenant tenant, ReceiptId receipt) {
        var key = new Key(tenant, receipt);
        var known = awaited.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        return bus.outcome(tenant, receipt).map(outcome -> {
            var fresh = new Ending();
            var first = awaited.putIfAbsent(key, fresh);
            if (first != null) {
                outcome.toCompletableFuture().cancel(false);
                return first;
            }
            var _ = outcome.whenComplete((status, _) -> {
                awaited.remove(key, fresh);
                fresh.come(Optional.<MessageStatus>ofNullable(status).filter(MessageStatus::isFinal));
            });
            return fresh;
        });
    }

    /** How many messages are followed, or were and have not ended. */
    int size() {
        return awaited.size();
    }

    /** How one message ends. Thread-safe. */
    static final class Ending {
        private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
        private volatile @Nullable Come come;

        /**
         * It has come.
         *
         * @param last how the message ended; empty when nobody will say: the node stops
         */
        record Come(Optional<MessageStatus> last) {}

        private void come(Optional<MessageStatus> last) {
            come = new Come(last); // first: who listens from now on finds it
            listeners.forEach(Runnable::run);
            listeners.clear();
        }

        /** Empty while the message has not ended. */
        Optional<Come> now() {
            return Optional.ofNullable(come);
        }

        /** Calls when it has come, on any thread; at once when it has. */
        void listen(Runnable listener) {
            listeners.add(listener);
            if (come != null) {
                listener.run();
            }
        }

        void leave(Runnable listener) {
            listeners.remove(listener);
        }
    }
}
