package org.openclaw.deploy.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts files into the folder and takes them away, whole or not at all. Thread-safe. */
final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int LONGEST_NAME = 200;

    private final Path folder;
    private final Path trash;
    private final int trashed;
    private final long mostBytes;
    private final Expectations expectations;
    private final Bell bell;
    private final Time time;
    private final AtomicLong counter = new AtomicLong();
    private final Object renaming = new Object();

    Uploads(Path folder, Path trash, int trashed, long mostBytes, Expectations expectations, Bell bell, Time time) {
        this.folder = folder;
        this.trash = trash;
        this.trashed = trashed;
        this.mostBytes = mostBytes;
        this.expectations = expectations;
        this.bell = bell;
        this.time = time;
    }

    /** Removes what uploads have left that a crash cut short. */
    void open() throws IOException {
        try (var parts = Files.newDirectoryStream(folder, ".*.jar.*.upload.part")) {
            for (var part : parts) {
                Files.deleteIfExists(part);
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
    }

    CompletionStage<DeployedFile> deploy(String fileName, InputStream jar) throws IOException {
        requireJarName(fileName);
        var part = folder.resolve(".%s.%d.upload.part".formatted(fileName, counter.incrementAndGet()));
        try {
            var digest = write(jar, part, fileName);
            CompletionStage<DeployedFile> settled;
            synchronized (renaming) {
                DurableFiles.publish(part, folder.resolve(fileName));
                settled = expectations.arrival(fileName, digest);
            }
            bell.ring(Bell.Cause.FOLDER);
            return settled;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Digest write(InputStream jar, Path part, String fileName) throws IOException {
        var hash = Digest.sha256();
        var buffer = new byte[1 << 16];
        var written = 0L;
        try (var channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (var read = jar.read(buffer); read >= 0; read = jar.read(buffer)) {
                written += read;
                if (written > mostBytes) {
                    throw new IOException(
                            "%s: more than %d bytes (expected: at most that; setting 'bytes' of org.openclaw.deploy.folder)"
                                    .formatted(fileName, mostBytes));
                }
                hash.update(buffer, 0, read);
                var rest = ByteBuffer.wrap(buffer, 0, read);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
            channel.force(true);
        }
        return Digest.of(hash);
    }

    CompletionStage<Boolean> undeploy(String fileName) throws IOException {
        if (!isPlain(fileName) || FolderScan.isIgnored(fileName)) {
            return CompletableFuture.completedStage(false);
        }
        var file = folder.resolve(fileName);
        CompletionStage<Boolean> gone;
        synchronized (renaming) {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(fileName + ": a directory (expected: a file). Move it away by hand.");
            }
            Files.createDirectories(trash);
            if (Files.isSymbolicLink(trash)) {
                throw new IOException(trash + ": a link (expected: a folder; old files are deleted in it). Remove it.");
            }
            try {
                Files.move(file, freshTrash(fileName));
            } catch (NoSuchFileException none) {
                return CompletableFuture.completedStage(false);
            }
            DurableFiles.forceFolderOf(file);
            gone = expectations.departure(fileName);
            prune();
        }
        bell.ring(Bell.Cause.FOLDER);
        return gone;
    }

    private Path freshTrash(String fileName) throws IOException {
        var stamp = STAMP.format(time.now());
        for (var i = 0; i < 1000; i++) {
            var place = trash.resolve(stamp + (i == 0 ? "" : "." + i) + "-" + fileName);
            if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                return place;
            }
        }
        throw new FileAlreadyExistsException(
                trash.resolve(stamp + "-" + fileName).toString());
    }

    /** The names begin with the time, so the oldest come first. */
    private void prune() {
        try {
            var all = new ArrayList<Path>();
            try (var files = Files.newDirectoryStream(trash)) {
                files.forEach(all::add);
            }
            Collections.sort(all);
            List<Path> old = all.subList(0, Math.max(0, all.size() - trashed));
            for (var file : old) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | DirectoryIteratorException failure) {
            LOG.warn("Could not tidy {}: {}. It grows until it can be tidied.", trash, failure.toString());
        }
    }

    private static void requireJarName(String fileName) {
        if (!isPlain(fileName) || !fileName.endsWith(".jar") || FolderScan.isIgnored(fileName)) {
            throw new IllegalArgumentException(
                    "file name: '%s' (expected: a plain name of at most %d characters that ends in .jar and does not begin with a dot)"
                            .formatted(Refusals.plain(fileName), LONGEST_NAME));
        }
    }

    private static boolean isPlain(String fileName) {
        return !fileName.isBlank()
                && fileName.length() <= LONGEST_NAME
                && !fileName.startsWith(".")
                && fileName.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }
}
