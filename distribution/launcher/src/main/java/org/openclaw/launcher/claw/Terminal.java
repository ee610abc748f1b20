package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/**
 * What a verb prints on.
 *
 * @param width how many columns it has; what is no terminal has {@link #UNLIMITED}
 * @param height how many lines it has; {@link #UNLIMITED} where that is not known
 * @param ansi whether it shows colours: only a terminal does
 * @param unicode whether it shows more than ASCII
 */
record Terminal(int width, int height, Ansi ansi, boolean unicode) {
    /** So that scripts find each row on one line, and every cell in full. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final Map<String, String> COLOURS =
            Map.of("red", "31", "green", "32", "yellow", "33", "cyan", "36", "faint", "2", "bold", "1");

    /** A terminal of this width that shows Unicode. */
    Terminal(int width, Ansi ansi) {
        this(width, UNLIMITED, ansi, true);
    }

    /** The one at the end of standard output. */
    static Terminal here() {
        return TerminalProbe.ofThisProcess().terminal();
    }

    boolean limited() {
        return width != UNLIMITED;
    }

    /** A word in a colour such as {@code green}, where colours are shown. */
    String painted(String colour, String word) {
        var code = COLOURS.get(colour);
        return code != null && ansi.enabled() ? "\u001b[" + code + "m" + word + "\u001b[0m" : word;
    }

    /** The first where it can be shown, else the second. */
    String either(String character, String ascii) {
        return unicode ? character : ascii;
    }

    /** Text broken into lines at blanks where it does not fit, each behind this indentation. */
    List<String> wrapped(String text, String indentation) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split("\\s+", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            long needed = (long) indentation.length() + Columns.of(line.toString()) + 1 + Columns.of(word);
            if (!line.isEmpty() && needed > width) {
                lines.add(indentation + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(indentation + line);
        }
        return lines;
    }

    /** Lines of text, each broken at blanks where it does not fit; what begins with blanks goes on behind them. */
    String paragraphs(String text) {
        return text.lines()
                .flatMap(line -> {
                    var content = line.stripLeading();
                    return content.isEmpty()
                            ? Stream.of("")
                            : wrapped(content, " ".repeat(line.length() - content.length())).stream();
                })
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** Text of others, without what would steer a terminal: control characters become question marks. */
    static String printable(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints().map(c -> c != '\n' && steers(c) ? '?' : c).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** Control characters, and those that turn the direction of what follows. */
    private static boolean steers(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }
}
