package org.openclaw.store.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/** A store as it was at a moment, as a folder that opens as one. */
final class FolderCopy {
    /** Behind the name of a folder that is not whole. */
    static final String UNFINISHED = ".unfinished";

    private static final int BLOCK = 1 << 20;

    private FolderCopy() {}

    static void of(Checkpointer checkpointer, Path folder) throws IOException {
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        var unfinished = folder.resolveSibling(folder.getFileName() + UNFINISHED);
        delete(unfinished);
        Files.createDirectory(unfinished);
        try {
            var moment = checkpointer.copy(Folder.checkpoints(unfinished));
            try {
                for (var segment : moment.segments()) {
                    copy(segment, moment.end(), unfinished);
                }
            } finally {
                moment.segments().forEach(Segment::leave);
            }
            Folder.writeVersion(unfinished);
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            var parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                LocalDisk.force(parent);
            }
        } catch (IOException | RuntimeException failed) {
            delete(unfinished);
            throw failed;
        }
    }

    /** Copies a segment up to the end of that moment; behind it the copy is empty. */
    private static void copy(Segment segment, long end, Path into) throws IOException {
        if (segment.header().segment() > Place.segment(end)) {
            return;
        }
        long length = segment.header().segment() == Place.segment(end) ? Place.position(end) : segment.size();
        try (var channel = FileChannel.open(
                into.resolve(segment.name()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var block = ByteBuffer.allocateDirect(BLOCK);
            for (long position = 0; position < length; position += block.limit()) {
                block.clear().limit((int) Math.min(BLOCK, length - position));
                segment.read(position, block);
                write(channel, block.flip(), position);
            }
            // the last byte gives the file its length
            if (length < segment.size()) {
                write(channel, ByteBuffer.allocate(1), segment.size() - 1);
            }
            channel.force(true);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Removes a folder, if it is there, with all that is in it. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }
}
