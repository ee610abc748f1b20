package org.openclaw.client;

import java.time.Duration;
import java.util.Optional;
import org.openclaw.message.ReceiptId;

/** No answer has come in time. A message that was accepted goes on: {@link OpenClaw#message} says later what has become of it. */
public final class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<ReceiptId> receipt;

    private UnansweredException(String text, Optional<ReceiptId> receipt) {
        super(text);
        this.receipt = receipt;
    }

    static UnansweredException waiting(ReceiptId receipt, Duration waited) {
        return new UnansweredException(
                "No reply to message " + receipt + " within " + waited.toMillis()
                        + " ms (expected: one by then). It was accepted and goes on; ask for it by its receipt, or wait longer.",
                Optional.of(receipt));
    }

    static UnansweredException unreachable(String what, Duration tried, Throwable last) {
        var unanswered = new UnansweredException(
                what + " has had no answer for " + tried.toMillis() + " ms: " + last
                        + ". Whether it was accepted is not known; the same message with the same id may be sent again safely.",
                Optional.empty());
        unanswered.initCause(last);
        return unanswered;
    }

    /** Of the message, if it is known to be accepted. */
    public Optional<ReceiptId> receipt() {
        return receipt;
    }
}
