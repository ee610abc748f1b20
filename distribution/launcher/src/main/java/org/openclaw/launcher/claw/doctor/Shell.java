package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openclaw.launcher.Home;
import org.openclaw.launcher.Installation;

/**
 * Writes commands that can be pasted into a POSIX shell, whatever the names of files are: {@code claw} as this shell finds
 * it, with the home it is about.
 */
public final class Shell {
    private static final String PLAIN = "[A-Za-z0-9_@%+=:,./~-]+";

    private final String claw;
    private final String home;

    /** @param environment whose {@code PATH} says whether {@code claw} alone is this installation's */
    public Shell(Installation installation, Home home, Map<String, String> environment) {
        var script = installation.folder().resolve("bin/claw");
        this.claw = onPath(script, environment.getOrDefault("PATH", "")) ? "claw" : quoted(script);
        this.home = home.folder().equals(installation.folder()) ? "" : " --home " + quoted(home.folder());
    }

    /** A verb of {@code claw} on this home; the words are quoted where they must be. */
    String claw(Object... words) {
        return command(claw, words) + home;
    }

    /** Any other command; the words are quoted where they must be. */
    static String command(String name, Object... words) {
        return Stream.concat(Stream.of(name), Stream.of(words).map(Shell::quoted))
                .collect(Collectors.joining(" "));
    }

    /** Opens a file that only a person can correct. */
    static String edit(Path file) {
        return "${EDITOR:-vi} " + quoted(file);
    }

    static String quoted(Object word) {
        var text = word.toString();
        return text.matches(PLAIN) && !text.startsWith("~") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static boolean onPath(Path script, String path) {
        for (var folder : path.split(":", -1)) {
            var candidate = Path.of(folder.isEmpty() ? "." : folder).resolve("claw");
            if (Files.isExecutable(candidate)) {
                return same(candidate, script);
            }
        }
        return false;
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException gone) {
            return false;
        }
    }
}
