package org.openclaw.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.TrackedMessage;

/** Waits for the replies to messages that are accepted, by their receipts. Thread-safe. */
final class Replies {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final OpenClaw openclaw;
    private final Connection connection;

    Replies(OpenClaw openclaw, Connection connection) {
        this.openclaw = openclaw;
        this.connection = connection;
    }

    /**
     * Waits for a turn's end.
     *
     * @return the reply; empty when it was done without one
     * @throws RefusedException when it ended otherwise
     * @throws UnansweredException with the receipt, when it has not ended in time, or that cannot be known
     */
    Optional<Body> await(ReceiptId receipt, Duration within, Deadline end) throws InterruptedException {
        var pause = FIRST_PAUSE;
        while (!end.isOver()) {
            var agreed = end.agreeable();
            long asked = connection.time().nanos();
            switch (status(receipt, within, end)) {
                case MessageStatus.Done done -> {
                    return done.reply().map(Message::body);
                }
                case MessageStatus.Dead dead ->
                    throw ended(receipt, 422, "turn.failed", "The agent's turn failed: " + dead.cause());
                case MessageStatus.Cancelled _ ->
                    throw ended(receipt, 409, "message.cancelled", "The message was taken back before its turn began.");
                case MessageStatus.Expired expired ->
                    throw ended(receipt, 409, "message.expired", "The message expired at " + expired.expires() + ".");
                case MessageStatus.Waiting _, MessageStatus.Running _, MessageStatus.Suspended _ -> {
                    // goes on
                }
            }
            var took = Duration.ofNanos(connection.time().nanos() - asked);
            if (agreed.isPositive() && took.compareTo(agreed.dividedBy(2)) >= 0) {
                pause = FIRST_PAUSE;
            } else {
                // a container that has too many waiting answers at once (wait is a preference): it is not to be asked
                // in a circle
                connection.pause(shorter(pause, end.left()));
                pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            }
        }
        throw UnansweredException.waiting(receipt, within);
    }

    private MessageStatus status(ReceiptId receipt, Duration within, Deadline end) throws InterruptedException {
        try {
            return openclaw.message(receipt, end)
                    .map(TrackedMessage::status)
                    .orElseThrow(() -> UnansweredException.forgotten(receipt, spent(within, end)));
        } catch (UnansweredException unanswered) {
            throw unanswered.receipt().isPresent()
                    ? unanswered
                    : UnansweredException.lost(
                            receipt,
                            spent(within, end),
                            Optional.ofNullable(unanswered.getCause()).orElse(unanswered));
        } catch (RefusedException refused) {
            throw Refusals.isPassing(refused.status())
                    ? UnansweredException.lost(receipt, spent(within, end), refused)
                    : refused;
        }
    }

    private static Duration spent(Duration within, Deadline end) {
        return within.minus(end.left());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static RefusedException ended(ReceiptId receipt, int status, String code, String text) {
        return new RefusedException("GET " + ApiPath.message(receipt), status, code, text, Optional.empty(), List.of());
    }
}
