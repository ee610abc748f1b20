package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import picocli.CommandLine.Help.Ansi;

/**
 * Rows in aligned columns, numbers to the right. Where the terminal is too narrow, the widest column is cut in its middle as
 * long as enough of it remains; else the cells stand one below the other, in full.
 */
final class TextTable {
    private static final String GAP = "  ";
    /** What a cut cell must keep to be recognised. */
    private static final int LEAST = 20;

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

    /** @param width of the terminal, {@link Terminal#UNLIMITED} where it is none */
    String render(int width) {
        var widths = new int[headers.size()];
        for (int column = 0; column < widths.length; column++) {
            int at = column;
            widths[column] = rows.stream()
                    .mapToInt(row -> Columns.of(row.get(at)))
                    .reduce(Columns.of(headers.get(column)), Math::max);
        }
        return fit(widths, width) ? aligned(widths, width) : stacked(width);
    }

    /** Narrows the widest column by what the row is too wide, if it can spare that. */
    private static boolean fit(int[] widths, int width) {
        long excess = (long) GAP.length() * (widths.length - 1) - width;
        int widest = 0;
        for (int column = 0; column < widths.length; column++) {
            excess += widths[column];
            widest = widths[column] > widths[widest] ? column : widest;
        }
        if (excess > 0 && widths[widest] - excess >= LEAST) {
            widths[widest] -= (int) excess;
            return true;
        }
        return excess <= 0;
    }

    private String aligned(int[] widths, int width) {
        var lines = new ArrayList<String>();
        lines.add(line(headers, widths, false));
        for (int row = 0; row < rows.size(); row++) {
            lines.add(line(rows.get(row), widths, true));
            lines.addAll(note(row, width));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private String line(List<String> cells, int[] widths, boolean painted) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            var cell = Columns.cut(cells.get(column), widths[column]);
            var blanks = " ".repeat(widths[column] - Columns.of(cell));
            var shown = painted ? paint.apply(headers.get(column), cell) : cell;
            line.append(column == 0 ? "" : GAP).append(numeric(column) ? blanks + shown : shown + blanks);
        }
        return line.toString().stripTrailing();
    }

    /** Whether a column holds nothing but counts, and dashes where there is none. */
    private boolean numeric(int column) {
        return !rows.isEmpty()
                && rows.stream().map(row -> row.get(column)).allMatch(cell -> cell.matches("[0-9][0-9,.]*|-"))
                && rows.stream().map(row -> row.get(column)).anyMatch(cell -> cell.matches("[0-9][0-9,]*"));
    }

    private String stacked(int width) {
        var lines = new ArrayList<String>();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < headers.size(); column++) {
                var cell = paint.apply(headers.get(column), rows.get(row).get(column));
                lines.add(column == 0 ? cell : GAP + headers.get(column).toLowerCase(Locale.ROOT) + ": " + cell);
            }
            lines.addAll(note(row, width));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private List<String> note(int row, int width) {
        return new Terminal(width, Ansi.OFF).wrapped(notes.get(row), GAP);
    }
}
