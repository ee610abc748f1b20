package org.openclaw.launcher.claw;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;

/**
 * Shows the status again and again. On a terminal each screen takes the place of the one before, on the alternate screen, so
 * that nothing of it remains at the end; elsewhere one comes after the other.
 *
 * @param out what it is printed on
 * @param probe asked anew for each screen: a terminal's size changes
 * @param json whether each is one line of JSON
 * @param pause between two
 */
record StatusWatch(PrintWriter out, TerminalProbe probe, boolean json, Pause pause) {
    private static final String BEGIN = "\u001b[?1049h\u001b[?25l";
    private static final String END = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        /** Whether to go on. */
        boolean await() throws InterruptedException;
    }

    /** Returns when nobody reads any more, or the pause says so; Ctrl-C ends the process. */
    int show(StatusSource source) throws IOException, InterruptedException {
        boolean redraws = probe.interactive() && !json;
        if (redraws) {
            out.print(BEGIN);
            // Ctrl-C ends the JVM, and this with it
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::leave));
        }
        int exit;
        do {
            exit = frame(source, redraws);
        } while (!out.checkError() && pause.await());
        return exit;
    }

    private int frame(StatusSource source, boolean redraws) throws IOException {
        var terminal = probe.terminal();
        try {
            var status = source.read();
            if (json) {
                out.println(Output.json(status));
            } else {
                var screen = new StatusScreen(terminal, ZoneId.systemDefault());
                print(redraws ? screen.fitting(status) : screen.lines(status), redraws);
            }
            return status.path("ready").asBoolean(false) ? 0 : 1;
        } catch (ClawException refused) {
            if (refused.exitCode() == 2) {
                throw refused;
            }
            // it may come back: that is what somebody watches for
            if (json) {
                out.println(Output.json(refused.problem()));
            } else {
                print(terminal.wrapped(String.valueOf(refused.getMessage()), ""), redraws);
            }
            return refused.exitCode();
        }
    }

    private void print(List<String> lines, boolean redraws) {
        if (!redraws) {
            lines.forEach(out::println);
            out.println();
            return;
        }
        out.print(HOME);
        lines.forEach(line -> out.print(line + REST_OF_LINE + "\r\n"));
        out.print(REST_OF_SCREEN);
    }

    private void leave() {
        out.print(END);
        out.flush();
    }
}
