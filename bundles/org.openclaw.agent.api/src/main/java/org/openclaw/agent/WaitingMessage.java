package org.openclaw.agent;

import java.time.Instant;
import java.util.Optional;
import org.openclaw.message.Body;
import org.openclaw.message.Delivery;
import org.openclaw.message.ReceiptId;

/**
 * A message that waits for its turn.
 *
 * @param receipt asks for it
 * @param type its CloudEvents type
 * @param source its CloudEvents source
 * @param acceptedAt when it was accepted
 * @param bytes the size of its body
 * @param body its body; empty unless it was asked for
 * @param delivery how urgent it is, and until when
 */
public record WaitingMessage(
        ReceiptId receipt,
        String type,
        String source,
        Instant acceptedAt,
        int bytes,
        Optional<Body> body,
        Delivery delivery) {
    /** One that is delivered as usual. */
    public WaitingMessage(
            ReceiptId receipt, String type, String source, Instant acceptedAt, int bytes, Optional<Body> body) {
        this(receipt, type, source, acceptedAt, bytes, body, Delivery.NORMAL);
    }
}
