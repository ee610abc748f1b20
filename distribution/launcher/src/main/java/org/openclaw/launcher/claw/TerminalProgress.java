package org.openclaw.launcher.claw;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openclaw.launcher.claw.doctor.Progress;

/**
 * One line on standard error that says what is being done and goes when it is over; nothing where that is no terminal.
 *
 * @param out standard error
 * @param interactive whether it is a terminal
 * @param width of the terminal
 */
record TerminalProgress(PrintStream out, boolean interactive, int width) implements Progress {
    private static final String CLEAR = "\r\u001b[K";

    static TerminalProgress onStandardError() {
        var probe = TerminalProbe.ofThisProcess();
        boolean interactive = probe.interactive() && leadsToATerminal(Path.of("/proc/self/fd/2"));
        return new TerminalProgress(
                System.err, interactive, interactive ? probe.terminal().width() : 0);
    }

    /** The JDK knows only of standard output; where there is no such file, it is taken to be the same. */
    private static boolean leadsToATerminal(Path descriptor) {
        try {
            var target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/") && !target.equals("/dev/null");
        } catch (IOException elsewhere) {
            return !Files.isDirectory(Path.of("/proc/self"));
        }
    }

    @Override
    public void at(String what) {
        if (interactive) {
            out.print(CLEAR + Columns.ended("  " + Terminal.printable(what), width - 1));
            out.flush();
        }
    }

    /** Takes the line away. */
    void clear() {
        if (interactive) {
            out.print(CLEAR);
            out.flush();
        }
    }
}
