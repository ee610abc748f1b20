package org.openclaw.client;

import java.time.Duration;
import java.util.Optional;
import org.openclaw.message.ReceiptId;

/** No answer has come in time. A message that was accepted goes on: {@link OpenClaw#message} says later what has become of it. */
public final class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String UNKNOWN =
            "Whether it was accepted is not known; the same message with the same id may be sent again safely.";

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

    static UnansweredException lost(ReceiptId receipt, Duration waited, Throwable last) {
        var unanswered = new UnansweredException(
                "No reply to message " + receipt + " within " + waited.toMillis()
                        + " ms, and the container does not say where it is: " + last.getMessage()
                        + ". It was accepted; ask for it by its receipt.",
                Optional.of(receipt));
        unanswered.initCause(last);
        return unanswered;
    }

    static UnansweredException forgotten(ReceiptId receipt, Duration waited) {
        return new UnansweredException(
                "Message " + receipt + " was accepted, and " + waited.toMillis()
                        + " ms later the container does not know its receipt (expected: until there is a reply). What has become of"
                        + " it is not known: it has ended and is forgotten, or another container answers.",
                Optional.of(receipt));
    }

    static UnansweredException unreachable(String what, Duration tried, Throwable last) {
        var unanswered = new UnansweredException(
                what + " has had no answer for " + tried.toMillis() + " ms: " + last + ". " + UNKNOWN,
                Optional.empty());
        unanswered.initCause(last);
        return unanswered;
    }

    static UnansweredException unasked(String what, String why) {
        return new UnansweredException(what + " has not left: " + why, Optional.empty());
    }

    static UnansweredException closed(String what) {
        return new UnansweredException(
                what + " has had no answer before the client was closed. " + UNKNOWN, Optional.empty());
    }

    /** Of the message, if it is known to be accepted. */
    public Optional<ReceiptId> receipt() {
        return receipt;
    }
}
