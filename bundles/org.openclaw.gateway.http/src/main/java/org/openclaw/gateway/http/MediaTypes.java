package org.openclaw.gateway.http;

import java.util.Arrays;
import java.util.Locale;

/** What a request's body says that it is. */
final class MediaTypes {
    static final String EVENT = "application/cloudevents+json";
    static final String BATCH = "application/cloudevents-batch+json";

    private MediaTypes() {}

    /** The media type without parameters, in lower case; empty when none is given. */
    static String of(Request request) throws Rejection {
        var _ = Coding.of(request);
        var parts = request.header("Content-Type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .split(";", -1);
        boolean otherCharset = Arrays.stream(parts)
                .skip(1)
                .map(part -> part.strip().replace("\"", ""))
                .anyMatch(part -> part.startsWith("charset=") && !part.equals("charset=utf-8"));
        if (otherCharset) {
            throw unsupported("charset", "utf-8");
        }
        return parts[0].strip();
    }

    static Rejection unsupported(String what, String expected) {
        return Problem.of(415, "media.unsupported", "The " + what + " is not supported (expected: " + expected + ").")
                .rejection();
    }
}
