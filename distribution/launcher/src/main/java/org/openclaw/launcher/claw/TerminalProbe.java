package org.openclaw.launcher.claw;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;

/**
 * Finds out what is at the other end of standard output. The JDK knows whether it is a terminal, but not how wide: that is
 * asked of {@code stty}, which POSIX has everywhere; {@code COLUMNS} and {@code LINES} come before it, as everywhere.
 *
 * @param interactive whether it is a terminal
 * @param environment of the process
 * @param encoding what standard output is written in
 * @param size what {@code stty size} prints, such as {@code 24 80}
 */
record TerminalProbe(
        boolean interactive, Map<String, String> environment, String encoding, Supplier<Optional<String>> size) {
    private static final int WIDTH = 80;
    private static final int NARROWEST = 20;
    private static final long PATIENCE_MILLIS = 500;

    static TerminalProbe ofThisProcess() {
        var console = System.console();
        return new TerminalProbe(
                Optional.ofNullable(console).filter(Console::isTerminal).isPresent(),
                System.getenv(),
                System.getProperty("stdout.encoding", ""),
                TerminalProbe::stty);
    }

    Terminal terminal() {
        boolean unicode = encoding.toUpperCase(java.util.Locale.ROOT).startsWith("UTF");
        if (!interactive) {
            return new Terminal(Terminal.UNLIMITED, Terminal.UNLIMITED, colours(), unicode);
        }
        var asked = environment.containsKey("COLUMNS") && environment.containsKey("LINES")
                ? Optional.<String>empty()
                : size.get();
        var parts = asked.orElse("").split(" ", -1);
        int width = number("COLUMNS", parts.length == 2 ? parts[1] : "", WIDTH);
        int height = number("LINES", parts.length == 2 ? parts[0] : "", Terminal.UNLIMITED);
        return new Terminal(Math.max(NARROWEST, width), height, colours(), unicode);
    }

    /** {@code NO_COLOR}, {@code CLICOLOR} and {@code CLICOLOR_FORCE} say it; else a terminal that is not dumb has colours. */
    private Ansi colours() {
        if (said("NO_COLOR")) {
            return Ansi.OFF;
        }
        if (said("CLICOLOR_FORCE") && !"0".equals(environment.get("CLICOLOR_FORCE"))) {
            return Ansi.ON;
        }
        boolean off = "0".equals(environment.get("CLICOLOR")) || "dumb".equals(environment.get("TERM"));
        return interactive && !off ? Ansi.ON : Ansi.OFF;
    }

    private boolean said(String name) {
        return !environment.getOrDefault(name, "").isEmpty();
    }

    private int number(String name, String asked, int otherwise) {
        for (var text : new String[] {environment.getOrDefault(name, ""), asked}) {
            if (text.matches("[1-9][0-9]{0,3}")) {
                return Integer.parseInt(text);
            }
        }
        return otherwise;
    }

    private static Optional<String> stty() {
        var terminal = new File("/dev/tty");
        if (!terminal.exists()) {
            return Optional.empty();
        }
        try {
            var process = new ProcessBuilder("stty", "size")
                    .redirectInput(terminal)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return Optional.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
