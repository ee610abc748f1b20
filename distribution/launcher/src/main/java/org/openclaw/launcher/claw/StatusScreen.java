package org.openclaw.launcher.claw;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.openclaw.launcher.claw.doctor.Finding;
import org.openclaw.launcher.claw.doctor.Quantity;
import tools.jackson.databind.JsonNode;

/** What {@code GET /v1/status} says, for people. What a server of another release leaves out is left out here. */
record StatusScreen(Terminal terminal, ZoneId zone) {
    private static final int LABEL = 12;
    private static final int BAR = 20;
    private static final int NARROW = 60;
    private static final int MOST_POINTS = 60;
    private static final int FEWEST_POINTS = 10;
    private static final int EVENTS = 5;
    /** What stands behind a line of bars. */
    private static final int FIGURES = 24;

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /** All of it. */
    List<String> lines(JsonNode status) {
        return sections(status, List.of(this::figures, this::events, this::attention));
    }

    /** As much as the terminal has lines for: what needs attention comes before what is only good to know. */
    List<String> fitting(JsonNode status) {
        int height = Math.max(1, terminal.height() - 1);
        var all = lines(status);
        return all.size() <= height
                ? all
                : sections(status, List.of(this::attention, this::figures, this::events)).stream()
                        .limit(height)
                        .toList();
    }

    /** A part of the screen. */
    @FunctionalInterface
    private interface Section {
        void add(List<String> lines, JsonNode status);
    }

    private List<String> sections(JsonNode status, List<Section> sections) {
        var lines = new ArrayList<String>();
        headline(lines, status);
        for (var section : sections) {
            var part = new ArrayList<String>();
            section.add(part, status);
            if (!part.isEmpty()) {
                lines.add("");
                lines.addAll(part);
            }
        }
        return lines;
    }

    private void figures(List<String> lines, JsonNode status) {
        text(
                lines,
                "url",
                Terminal.printable(status.path("url").asString("")),
                status.has("pid") ? "process " + status.path("pid").asLong(0) : "");
        text(lines, "home", Terminal.printable(status.path("home").asString("")));
        agents(lines, status.path("agents"));
        messages(lines, status.path("messages"));
        bundles(lines, status.path("bundles"));
        history(lines, status.path("history"));
        process(lines, status.path("process"));
        disk(lines, status.path("disk"));
    }

    private void headline(List<String> lines, JsonNode status) {
        boolean ready = status.path("ready").asBoolean(false);
        var name = ("OpenClaw " + status.path("version").asString("")).strip();
        var mark = terminal.painted(ready ? "green" : "yellow", terminal.either("●", "*"));
        var missing = new ArrayList<String>();
        status.path("missing").forEach(what -> missing.add(what.asString("")));
        var state =
                ready ? " is ready" : " is not ready" + (missing.isEmpty() ? "" : ": " + String.join("; ", missing));
        var since = time(status.path("startedAt").asString(""), MINUTE);
        var up = status.has("uptimeSeconds")
                ? " ("
                        + Quantity.duration(
                                Duration.ofSeconds(status.path("uptimeSeconds").asLong(0))) + ")"
                : "";
        var wrapped = new ArrayList<>(terminal.wrapped(Terminal.printable(name + state), "  "));
        var first = mark + " " + terminal.painted("bold", wrapped.removeFirst().strip());
        var from = since.isEmpty() ? "" : "since " + since + up;
        boolean fits = wrapped.isEmpty() && Columns.visible(first + ", " + from) <= terminal.width();
        lines.add(from.isEmpty() || !fits ? first : first + ", " + from);
        lines.addAll(wrapped);
        if (!fits && !from.isEmpty()) {
            lines.add("  " + from);
        }
    }

    private void agents(List<String> lines, JsonNode agents) {
        if (agents.isMissingNode()) {
            return;
        }
        var states = new ArrayList<String>();
        for (var state : List.of("active", "passive", "draining")) {
            counted(states, agents, state, "");
        }
        counted(states, agents, "suspended", "yellow");
        counted(states, agents, "quarantined", "red");
        counted(states, agents, "stranded", "red");
        var types = number(agents, "types");
        states.addFirst(number(agents, "total") + " of " + types + (types.equals("1") ? " type" : " types"));
        text(lines, "agents", states.toArray(String[]::new));
    }

    private void messages(List<String> lines, JsonNode messages) {
        if (messages.isMissingNode()) {
            return;
        }
        var parts = new ArrayList<String>();
        parts.add(number(messages, "accepted") + " accepted");
        counted(parts, messages, "refused", "yellow");
        parts.add(number(messages, "turns") + " turns");
        counted(parts, messages, "failed", "red");
        parts.add(number(messages, "waiting") + " waiting");
        parts.add(number(messages, "running") + " running");
        counted(parts, messages, "dead", "yellow");
        text(lines, "messages", parts.toArray(String[]::new));
    }

    private void bundles(List<String> lines, JsonNode bundles) {
        if (bundles.isMissingNode()) {
            return;
        }
        var parts = new ArrayList<String>();
        parts.add(number(bundles, "serving") + " serving");
        counted(parts, bundles, "superseded", "");
        counted(parts, bundles, "arriving", "yellow");
        counted(parts, bundles, "refused", "red");
        counted(parts, bundles, "flagged", "yellow");
        text(lines, "bundles", parts.toArray(String[]::new));
    }

