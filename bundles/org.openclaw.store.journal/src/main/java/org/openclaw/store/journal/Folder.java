package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/**
 * The folder of a store, as long as it is open: nobody else has it open. Beside the segments there is a file with the version
 * of the format, a file to lock, and the folder of the checkpoint store.
 */
record Folder(Path path, FileChannel lock) implements AutoCloseable {
    private static final int VERSION = 1;
    private static final String FORMAT_FILE = "version";
    private static final Pattern FORMAT = Pattern.compile("openclaw-journal ([0-9]{1,9})\n?");

    /**
     * Takes the folder, and makes it when it is not there.
     *
     * @throws org.openclaw.store.StoreException when it is open already, or a newer release has written it
     */
    static Folder open(Path path) throws IOException {
        Files.createDirectories(path);
        var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!isLocked(channel)) {
                throw JournalFailure.open(path);
            }
            requireKnown(path);
            if (!Files.exists(path.resolve(FORMAT_FILE))) {
                writeVersion(path);
            }
            return new Folder(path, channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException here) {
            return false;
        }
    }

    /**
     * Looks at the version of a folder, if it has one yet.
     *
     * @throws org.openclaw.store.StoreException when a newer release has written it
     */
    static void requireKnown(Path path) throws IOException {
        var file = path.resolve(FORMAT_FILE);
        if (!Files.exists(file)) {
            return;
        }
        var text = Files.readString(file);
        var matcher = FORMAT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > VERSION) {
            throw JournalFailure.newer(file.toString(), "'" + text.strip() + "'", VERSION);
        }
    }

    /** Says of which version a folder is, durably. */
    static void writeVersion(Path path) throws IOException {
        var unfinished = path.resolve("version.new");
        try (var channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode("openclaw-journal " + VERSION + "\n"));
            channel.force(true);
        }
        Files.move(unfinished, path.resolve(FORMAT_FILE), StandardCopyOption.ATOMIC_MOVE);
        LocalDisk.force(path);
    }

    /** Where the checkpoint store of a folder is. */
    static Path checkpoints(Path path) {
        return path.resolve("checkpoint");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
