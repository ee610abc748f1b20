package org.openclaw.example.triage;

import java.time.Instant;
import java.util.Comparator;
import org.openclaw.example.triage.Triage.AlertStatus;

/**
 * One firing of an alert, from its start to its end.
 *
 * <p>Webhooks repeat, overtake each other and get lost. What is known about an alert is therefore the greatest episode
 * that was ever seen of its fingerprint: one that started later is greater, and of one start, resolved is greater than
 * firing. Taking the greatest gives the same result in whatever order, and however often, webhooks come.
 *
 * @param fingerprint identifies the alert
 * @param startsAt when it began to fire
 * @param status whether it still does
 * @param name the alert's name
 * @param severity the label "severity"; empty when there is none
 * @param summary the annotation "summary"; empty when there is none
 */
public record Episode(
        String fingerprint, Instant startsAt, AlertStatus status, String name, String severity, String summary) {
    private static final int MAX_TEXT = 200;
    private static final Comparator<Episode> BY_TIME =
            Comparator.comparing(Episode::startsAt).thenComparing(Episode::status);

    static Episode of(Triage.Alert alert) {
        return new Episode(
                alert.fingerprint(),
                alert.startsAt(),
                alert.status(),
                clipped(alert.labels().getOrDefault("alertname", "")),
                clipped(alert.labels().getOrDefault("severity", "")),
                clipped(alert.annotations().getOrDefault("summary", "")));
    }

    /** Whether this is news to somebody who knows of another episode of the same alert. */
    boolean isAfter(Episode known) {
        return BY_TIME.compare(this, known) > 0;
    }

    boolean fires() {
        return status == AlertStatus.firing;
    }

    private static String clipped(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return text.substring(0, end);
    }
}
