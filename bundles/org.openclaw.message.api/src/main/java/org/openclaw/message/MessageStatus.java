package org.openclaw.message;

import java.time.Instant;
import java.util.Optional;

/** Where an accepted message is. {@link Done}, {@link Dead}, {@link Cancelled} and {@link Expired} are final. */
public sealed interface MessageStatus {
    /** Whether it will never change again. */
    default boolean isFinal() {
        return switch (this) {
            case Waiting _, Running _, Suspended _ -> false;
            case Done _, Dead _, Cancelled _, Expired _ -> true;
        };
    }

    /**
     * In the agent's inbox.
     *
     * @param reason why it waits longer than its turn, such as a type without any resident version
     */
    record Waiting(Optional<String> reason) implements MessageStatus {}

    /**
     * Its turn is under way.
     *
     * @param since when the turn began
     * @param version the version of the agent type that runs it
     */
    record Running(Instant since, String version) implements MessageStatus {}

    /**
     * Its turn waits for something, without a thread.
     *
     * @param since when it began to wait
     * @param until when it stops waiting, at the latest
     * @param reason what it waits for, for people
     */
    record Suspended(Instant since, Instant until, String reason) implements MessageStatus {}

    /**
     * Its turn is committed.
     *
     * @param at when
     * @param version the version of the agent type that ran it
     * @param reply what the agent replied, if it did
     */
    record Done(Instant at, String version, Optional<Message> reply) implements MessageStatus {}

    /**
     * Its turn failed: the agent's state is as before it.
     *
     * @param at when
     * @param code a stable code
     * @param cause what happened, for people
     */
    record Dead(Instant at, String code, String cause) implements MessageStatus {}

    /**
     * Taken back before its turn began.
     *
     * @param at when
     */
    record Cancelled(Instant at) implements MessageStatus {}

    /**
     * Not worth its turn any more when that would have begun.
     *
     * @param at when
     * @param expires what its sender had said; see {@link Delivery}
     */
    record Expired(Instant at, Instant expires) implements MessageStatus {}
}
