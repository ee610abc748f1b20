package org.openclaw.message;

import java.time.Instant;

/** What the bus says to a message. */
public sealed interface Receipt {
    /**
     * It will be handled, once.
     *
     * @param id asks for it later
     * @param acceptedAt when it was accepted; of a duplicate, when the first one was
     * @param dedupUntil until when a duplicate of it is recognised
     * @param duplicate whether it had been accepted before: nothing has changed then
     */
    record Accepted(ReceiptId id, Instant acceptedAt, Instant dedupUntil, boolean duplicate) implements Receipt {}

    /**
     * It was not accepted, and nothing has changed.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements Receipt {}
}
