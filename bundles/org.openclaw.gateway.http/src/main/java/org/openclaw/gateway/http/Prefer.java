package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The preference {@code wait} (RFC 7240); what is not understood is ignored, as it says. */
final class Prefer {
    static final String APPLIED = "Preference-Applied";

    private static final int BARE_SECONDS = 30;
    private static final int MAX_SECONDS = 120;

    static final Parameter PARAMETER =
            Parameter.header("Prefer", "wait=N: waits up to N seconds, 120 at most, for what comes of it (RFC 7240).");

    private Prefer() {}

    /** How long the client would wait: bounded to 120 s, 30 s for a bare {@code wait}; empty when it would not. */
    static Optional<Duration> waiting(Request request) {
        var header = request.header("Prefer");
        return header.isPresent() ? waiting(header.get()) : Optional.empty();
    }

    private static Optional<Duration> waiting(String header) {
        for (String preference : header.split("[,;]", -1)) {
            var text = preference.strip().toLowerCase(Locale.ROOT);
            if (text.equals("wait")) {
                return Optional.of(Duration.ofSeconds(BARE_SECONDS));
            }
            if (text.matches("wait\\s*=\\s*\"?[0-9]{1,9}\"?")) {
                int seconds = Integer.parseInt(text.replaceAll("[^0-9]", ""));
                return Optional.of(Duration.ofSeconds(Math.min(seconds, MAX_SECONDS)))
                        .filter(Duration::isPositive);
            }
        }
        return Optional.empty();
    }

    /** The value of {@code Preference-Applied}. */
    static String applied(Duration wait) {
        return "wait=" + wait.toSeconds();
    }
}
