package org.openclaw.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openclaw.schema.Violation;

/** The container has said no (RFC 9457), and asking again as it is would not help, or has not helped within the client's patience. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String detail;
    private final transient Optional<Duration> retryAfter;
    private final transient List<Violation> violations;

    /** @param what was asked: method and path */
    RefusedException(
            String what,
            int status,
            String code,
            String detail,
            Optional<Duration> retryAfter,
            List<Violation> violations) {
        super(what + " is refused, " + status + " " + code + ": " + detail);
        this.status = status;
        this.code = code;
        this.detail = detail;
        this.retryAfter = retryAfter;
        this.violations = List.copyOf(violations);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** A stable code, such as {@code inbox.full}; {@code http.<status>} when what answered is no container. */
    public String code() {
        return code;
    }

    /** What the container says, for people; {@link #getMessage} says besides what was asked, and with which status and code. */
    public String detail() {
        return detail;
    }

    /** How long to wait before trying again, where that can help. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What is wrong with the body, where it is the body. */
    public List<Violation> violations() {
        return violations;
    }
}
