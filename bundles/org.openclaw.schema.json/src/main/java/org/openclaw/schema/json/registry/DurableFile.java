package org.openclaw.schema.json.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is there in full or not at all, also after a crash. */
final class DurableFile {
    /** What an interrupted writing leaves behind; the next one of the same file goes over it. */
    static final String UNFINISHED = ".part";

    private DurableFile() {}

    /** Writes beside, forces to the disk, renames, forces the folder. */
    static void write(Path folder, String name, byte[] bytes) throws IOException {
        Files.createDirectories(folder);
        var part = folder.resolve("." + name + UNFINISHED);
        // a link that somebody has put there must not lead the writing elsewhere
        Files.deleteIfExists(part);
        try (var channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        // systems that cannot open a folder (Windows) keep their renames by themselves
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
