package org.openclaw.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.openclaw.message.ReceiptId;

/**
 * How a turn of an agent ended, or a message without one.
 *
 * @param receipt asks for it, as long as its outcome is kept
 * @param type its CloudEvents type
 * @param version the version of the agent type that ran the turn; empty when there was no turn
 * @param at when it ended
 * @param took how long the turn took
 * @param outcome how it ended
 * @param code a stable code, when the turn failed
 * @param cause what happened, for people, when the turn failed
 */
public record RecentTurn(
        ReceiptId receipt,
        String type,
        Optional<String> version,
        Instant at,
        Duration took,
        Outcome outcome,
        Optional<String> code,
        Optional<String> cause) {
    /** How a message may end. */
    public enum Outcome {
        /** Its turn is committed. */
        DONE,
        /** Its turn failed, and the message will be tried again. */
        FAILED,
        /** Its turn failed, and the message was set aside. */
        DEAD,
        /** It was taken back before its turn. */
        CANCELLED,
        /** It was not worth its turn any more when that would have begun. */
        EXPIRED
    }
}
