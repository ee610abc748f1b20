package org.openclaw.launcher.claw;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Asks before what cannot be taken back, where somebody sits at a terminal: mixed in by the verbs that do such things. */
final class YesOption {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask first. Where there is no terminal, nobody is asked.")
    private boolean yes;

    /** Throws a refusal unless the answer is yes. */
    void require(String question) {
        var console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (yes || console.isEmpty()) {
            return;
        }
        var answer = console.get().readLine("%s [y/N] ", Terminal.printable(question));
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
            throw ClawException.refused("not.confirmed", "Nothing was done.");
        }
    }
}
