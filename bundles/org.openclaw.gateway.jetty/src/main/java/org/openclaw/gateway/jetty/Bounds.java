package org.openclaw.gateway.jetty;

import java.time.Duration;

/**
 * How much of the server strangers may take.
 *
 * @param connections open at a time
 * @param perAddress open at a time from one address
 * @param headers how long the line and the headers of a request may take, from their first byte on
 * @param piece how long a client may take for one piece of an answer
 */
record Bounds(int connections, int perAddress, Duration headers, Duration piece) {
    private static final int MOST = 1_000_000;

    /** @throws IllegalArgumentException when a setting is out of its range */
    Bounds {
        within("connections.max", connections, 10, MOST);
        within("connections.per.address.max", perAddress, 1, MOST);
        within("headers.max.seconds", headers.toSeconds(), 1, 600);
        within("piece.max.seconds", piece.toSeconds(), 1, 600);
    }

    private static void within(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "%s of org.openclaw.gateway.jetty: %d (expected: %d to %d)".formatted(name, value, min, max));
        }
    }
}
