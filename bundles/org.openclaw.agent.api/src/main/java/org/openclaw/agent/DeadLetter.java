package org.openclaw.agent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.ReceiptId;

/**
 * A message that was set aside because its turns failed, or because its agent does not take it any more.
 *
 * @param receipt names it
 * @param to the agent it is for
 * @param type its CloudEvents type
 * @param source its CloudEvents source
 * @param id its CloudEvents id
 * @param acceptedAt when it was accepted
 * @param deadAt when it was set aside
 * @param failures how often its turns failed; 1 when it was set aside untried
 * @param attempts how, oldest first: the first one and the last 15 of them; never empty, the last one says why it is here
 * @param bytes the size of its body
 * @param body its body; empty unless it was asked for
 */
public record DeadLetter(
        ReceiptId receipt,
        Address to,
        String type,
        String source,
        String id,
        Instant acceptedAt,
        Instant deadAt,
        int failures,
        List<Attempt> attempts,
        int bytes,
        Optional<Body> body) {
    public DeadLetter {
        attempts = List.copyOf(attempts);
    }

    /**
     * A turn that failed.
     *
     * @param at when
     * @param version the version of the agent type that ran it; empty text when none did
     * @param code a stable code, such as {@code turn.failed}
     * @param cause what happened, for people
     */
    public record Attempt(Instant at, String version, String code, String cause) {}

    /** Why it was set aside. */
    public Attempt last() {
        return attempts.getLast();
    }
}
