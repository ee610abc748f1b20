package org.openclaw.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The version of what lies in {@code data/}, in its file {@code version}. A release opens what older ones wrote, and refuses
 * what a newer one did: it would take for damage what it does not know.
 */
public final class DataVersion {
    /** What this release writes. */
    public static final int PRESENT = 1;

    private static final int LONGEST = 100;

    private DataVersion() {}

    /** The file with the version of a {@code data/} folder. */
    public static Path file(Path data) {
        return data.resolve("version");
    }

    /**
     * The version of a {@code data/} folder; one without the file is of the first.
     *
     * @throws LaunchException when a newer release wrote it, or the file says no version
     */
    public static int check(Path data) throws IOException, LaunchException {
        var file = file(data);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return 1;
        }
        var text = Files.size(file) > LONGEST
                ? ""
                : Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw LaunchException.dataUnknown(file, text);
        }
        var version = Integer.parseInt(text);
        if (version > PRESENT) {
            throw LaunchException.dataNewer(data, version, PRESENT);
        }
        return version;
    }

    /** Checks the version and writes down that this release has opened the folder. */
    static void open(Path data) throws IOException, LaunchException {
        var file = file(data);
        if (check(data) == PRESENT && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        var temporary = file.resolveSibling("version.new");
        Files.deleteIfExists(temporary);
        Files.writeString(temporary, PRESENT + "\n", StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
