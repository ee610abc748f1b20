package org.openclaw.message;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openclaw.schema.Violation;

/**
 * Why something was not accepted: what, who, what was expected, what to do.
 *
 * @param kind decides whether trying again can help
 * @param code a stable code, such as {@code inbox.full}
 * @param text a sentence for people
 * @param retryAfter how long to wait before trying again, where that can help
 * @param violations what is wrong with the body, where it is the body
 */
public record Refusal(Kind kind, String code, String text, Optional<Duration> retryAfter, List<Violation> violations) {
    /** What kind of no it is; the HTTP status stands beside it. */
    public enum Kind {
        /** The message is wrong and will stay so: 422. */
        INVALID,
        /** There is no such type or agent: 404. */
        UNKNOWN,
        /** What it is about was there, and is not kept any more: 410. */
        GONE,
        /** Another message with the same source and id had another body: 409. */
        CONFLICT,
        /** A bound of the agent, the type or the tenant: 429. */
        QUOTA,
        /** A bound of the node, or the node is stopping: 503. */
        UNAVAILABLE
    }

    public Refusal {
        violations = List.copyOf(violations);
    }

    /** A refusal that waiting does not cure. */
    public static Refusal of(Kind kind, String code, String text) {
        return new Refusal(kind, code, text, Optional.empty(), List.of());
    }

    /** A refusal of a body. */
    public static Refusal invalid(String code, String text, List<Violation> violations) {
        return new Refusal(Kind.INVALID, code, text, Optional.empty(), violations);
    }

    /** A refusal that waiting may cure. */
    public static Refusal busy(Kind kind, String code, String text, Duration retryAfter) {
        return new Refusal(kind, code, text, Optional.of(retryAfter), List.of());
    }
}
