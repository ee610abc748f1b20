package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a journal, as people read it.
 *
 * @param folder of the journal
 * @param segments one for each file, as the journal's bundle says it
 * @param damage file, offset and reason of each damaged place
 * @param torn the same of a write that was not finished
 */
record JournalReport(
        String folder,
        List<Map<String, Object>> segments,
        List<Map<String, Object>> damage,
        Optional<Map<String, Object>> torn) {

    @SuppressWarnings("unchecked")
    static JournalReport of(Map<String, Object> found) {
        return new JournalReport(
                String.valueOf(found.get("folder")),
                maps(found.get("segments")),
                maps(found.get("damage")),
                Optional.ofNullable((Map<String, Object>) found.get("torn")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(@Nullable Object list) {
        return list == null ? List.of() : (List<Map<String, Object>>) list;
    }

    /** One frame in a line. */
    static String line(Map<String, Object> frame) {
        var changes =
                maps(frame.get("changes")).stream().map(JournalReport::change).collect(Collectors.joining("; "));
        return Terminal.printable("frame %s  %s:%s  %s B  %s"
                .formatted(frame.get("frame"), frame.get("file"), frame.get("offset"), frame.get("size"), changes));
    }

    private static String change(Map<String, Object> change) {
        var text = new StringBuilder(String.valueOf(change.get("change"))).append(' ');
        if (change.containsKey("name")) {
            text.append(change.get("name"));
            Optional.ofNullable(change.get("agent"))
                    .ifPresent(agent -> text.append(" = agent ").append(number(agent)));
        } else {
            text.append(change.get("kind")).append(' ').append(number(change.get("first")));
            text.append('/').append(number(change.get("second")));
        }
        Optional.ofNullable(change.get("size"))
                .ifPresent(size -> text.append(" (").append(size).append(" B)"));
        if (change.get("value") instanceof byte[] value) {
            text.append(' ').append(value(value));
        }
        return text.toString();
    }

    private static String number(@Nullable Object number) {
        return number instanceof Long whole ? Long.toUnsignedString(whole) : String.valueOf(number);
    }

    /** ASCII as it is, other bytes in hexadecimal. */
    private static String value(byte[] value) {
        var text = new StringBuilder("'");
        for (byte each : value) {
            if (each >= ' ' && each < 0x7f && each != '\\' && each != '\'') {
                text.append((char) each);
            } else {
                text.append('\\').append(HexFormat.of().toHexDigits(each));
            }
        }
        return text.append('\'').toString();
    }

    /** @param running whether somebody writes it meanwhile */
    String text(boolean running, Terminal terminal) {
        var lines = new ArrayList<String>();
        if (segments.isEmpty()) {
            lines.add("There is no segment in " + folder + ".");
        } else {
            lines.add(table(terminal));
        }
        if (running) {
            lines.add(
                    terminal.paragraphs("A container runs on this home: what it is just writing may look unfinished."));
        }
        torn.ifPresent(place -> lines.add(terminal.paragraphs(
                place(place) + " The write was never acknowledged; the next start overwrites it.")));
        damage.forEach(place -> lines.add(terminal.paragraphs("Damaged: " + place(place))));
        lines.add(
                damage.isEmpty()
                        ? "The journal is whole."
                        : terminal.paragraphs(
                                "The journal is damaged. Restore a checkpoint with 'claw run --from CHECKPOINT', or the files from a backup."));
        return String.join(System.lineSeparator(), lines);
    }

    private String table(Terminal terminal) {
        var table = new TextTable((_, cell) -> cell, "SEGMENT", "FILE", "FRAMES", "USED", "SIZE");
        for (var segment : segments) {
            long first = ((Number) segment.getOrDefault("first", 0)).longValue();
            long last = ((Number) segment.getOrDefault("last", 0)).longValue();
            table.row(
                    String.valueOf(segment.get("segment")),
                    String.valueOf(segment.get("file")),
                    last < first ? "none" : first + ".." + last,
                    String.valueOf(segment.get("used")),
                    String.valueOf(segment.get("size")));
        }
        return table.render(terminal.width());
    }

    private static String place(Map<String, Object> place) {
        return Terminal.printable(
                "%s at offset %s: %s.".formatted(place.get("file"), place.get("offset"), place.get("reason")));
    }
}
