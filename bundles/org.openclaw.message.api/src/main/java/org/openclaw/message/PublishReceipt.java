package org.openclaw.message;

import java.time.Instant;

/** What a topic says to a message. */
public sealed interface PublishReceipt {
    /**
     * It is durable, and reaches every subscription that it passes, once.
     *
     * @param sequence the how-manieth of its topic
     * @param acceptedAt when it was accepted; of a duplicate, when the first one was
     * @param dedupUntil until when a duplicate of it is recognised
     * @param duplicate whether it had been accepted before: nothing has changed then
     */
    record Accepted(long sequence, Instant acceptedAt, Instant dedupUntil, boolean duplicate)
            implements PublishReceipt {}

    /**
     * It was not accepted, and nothing has changed.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements PublishReceipt {}
}
