package org.openclaw.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Words as a shell has to be given them, in commands that a verb tells its user to type. */
public final class ShellWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellWords() {}

    /** The word, in quotes where a shell would see more in it than itself. */
    public static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** How to call this installation's claw from any folder: by its bare name where the shell finds it, else by its path. */
    public static String claw(Installation installation) {
        return claw(installation.folder().resolve("bin/claw"), System.getenv().getOrDefault("PATH", ""));
    }

    public static String claw(Path script, String path) {
        var first = Arrays.stream(path.split(Pattern.quote(File.pathSeparator)))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "claw"))
                .filter(Files::isExecutable)
                .findFirst();
        return first.isPresent() && same(first.get(), script) ? "claw" : quoted(script.toString());
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException gone) {
            return false;
        }
    }
}
