package org.openclaw.agent.runtime.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openclaw.message.Message;
import org.openclaw.message.PublishReceipt;
import org.openclaw.message.Refusal;

/**
 * By what publications from outside are known again, for a time and up to a number. They themselves say so in the store: so one that is
 * not retained any more is not known again after a restart. Belongs to the thread of the {@link Core}.
 */
final class Repeats {
    private final long window;
    private final int most;
    /** In the order of their acceptance. */
    private final Map<Long, First> firsts = new LinkedHashMap<>();

    Repeats(Settings settings) {
        window = settings.dedupFor().toNanos() / 1_000;
        most = settings.dedupCount();
    }

    private record First(long digest, long sequence, long acceptedAt) {}

    /** From when on one may be known still, microseconds since 1970. */
    long since(long now) {
        return now - window;
    }

    /** What to say to a message that was here before; empty otherwise. */
    Optional<PublishReceipt> known(TopicName topic, Identity identity, Message message, long now) {
        var first = firsts.get(identity.hash());
        if (first == null || first.acceptedAt + window <= now) {
            return Optional.empty();
        }
        if (first.digest != identity.digest()) {
            return Optional.of(new PublishReceipt.Refused(Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "message.conflict",
                    TopicRefusals.message(topic.topic()) + ": another one with source '" + message.source()
                            + "' and id '"
                            + message.id() + "' was accepted before (expected: the same type and body, or a new id)."
                            + " Publish it with a new id.")));
        }
        return Optional.of(receipt(first, true));
    }

    /** One was accepted, or found in the store. */
    PublishReceipt.Accepted accept(Identity identity, long sequence, long acceptedAt) {
        forget(acceptedAt);
        var first = new First(identity.digest(), sequence, acceptedAt);
        firsts.remove(identity.hash());
        firsts.put(identity.hash(), first);
        return receipt(first, false);
    }

    private PublishReceipt.Accepted receipt(First first, boolean duplicate) {
        return new PublishReceipt.Accepted(
                first.sequence, Micros.instant(first.acceptedAt), Micros.instant(first.acceptedAt + window), duplicate);
    }

    private void forget(long now) {
        while (!firsts.isEmpty()) {
            var oldest = firsts.entrySet().iterator().next();
            if (firsts.size() < most && oldest.getValue().acceptedAt + window > now) {
                return;
            }
            firsts.remove(oldest.getKey());
        }
    }
}
