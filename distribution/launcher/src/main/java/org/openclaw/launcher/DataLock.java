package org.openclaw.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The exclusive lock of a {@code data/} folder. The operating system gives it back when the process ends, however it ends;
 * the process id in the file is only for people.
 */
final class DataLock implements AutoCloseable {
    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws LaunchException when another process has it, naming that process */
    static DataLock take(Path data) throws IOException, LaunchException {
        var file = data.resolve("lock");
        var channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            if (channel.tryLock() != null) {
                channel.truncate(0);
                var pid = String.valueOf(ProcessHandle.current().pid());
                channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
                return new DataLock(channel);
            }
        } catch (OverlappingFileLockException ours) {
            // held by another container in this very JVM
        }
        channel.close();
        throw LaunchException.inUse(
                data,
                holder(data).filter(pid -> pid > 0).map(pid -> "process " + pid).orElse("another process"));
    }

    /** The process that holds the lock, -1 when it did not say; empty when nobody does. */
    static Optional<Long> holder(Path data) throws IOException {
        var file = data.resolve("lock");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                return Optional.empty();
            }
        } catch (OverlappingFileLockException ours) {
            // held by this very JVM
        }
        var text = Files.readString(file).strip();
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.of(-1L);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
