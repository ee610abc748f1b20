package org.openclaw.launcher.claw;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads {@code text/event-stream} as the WHATWG says ("Server-sent events", interpreting an event stream). */
final class ServerSentEvents {
    private final BufferedReader in;
    private String lastId;
    private Optional<Long> retryMillis = Optional.empty();

    /** @param lastId what was known before; empty text for nothing */
    ServerSentEvents(InputStream in, String lastId) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.lastId = lastId;
    }

    /** The data of the next event; empty when the stream has ended. Waits. */
    Optional<String> next() throws IOException {
        var data = new StringBuilder();
        var id = lastId;
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            int colon = line.indexOf(':');
            var field = colon < 0 ? line : line.substring(0, colon);
            var rest = colon < 0 ? "" : line.substring(colon + 1);
            var value = rest.startsWith(" ") ? rest.substring(1) : rest;
            switch (field) {
                case "id" -> id = value;
                case "data" -> data.append(value).append('\n');
                case "retry" -> retryMillis = millis(value).or(() -> retryMillis);
                case "" -> {
                    // only what has ended counts: where the connection breaks within an event, it comes again
                    if (line.isEmpty()) {
                        lastId = id;
                        if (!data.isEmpty()) {
                            return Optional.of(data.substring(0, data.length() - 1));
                        }
                    }
                }
                default -> {
                    // what the standard ignores
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Long> millis(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    /** Behind which event to go on; empty text when there is none. */
    String lastId() {
        return lastId;
    }

    /** How long to wait before coming again, as the server says. */
    Optional<Long> retryMillis() {
        return retryMillis;
    }

    /** Whether nothing has come that was not read. */
    boolean isDrained() throws IOException {
        return !in.ready();
    }
}
