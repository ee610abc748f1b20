package org.openclaw.client;

import java.time.Duration;
import java.util.Optional;

/** Reads {@code text/event-stream}, line by line, as the WHATWG says ("Server-sent events", 9.2.6). For one thread. */
final class EventParser {
    private final StringBuilder data = new StringBuilder();
    private String id;
    private String name = "";
    private Optional<Duration> retry = Optional.empty();

    /** What a line is. */
    sealed interface Read {
        /** Part of a block. */
        record Part() implements Read {}

        /**
         * The end of a block that is no event.
         *
         * @param id behind what a later stream goes on
         */
        record Position(String id) implements Read {}

        /** The end of an event. */
        record Whole(SentEvent event) implements Read {}
    }

    /** @param lastId behind what the stream was opened; empty text for nowhere */
    EventParser(String lastId) {
        id = lastId;
    }

    Read line(String line) {
        if (line.isEmpty()) {
            return end();
        }
        int colon = line.indexOf(':');
        var field = colon < 0 ? line : line.substring(0, colon);
        var rest = colon < 0 ? "" : line.substring(colon + 1);
        var value = rest.startsWith(" ") ? rest.substring(1) : rest;
        switch (field) {
            case "id" -> id = value.indexOf('\0') < 0 ? value : id;
            case "event" -> name = value;
            case "data" -> data.append(value).append('\n');
            case "retry" -> retry = millis(value).or(() -> retry);
            default -> {
                // a comment, or what the standard ignores
            }
        }
        return new Read.Part();
    }

    private Read end() {
        var kind = name.isEmpty() ? "message" : name;
        name = "";
        if (data.isEmpty()) {
            return new Read.Position(id);
        }
        var text = data.substring(0, data.length() - 1);
        data.setLength(0);
        return new Read.Whole(new SentEvent(id, kind, text));
    }

    private static Optional<Duration> millis(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Duration.ofMillis(Long.parseLong(text))) : Optional.empty();
    }

    /** How long to wait before coming again, as the server says. */
    Optional<Duration> retry() {
        return retry;
    }
}
