package org.openclaw.gateway.http;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.openclaw.message.Subscription.Start;

/** Reads where in a topic something begins. */
final class TopicStart {
    static final String TEXT = "Where it begins: 'oldest', 'now' or a time as RFC 3339 has it.";

    private TopicStart() {}

    static Start of(String text) throws Rejection {
        return switch (text) {
            case "oldest" -> new Start.Oldest();
            case "now" -> new Start.Now();
            default -> at(text);
        };
    }

    private static Start at(String text) throws Rejection {
        try {
            return new Start.At(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException | IllegalArgumentException bad) {
            throw Problem.of(
                            400,
                            "from.invalid",
                            "Nothing can begin there (expected: 'oldest', 'now', or an RFC 3339 timestamp, such as"
                                    + " 2026-11-01T12:00:00Z).")
                    .rejection();
        }
    }
}
