package org.openclaw.deploy.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Files that are either there in full or not at all: written beside their place, forced to the disk, then renamed. A
 * reader, and a crash at any moment, sees the old file or the new one.
 */
final class DurableFile {
    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> SECRET_FOLDER = PosixFilePermissions.fromString("rwx------");

    private DurableFile() {}

    /** Writes or replaces a file that anybody may read. */
    static void write(Path file, ByteBuffer bytes) throws IOException {
        write(file, bytes, PUBLIC);
    }

    /** Writes or replaces a file that is readable by its owner alone, from its first byte on. */
    static void writeSecret(Path file, ByteBuffer bytes) throws IOException {
        write(file, bytes, SECRET);
    }

    /** Makes a fresh folder beside {@code folder}, open to its owner alone, to be filled and then {@link #publish}ed. */
    static Path secretFolderBeside(Path folder) throws IOException {
        var parent = parent(folder);
        Files.createDirectories(parent);
        return Files.createTempDirectory(parent, "." + folder.getFileName() + ".", attributes(parent, SECRET_FOLDER));
    }

    /** Renames {@code from} to {@code to}, durably; replaces a file, but never a folder that holds something. */
    static void publish(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        force(parent(to));
    }

    /** Deletes a file, durably. */
    static boolean delete(Path file) throws IOException {
        var deleted = Files.deleteIfExists(file);
        if (deleted) {
            force(parent(file));
        }
        return deleted;
    }

    /** Deletes a folder of plain files, if it is there. */
    static void deleteFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (var found = Files.list(folder)) {
            files = found.toList();
        }
        for (var file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }

    private static void write(Path file, ByteBuffer bytes, Set<PosixFilePermission> permissions) throws IOException {
        var parent = parent(file);
        Files.createDirectories(parent);
        var temporary =
                Files.createTempFile(parent, "." + file.getFileName() + ".", ".tmp", attributes(parent, SECRET));
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var rest = bytes.duplicate();
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            if (isPosix(parent)) {
                Files.setPosixFilePermissions(temporary, EnumSet.copyOf(permissions));
            }
            publish(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** A rename is durable once its folder is; systems that cannot open a folder keep it by themselves. */
    private static void force(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] attributes(Path folder, Set<PosixFilePermission> permissions) throws IOException {
        return isPosix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return store.supportsFileAttributeView(PosixFileAttributeView.class);
    }

    private static Path parent(Path file) {
        var parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("file: " + file + " (expected: a path within a folder)");
        }
        return parent;
    }
}
