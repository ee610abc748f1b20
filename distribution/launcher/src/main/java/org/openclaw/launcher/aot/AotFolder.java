package org.openclaw.launcher.aot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.openclaw.launcher.HomeFolders;

/**
 * {@code aot/} of an installation, while this process alone makes caches in it. Everybody may read what is there, nobody but
 * its owner may write it: {@code bin/claw} looks.
 */
final class AotFolder implements AutoCloseable {
    private static final String WORK = ".training";

    private final Path folder;
    private final FileChannel lock;

    private AotFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes the folder where there is none and takes its lock; what an earlier training left half done is deleted.
     *
     * @throws Abandoned when this user cannot write it, it is not its own, or another process trains
     */
    static AotFolder open(Path folder) throws IOException, Abandoned {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                    throw Abandoned.foreign(folder, "is a link or a file");
                }
                Files.createDirectory(folder);
            }
            var lock = lock(folder);
            try {
                var opened = new AotFolder(folder, lock);
                opened.makeOurs();
                return opened;
            } catch (IOException | Abandoned failed) {
                lock.close();
                throw failed;
            }
        } catch (AccessDeniedException denied) {
            throw Abandoned.unwritable(folder);
        } catch (FileSystemException readOnly) {
            if (Files.isWritable(Files.exists(folder) ? folder : folder.resolveSibling("."))) {
                throw readOnly;
            }
            throw Abandoned.unwritable(folder);
        }
    }

    private static FileChannel lock(Path folder) throws IOException, Abandoned {
        var channel = FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException ours) {
            // another training in this very JVM
        }
        channel.close();
        throw Abandoned.busy(folder);
    }

    private void makeOurs() throws IOException, Abandoned {
        HomeFolders.wipe(work());
        Files.createDirectory(work());
        if (!Files.getOwner(work()).equals(Files.getOwner(folder))) {
            throw Abandoned.foreign(
                    folder, "belongs to '" + Files.getOwner(folder).getName() + "'");
        }
        permit(work(), "rwx------");
        permit(folder, "rwxr-xr-x");
    }

    /** Where a training keeps what it needs; empty at its beginning, gone at its end. */
    Path work() {
        return folder.resolve(WORK);
    }

    /** Makes a file a cache, durably and at once: a crash at any moment leaves the old one, or none, or the new one. */
    void install(Path made, Path cache) throws IOException {
        permit(made, "rw-r--r--");
        try (var channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(made, cache, StandardCopyOption.ATOMIC_MOVE);
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Deletes the caches of other JDKs and releases. */
    void retain(String key) throws IOException {
        try (var caches = Files.newDirectoryStream(folder, "*" + AotCaches.SUFFIX)) {
            for (var cache : caches) {
                if (!String.valueOf(cache.getFileName()).endsWith("-" + key + AotCaches.SUFFIX)) {
                    Files.deleteIfExists(cache);
                }
            }
        }
    }

    private static void permit(Path path, String mode) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            HomeFolders.wipe(work());
        } finally {
            lock.close();
        }
    }
}
