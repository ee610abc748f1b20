package org.openclaw.deploy.folder;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Looks into the folder: names, kinds and stamps, never contents. */
final class FolderScan {
    private final Path folder;
    private final int atMost;

    FolderScan(Path folder, int atMost) {
        this.folder = folder;
        this.atMost = atMost;
    }

    /** What a directory entry is. */
    enum Kind {
        JAR,
        SYMLINK,
        DIRECTORY,
        SPECIAL,
        OTHER_NAME,
        BAD_NAME
    }

    /**
     * Two looks with equal stamps saw the same bytes. The inode's change time is part of it because a writer can set the
     * modification time back.
     */
    record Stamp(long size, FileTime modified, FileTime changed, String key) {}

    /** One entry of the folder. */
    record Found(String name, Kind kind, Stamp stamp) {}

    /** The entries, by name, without the pins, hidden ones and those that say that they are not complete. */
    Map<String, Found> list() throws IOException {
        var found = new TreeMap<String, Found>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (var entry : entries) {
                if (found.size() < atMost) {
                    look(entry.getFileName().toString()).ifPresent(seen -> found.put(seen.name(), seen));
                }
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return found;
    }

    /** One entry; empty when it is not there, or is none of the folder's business. */
    Optional<Found> look(String name) throws IOException {
        if (isIgnored(name)) {
            return Optional.empty();
        }
        var file = folder.resolve(name);
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            var stamp = new Stamp(
                    attributes.size(),
                    attributes.lastModifiedTime(),
                    changed(file).orElse(attributes.lastModifiedTime()),
                    Objects.toString(attributes.fileKey(), ""));
            return Optional.of(new Found(name, kind(name, attributes), stamp));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    static boolean isIgnored(String name) {
        return name.startsWith(".") || name.endsWith(".tmp") || name.endsWith(".part") || name.equals(PinFile.NAME);
    }

    private static Kind kind(String name, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return Kind.SYMLINK;
        }
        if (attributes.isDirectory()) {
            return Kind.DIRECTORY;
        }
        if (!attributes.isRegularFile()) {
            return Kind.SPECIAL;
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Kind.BAD_NAME;
        }
        return name.endsWith(".jar") ? Kind.JAR : Kind.OTHER_NAME;
    }

    private static Optional<FileTime> changed(Path file) throws IOException {
        try {
            return Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS) instanceof FileTime time
                    ? Optional.of(time)
                    : Optional.empty();
        } catch (UnsupportedOperationException | IllegalArgumentException notHere) {
            return Optional.empty();
        }
    }
}
