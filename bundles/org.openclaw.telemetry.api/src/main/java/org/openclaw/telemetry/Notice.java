package org.openclaw.telemetry;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A plain event.
 *
 * @param at when it happened
 * @param kind what kind of event it is, such as {@code bundle.serving}: lower-case words with dots between them
 * @param subject whom or what it is about
 * @param severity how much it matters
 * @param text what happened, in one sentence for people; what is beyond 1000 characters is cut off
 */
public record Notice(Instant at, String kind, String subject, Severity severity, String text) implements RuntimeEvent {
    private static final Pattern KIND = Pattern.compile("[a-z]+(\\.[a-z]+)+");
    private static final int MAX_TEXT = 1_000;

    /** @throws IllegalArgumentException when the kind has another shape */
    public Notice {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException(
                    "event kind: '" + kind + "' (expected: lower-case words with dots between them)");
        }
        if (text.length() > MAX_TEXT) {
            text = text.substring(0, MAX_TEXT) + "...";
        }
    }
}
