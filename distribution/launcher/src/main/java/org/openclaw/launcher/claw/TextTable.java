package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;

/** Rows in aligned columns or, where the terminal is too narrow for them, one below the other. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String> headers;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final BinaryOperator<String> paint;

    /** @param paint makes of a column's header and a cell what is printed, of the same visible length */
    TextTable(BinaryOperator<String> paint, String... headers) {
        this.paint = paint;
        this.headers = List.of(headers);
    }

    /** Adds a row of as many cells as there are headers. */
    void row(String... cells) {
        noted("", cells);
    }

    /** Adds a row with text below it, which is broken at the terminal's width. */
    void noted(String note, String... cells) {
        rows.add(List.of(cells).stream().map(Terminal::printable).toList());
        notes.add(Terminal.printable(note));
    }

    String render(int width) {
        var widths = new int[headers.size()];
        for (int column = 0; column < widths.length; column++) {
            int at = column;
            widths[column] =
                    rows.stream().mapToInt(row -> length(row.get(at))).reduce(length(headers.get(column)), Math::max);
        }
        int total = GAP.length() * (widths.length - 1);
        for (int column : widths) {
            total += column;
        }
        return total <= width ? aligned(widths, width) : stacked(width);
    }

    private String aligned(int[] widths, int width) {
        var lines = new ArrayList<String>();
        lines.add(line(headers, widths, false));
        for (int row = 0; row < rows.size(); row++) {
            lines.add(line(rows.get(row), widths, true));
            lines.addAll(wrapped(notes.get(row), width));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private String line(List<String> cells, int[] widths, boolean painted) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            var cell = cells.get(column);
            boolean last = column == widths.length - 1;
            line.append(painted ? paint.apply(headers.get(column), cell) : cell);
            line.append(last ? "" : " ".repeat(widths[column] - length(cell)) + GAP);
        }
        return line.toString().stripTrailing();
    }

    private String stacked(int width) {
        var lines = new ArrayList<String>();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < headers.size(); column++) {
                var cell = paint.apply(headers.get(column), rows.get(row).get(column));
                lines.add(column == 0 ? cell : GAP + headers.get(column).toLowerCase(Locale.ROOT) + ": " + cell);
            }
            lines.addAll(wrapped(notes.get(row), width));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static List<String> wrapped(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split("\\s+", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            if (!line.isEmpty() && GAP.length() + length(line.toString()) + 1 + length(word) > width) {
                lines.add(GAP + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(GAP + line);
        }
        return lines;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
