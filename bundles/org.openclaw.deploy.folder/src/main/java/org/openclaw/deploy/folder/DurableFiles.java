package org.openclaw.deploy.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there in full or not at all, also after a crash. */
final class DurableFiles {
    private DurableFiles() {}

    /** Writes beside, forces to the disk, renames. */
    static void write(Path file, byte[] bytes) throws IOException {
        var part = file.resolveSibling("." + file.getFileName() + ".part");
        // a link that somebody has put there must not lead the writing elsewhere
        Files.deleteIfExists(part);
        try (var channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        publish(part, file);
    }

    /** Renames a file that is on the disk already; durable when it returns. */
    static void publish(Path part, Path file) throws IOException {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolderOf(file);
    }

    /** A rename is durable once its folder is. */
    static void forceFolderOf(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        // systems that cannot open a folder (Windows) keep their renames by themselves
        if (folder != null
                && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
