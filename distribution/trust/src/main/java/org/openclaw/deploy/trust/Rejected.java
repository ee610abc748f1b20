package org.openclaw.deploy.trust;

import java.util.Optional;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Verdict;

/** One check that failed. It never leaves this package: the entry points turn it into a {@link Verdict.Refused}. */
final class Rejected extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String reason;
    private final String expected;
    private final String cure;

    /**
     * @param code the stable reason code
     * @param reason what was found, without a full stop
     * @param expected what was expected, without a full stop; may be empty
     * @param cure what to do, as a sentence
     */
    Rejected(String code, String reason, String expected, String cure) {
        super(reason, null, false, false);
        this.code = code;
        this.reason = reason;
        this.expected = expected;
        this.cure = cure;
    }

    String code() {
        return code;
    }

    String reason() {
        return reason;
    }

    Verdict.Refused of(String subject, Optional<Digest> digest) {
        return new Verdict.Refused(subject, digest, code, reason, expected, cure);
    }

    /** The same finding about something that keeps running. */
    Verdict.Flag flag() {
        var found = Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
        return new Verdict.Flag(
                code, found + (expected.isEmpty() ? "" : " (expected: " + expected + ")") + ". " + cure);
    }
}
