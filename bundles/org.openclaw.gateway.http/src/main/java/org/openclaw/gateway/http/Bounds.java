package org.openclaw.gateway.http;

import java.time.Duration;

/**
 * What the settings bound.
 *
 * @param message the body of a message
 * @param bundle the body of a bundle
 * @param depth the nesting of a message's JSON
 * @param requests worked on at a time
 * @param waits for replies at a time
 * @param streams of events open at a time
 * @param bodies waited for at a time
 * @param answer how long a large answer may take to be taken
 */
record Bounds(
        BoundedInput.Limit message,
        BoundedInput.Limit bundle,
        int depth,
        int requests,
        int waits,
        int streams,
        int bodies,
        Duration answer) {
    /** @throws IllegalArgumentException when a setting is out of its range */
    Bounds {
        within("message.max.bytes", message.bytes(), 1024, 64L << 20);
        within("message.max.seconds", message.time().toSeconds(), 1, 600);
        within("bundle.max.bytes", bundle.bytes(), 1024, 2L << 30);
        within("bundle.max.seconds", bundle.time().toSeconds(), 1, 3600);
        within("json.max.depth", depth, 1, 1000);
        within("requests.max", requests, 1, 100_000);
        within("waits.max", waits, 0, 1_000_000);
        within("streams.max", streams, 0, 100_000);
        within("bodies.max", bodies, 1, 100_000);
        within("answer.max.seconds", answer.toSeconds(), 1, 3600);
    }

    static Bounds of(GatewaySettings settings) {
        return new Bounds(
                new BoundedInput.Limit(
                        settings.message_max_bytes(), Duration.ofSeconds(settings.message_max_seconds())),
                new BoundedInput.Limit(settings.bundle_max_bytes(), Duration.ofSeconds(settings.bundle_max_seconds())),
                settings.json_max_depth(),
                settings.requests_max(),
                settings.waits_max(),
                settings.streams_max(),
                settings.bodies_max(),
                Duration.ofSeconds(settings.answer_max_seconds()));
    }

    private static void within(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }
}
