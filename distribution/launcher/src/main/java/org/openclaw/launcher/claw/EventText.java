package org.openclaw.launcher.claw;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/**
 * An event as one line for people.
 *
 * @param zone whose time is shown
 */
record EventText(Terminal terminal, ZoneId zone) implements EventTail.Form {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final int KIND = "agent.quarantined".length();
    private static final int AGENT = 24;

    EventText(Terminal terminal) {
        this(terminal, ZoneId.systemDefault());
    }

    @Override
    public String line(JsonNode event) {
        var kind = plain(event, "kind");
        var line = time(plain(event, "at")) + "  "
                + terminal.painted(colour(kind), Columns.padded(kind, KIND)) + "  "
                + Columns.padded(plain(event, "agent"), AGENT) + "  " + details(event);
        return line.stripTrailing();
    }

    private static String details(JsonNode event) {
        var details = new StringJoiner(", ");
        var message = plain(event, "messageType");
        if (!message.isEmpty()) {
            var version = plain(event, "version");
            details.add(version.isEmpty() ? message : message + " on " + version);
        }
        if (event.has("step")) {
            details.add("step '" + plain(event, "step") + "'");
        }
        if (event.has("waitsFor")) {
            details.add("waits for " + plain(event, "waitsFor"));
        }
        if (event.path("millis").asLong(0) > 0) {
            details.add(event.path("millis").asLong(0) + " ms");
        }
        if (event.has("code")) {
            details.add(plain(event, "code") + ": " + plain(event, "cause"));
        } else if (event.has("cause")) {
            details.add(plain(event, "cause"));
        }
        return details.toString();
    }

    /** In one line, whatever others have put into it. */
    private static String plain(JsonNode event, String member) {
        return Terminal.printable(event.path(member).asString("").replaceAll("\\s+", " "));
    }

    private String time(String at) {
        try {
            return TIME.format(Instant.parse(at).atZone(zone));
        } catch (DateTimeException other) {
            return at;
        }
    }

    private static String colour(String kind) {
        return switch (kind) {
            case "turn.done" -> "green";
            case "turn.failed", "turn.suspended", "agent.suspended" -> "yellow";
            case "turn.dead", "agent.quarantined" -> "red";
            default -> "cyan";
        };
    }
}
