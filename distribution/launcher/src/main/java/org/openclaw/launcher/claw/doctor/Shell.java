package org.openclaw.launcher.claw.doctor;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.ShellWords;

/**
 * Writes commands that can be pasted into a POSIX shell, whatever the names of files are: {@code claw} as this shell finds
 * it, with the home it is about.
 */
public final class Shell {
    private final String claw;
    private final String home;

    /** @param environment whose {@code PATH} says whether {@code claw} alone is this installation's */
    public Shell(Installation installation, Home home, Map<String, String> environment) {
        var script = installation.folder().resolve("bin/claw");
        this.claw = ShellWords.claw(script, environment.getOrDefault("PATH", ""));
        this.home = implied(installation, home, environment) ? "" : " --home " + quoted(home.folder());
    }

    /** Whether {@code claw} takes this home when none is named. */
    private static boolean implied(Installation installation, Home home, Map<String, String> environment) {
        return environment.getOrDefault("CLAW_HOME", "").isEmpty()
                && home.folder().equals(installation.folder());
    }

    /** A verb of {@code claw} on this home; the words are quoted where they must be. */
    String claw(Object... words) {
        return command(claw, words) + home;
    }

    /** A verb of {@code claw} that is about the installation, whatever the home. */
    String installation(Object... words) {
        return command(claw, words);
    }

    /** Any other command; the words are quoted where they must be. */
    static String command(String name, Object... words) {
        return Stream.concat(Stream.of(name), Stream.of(words).map(Shell::quoted))
                .collect(Collectors.joining(" "));
    }

    /** Brings the publishers of the installation into a home, and leaves or replaces those of the same names. */
    static String copyPublishers(Installation installation, Home home, boolean replacing) {
        var from = installation.conf().resolve("trust");
        return command("mkdir", "-p", "--", home.trust()) + " && "
                + command(
                        "cp",
                        replacing ? "-R" : "-Rn",
                        "--",
                        from.resolve("roots"),
                        from.resolve("publishers"),
                        home.trust());
    }

    /** Opens a file that only a person can correct. */
    static String edit(Path file) {
        return "${EDITOR:-vi} " + quoted(file);
    }

    static String quoted(Object word) {
        return ShellWords.quoted(word.toString());
    }
}
