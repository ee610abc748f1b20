package org.openclaw.agent.runtime.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openclaw.message.Address;
import org.openclaw.message.Message;
import org.openclaw.message.Receipt;
import org.openclaw.message.Refusal;
import org.openclaw.message.Tenant;

/**
 * The messages from outside that were accepted lately, so that a second one is known. Bounded by time, and by count: under
 * a load beyond the count the oldest are forgotten before their time. Bodies are kept as digests. Thread-safe.
 */
final class Duplicates {
    private final Map<Key, First> accepted = new LinkedHashMap<>();
    private final Duration window;
    private final int bound;

    Duplicates(Duration window, int bound) {
        this.window = window;
        this.bound = bound;
    }

    private record Key(Tenant tenant, Address to, String source, String id) {}

    private record First(String digest, Receipt.Accepted receipt) {}

    Duration window() {
        return window;
    }

    /** What to say to a message that was here before; empty when it was not. */
    Optional<Receipt> find(Tenant tenant, Address to, Message message, Instant now) {
        var key = new Key(tenant, to, message.source(), message.id());
        First first;
        synchronized (this) {
            first = accepted.get(key);
        }
        if (first == null || !first.receipt.dedupUntil().isAfter(now)) {
            return Optional.empty();
        }
        return Optional.of(answer(first, message, to));
    }

    /** Remembers an accepted message; or says what to say when another thread was faster with the same. */
    Optional<Receipt> claim(Tenant tenant, Address to, Message message, Receipt.Accepted receipt, Instant now) {
        var key = new Key(tenant, to, message.source(), message.id());
        var digest = digest(message);
        First faster;
        synchronized (this) {
            forget(now);
            faster = accepted.putIfAbsent(key, new First(digest, receipt));
        }
        return Optional.ofNullable(faster).map(first -> answer(first, message, to));
    }

    private void forget(Instant now) {
        var oldest = accepted.entrySet().iterator();
        while (oldest.hasNext()) {
            var first = oldest.next().getValue();
            if (accepted.size() < bound && first.receipt.dedupUntil().isAfter(now)) {
                return;
            }
            oldest.remove();
        }
    }

    private static Receipt answer(First first, Message message, Address to) {
        if (first.digest.equals(digest(message))) {
            var receipt = first.receipt;
            return new Receipt.Accepted(receipt.id(), receipt.acceptedAt(), receipt.dedupUntil(), true);
        }
        return new Receipt.Refused(Refusal.of(
                Refusal.Kind.CONFLICT,
                "message.conflict",
                "Refused a message to " + to + ": another one with source '" + message.source() + "' and id '"
                        + message.id() + "' was accepted before (expected: the same type and body, or a new id)."
                        + " Send it with a new id."));
    }

    private static String digest(Message message) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update(message.type().getBytes(StandardCharsets.UTF_8));
            hash.update((byte) 0);
            hash.update(message.body().mediaType().getBytes(StandardCharsets.UTF_8));
            hash.update((byte) 0);
            return HexFormat.of().formatHex(hash.digest(message.body().bytes()));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
