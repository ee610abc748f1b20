package org.openclaw.launcher;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Makes what a home lacks, with the modes that it must have; never changes a file that is there. */
public final class HomeFolders {
    private HomeFolders() {}

    /**
     * Makes the folders. A new home, one that trusts no publisher yet, gets what it lacks of the installation's {@code conf/},
     * without its keys and tokens: the folder itself may be there already, as an empty volume or with some files mounted.
     *
     * @throws LaunchException when a folder cannot be made or written
     */
    static void prepare(Installation installation, Home home) throws LaunchException {
        try {
            Files.createDirectories(home.folder());
            if (!trustsAnybody(home)) {
                copyConf(installation.conf(), home.conf());
            }
            Files.createDirectories(home.trust().resolve("publishers"));
            Files.createDirectories(home.trust().resolve("roots"));
            Files.createDirectories(home.deploy());
            Files.createDirectories(home.logs());
            createSecret(home.keys());
            createSecret(home.data());
            refuseLinks(home.data());
        } catch (FileAlreadyExistsException blocked) {
            throw LaunchException.folder(Path.of(blocked.getFile()), "it is a file", "Move it away.");
        } catch (IOException failed) {
            throw LaunchException.folder(home.folder(), String.valueOf(failed), cure());
        }
        if (!Files.isWritable(home.data()) || !Files.isWritable(home.conf())) {
            throw LaunchException.folder(home.folder(), "this user may not write conf/ and data/", cure());
        }
    }

    private static String cure() {
        return "Make it writable for '%s', or name another with '--home DIR'."
                .formatted(System.getProperty("user.name"));
    }

    private static boolean trustsAnybody(Home home) throws IOException {
        var publishers = home.trust().resolve("publishers");
        if (!Files.isDirectory(publishers)) {
            return false;
        }
        try (var entries = Files.list(publishers)) {
            return entries.findAny().isPresent();
        }
    }

    /**
     * The folder itself may be a link; in it there is none that we have made, and what is written, pruned or closed to others
     * through one would be somewhere else, such as in {@code conf/}.
     */
    private static void refuseLinks(Path data) throws IOException, LaunchException {
        try (var entries = Files.newDirectoryStream(data, Files::isSymbolicLink)) {
            for (var link : entries) {
                throw LaunchException.folder(
                        link,
                        "it is a link (expected: a folder or file of the container's own)",
                        "Remove it and look who may write into data/. To keep data elsewhere, make data/ itself a link.");
            }
        }
    }

    /** Deletes a folder with everything in it; a link is deleted, never followed. */
    public static void wipe(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failed) throws IOException {
                if (failed != null) {
                    throw failed;
                }
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Makes a folder that is open to its owner alone, and closes it to others when it is there already and ours. A volume
     * may belong to root and be ours by its group: who enters it is decided where it is mounted.
     */
    static void createSecret(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
            try {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            } catch (FileSystemException notOurs) {
                if (!Files.isWritable(folder)) {
                    throw notOurs;
                }
            }
        }
    }

    private static void copyConf(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        if (!Files.isDirectory(from)) {
            return;
        }
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var relative = from.relativize(file);
                var secret = relative.startsWith("keys") || relative.toString().endsWith(".token");
                // what one home has admitted is not known to another
                var own = secret || relative.endsWith("known.json");
                var target = to.resolve(relative);
                if (!own && Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!own && !Files.exists(target)) {
                    Files.copy(file, target);
                }
            }
        }
    }
}
