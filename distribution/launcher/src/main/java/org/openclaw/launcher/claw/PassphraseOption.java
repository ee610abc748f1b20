package org.openclaw.launcher.claw;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the passphrase of private keys comes from: mixed in by the verbs that make or use keys. */
final class PassphraseOption {
    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "The passphrase of the private keys: the first line of this file.")
    private @Nullable Path file;

    @Option(names = "--passphrase", description = "Ask for the passphrase of the private keys.")
    private boolean ask;

    /** The passphrase, where one was named or asked for. */
    Optional<char[]> passphrase() throws IOException {
        var named = file;
        if (named != null && ask) {
            throw ClawException.misused("--passphrase and --passphrase-file (expected: one of them)");
        }
        if (named != null) {
            return Optional.of(firstLine(named));
        }
        return ask ? Optional.of(prompt()) : Optional.empty();
    }

    private static char[] firstLine(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw ClawException.misused("There is no file " + file + " (expected by --passphrase-file).");
        }
        var lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.isEmpty() || lines.getFirst().isEmpty()) {
            throw ClawException.misused("The first line of " + file + " is empty (expected: a passphrase).");
        }
        return lines.getFirst().toCharArray();
    }

    private static char[] prompt() {
        var console = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .orElseThrow(() -> ClawException.misused(
                        "--passphrase asks at a terminal and there is none: use --passphrase-file."));
        var typed = console.readPassword("Passphrase: ");
        if (typed == null || typed.length == 0) {
            throw ClawException.misused("No passphrase was typed.");
        }
        return typed;
    }
}
