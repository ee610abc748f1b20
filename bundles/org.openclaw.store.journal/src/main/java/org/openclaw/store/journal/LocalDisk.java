package org.openclaw.store.journal;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A folder of the local file system. */
record LocalDisk(Path folder) implements Disk {
    private static final int BLOCK = 1 << 20;

    @Override
    public List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    @Override
    public File open(String name) throws IOException {
        return LocalFile.of(FileChannel.open(folder.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public void create(String name, long size) throws IOException {
        try (var channel =
                FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var zeros = ByteBuffer.allocateDirect((int) Math.min(BLOCK, size));
            for (long position = 0; position < size; ) {
                position +=
                        channel.write(zeros.clear().limit((int) Math.min(zeros.capacity(), size - position)), position);
            }
            channel.force(true);
        } catch (IOException failed) {
            Files.deleteIfExists(folder.resolve(name));
            throw failed;
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        var target = folder.resolve(to);
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(folder.resolve(from), target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(folder.resolve(name));
    }

    @Override
    public void forceNames() throws IOException {
        force(folder);
    }

    /** Makes the names within a folder durable. */
    static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long room() {
        return folder.toFile().getUsableSpace();
    }

    /**
     * Written through the channel, read through memory: an interrupt of a thread that reads from a channel would close it for
     * all. What was written is seen at once, since both are the page cache of the system.
     */
    private record LocalFile(FileChannel channel, Arena arena, ByteBuffer mapped) implements File {
        static LocalFile of(FileChannel channel) throws IOException {
            var arena = Arena.ofShared();
            try {
                var memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
                return new LocalFile(channel, arena, memory.asByteBuffer());
            } catch (IOException | RuntimeException failed) {
                arena.close();
                channel.close();
                throw failed;
            }
        }

        @Override
        public long size() {
            return mapped.capacity();
        }

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            int length = into.remaining();
            if (position + length > mapped.capacity()) {
                throw new EOFException("the file ends at " + mapped.capacity());
            }
            try {
                into.put(into.position(), mapped, (int) position, length);
            } catch (InternalError unreadable) {
                // how the JVM says that the system could not bring the page
                throw new IOException("the disk cannot be read at " + position, unreadable);
            }
            into.position(into.position() + length);
        }

        @Override
        public void write(long position, ByteBuffer from) throws IOException {
            long at = position;
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            if (arena.scope().isAlive()) {
                arena.close();
            }
            channel.close();
        }
    }
}