    private void history(List<String> lines, JsonNode history) {
        if (history.isMissingNode()) {
            return;
        }
        series(lines, "accepted/s", history.path("acceptedPerSecond"), "");
        series(lines, "turns/s", history.path("turnsPerSecond"), "");
        if (Sparkline.of(history.path("failedPerSecond")).greatest().orElse(0) > 0) {
            series(lines, "failed/s", history.path("failedPerSecond"), "");
        }
        series(lines, "p50", history.path("p50Millis"), " ms");
        series(lines, "p99", history.path("p99Millis"), " ms");
    }

    private void series(List<String> lines, String label, JsonNode values, String unit) {
        var line = Sparkline.of(values);
        if (!line.isEmpty()) {
            bars(
                    lines,
                    label,
                    line,
                    "%s, at most %s%s".formatted(figure(line.newest()), figure(line.greatest()), unit));
        }
    }

    private void bars(List<String> lines, String label, Sparkline line, String figures) {
        int room = Math.min(MOST_POINTS, terminal.width() - LABEL - 2 - FIGURES);
        var bars = room < FEWEST_POINTS ? "" : line.render(room, terminal.unicode());
        text(lines, label, bars.isEmpty() ? figures : terminal.painted("cyan", bars) + "  " + figures);
    }

    private void process(List<String> lines, JsonNode process) {
        long most = process.path("heapMaxBytes").asLong(0);
        if (most > 0) {
            long used = process.path("heapUsedBytes").asLong(0);
            text(
                    lines,
                    "heap",
                    bar(used, most) + Quantity.bytes(used) + " of " + Quantity.bytes(most),
                    process.has("rssBytes")
                            ? "resident "
                                    + Quantity.bytes(process.path("rssBytes").asLong(0))
                            : "",
                    process.has("threads") ? number(process, "threads") + " threads" : "",
                    process.has("cpuSeconds")
                            ? "cpu "
                                    + Quantity.duration(Duration.ofMillis(
                                            (long) (process.path("cpuSeconds").asDouble(0) * 1000)))
                            : "");
        }
    }

    private void disk(List<String> lines, JsonNode disk) {
        long total = disk.path("totalBytes").asLong(0);
        if (total > 0) {
            long free = disk.path("freeBytes").asLong(0);
            text(
                    lines,
                    "disk",
                    bar(total - free, total) + Quantity.bytes(free) + " of " + Quantity.bytes(total) + " free");
        }
    }

    private String bar(long part, long whole) {
        if (terminal.width() < NARROW) {
            return "";
        }
        int full = Math.clamp(Math.round((double) part / whole * BAR), 0, BAR);
        var colour = part > whole * 0.9 ? "red" : "green";
        return terminal.painted(colour, terminal.either("█", "#").repeat(full))
                + terminal.painted("faint", terminal.either("░", ".").repeat(BAR - full)) + "  ";
    }

    private void events(List<String> lines, JsonNode status) {
        status.path("events").valueStream().limit(EVENTS).forEach(event -> {
            var at = time(event.path("at").asString(""), SECOND);
            var text = Terminal.printable(
                    event.path("text").asString(event.path("kind").asString("")));
            var line = "  %s  %s".formatted(at, text);
            lines.add(terminal.limited() ? Columns.ended(line, terminal.width()) : line);
        });
    }

    /** The worst first; a server of another release may have another order. */
    private void attention(List<String> lines, JsonNode status) {
        status.path("attention")
                .valueStream()
                .map(Finding::of)
                .sorted(Comparator.comparing(Finding::severity))
                .forEach(finding -> lines.addAll(new FindingText(terminal).brief(finding)));
        lines.addAll(terminal.wrapped(Terminal.printable(status.path("unknown").asString("")), ""));
    }

    /** A count with its word, where it is more than nothing. */
    private void counted(List<String> parts, JsonNode of, String word, String colour) {
        if (of.path(word).asLong(0) > 0) {
            var text = number(of, word) + " " + word;
            parts.add(colour.isEmpty() ? text : terminal.painted(colour, text));
        }
    }

    /** A label with its parts behind it, broken between them where they do not fit. */
    private void text(List<String> lines, String label, String... parts) {
        var line = new StringBuilder("  " + Columns.padded(label, LABEL));
        boolean first = true;
        for (var part : parts) {
            if (part.isEmpty()) {
                continue;
            }
            if (!first && Columns.visible(line + "   " + part) > terminal.width()) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(" ".repeat(LABEL + 2));
                first = true;
            }
            line.append(first ? "" : "   ").append(part);
            first = false;
        }
        if (!first) {
            lines.add(line.toString());
        }
    }

    private static String number(JsonNode of, String member) {
        return Quantity.count(of.path(member).asLong(0));
    }

    private static String figure(OptionalDouble value) {
        if (value.isEmpty()) {
            return "-";
        }
        double number = value.getAsDouble();
        return number == Math.rint(number) || number >= 100
                ? Quantity.count(Math.round(number))
                : String.format(Locale.ROOT, "%.1f", number);
    }

    /** A time of the server in this place's; empty where there is none. */
    private String time(String text, DateTimeFormatter format) {
        try {
            return text.isEmpty() ? "" : format.format(Instant.parse(text).atZone(zone));
        } catch (DateTimeException other) {
            return "";
        }
    }
}
