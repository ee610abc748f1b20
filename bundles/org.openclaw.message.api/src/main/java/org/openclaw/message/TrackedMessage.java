package org.openclaw.message;

import java.time.Instant;

/**
 * An accepted message and where it is.
 *
 * @param id its receipt
 * @param to the agent it is for
 * @param type its CloudEvents type
 * @param acceptedAt when it was accepted
 * @param status where it is
 */
public record TrackedMessage(ReceiptId id, Address to, String type, Instant acceptedAt, MessageStatus status) {
    /** The same somewhere else. */
    public TrackedMessage with(MessageStatus now) {
        return new TrackedMessage(id, to, type, acceptedAt, now);
    }
}
