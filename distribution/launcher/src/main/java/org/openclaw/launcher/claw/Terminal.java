package org.openclaw.launcher.claw;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a verb prints on.
 *
 * @param width how many columns it has
 * @param ansi whether it shows colours: only a terminal does
 */
record Terminal(int width, Ansi ansi) {
    /** The one that this command was typed at; 80 columns and no colours when it is none. */
    static Terminal of(CommandSpec spec) {
        var usage = spec.usageMessage();
        usage.autoWidth(true);
        return new Terminal(usage.width(), Ansi.AUTO);
    }

    /** A word in a colour such as {@code green}, where colours are shown. */
    String painted(String colour, String word) {
        return ansi.enabled() ? ansi.string("@|" + colour + " " + word + "|@") : word;
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
