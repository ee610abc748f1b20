package org.openclaw.launcher.gate;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.openclaw.deploy.Digest;

/**
 * The bytes of every artifact that was admitted, as {@code <digest>.jar} in a folder that only the container's user can
 * enter. What the name says is not believed: whoever takes bytes out hashes them.
 *
 * <p>Thread-safe.
 */
final class ArtifactStore {
    private static final String SUFFIX = ".jar";
    private static final String ARRIVING = ".arriving-";
    private static final int CHUNK = 1 << 16;

    private final Path folder;

    /** Opens the store and deletes what a crash left half written. */
    ArtifactStore(Path folder) throws IOException {
        this.folder = folder;
        PrivateFolder.create(folder);
        try (var files = Files.newDirectoryStream(folder, ARRIVING + "*")) {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Reads a file into memory. Not mapped: a mapped file changes when somebody writes to it, between two looks of whoever
     * verifies it.
     *
     * @param most how many bytes it may have
     * @throws IOException when it cannot be read, is a link, has more bytes, or grows meanwhile
     */
    static ByteBuffer read(Path file, long most, Arena arena) throws IOException {
        try (var in = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            var size = in.size();
            if (size > most) {
                throw new IOException("it has %d bytes (expected: at most %d)".formatted(size, most));
            }
            var bytes = allocate(size, arena);
            var read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = in.read(bytes);
            }
            if (in.read(ByteBuffer.allocate(1)) >= 0) {
                throw new IOException("it grew while it was read");
            }
            return bytes.flip().asReadOnlyBuffer();
        }
    }

    private static ByteBuffer allocate(long size, Arena arena) throws IOException {
        try {
            return arena.allocate(size).asByteBuffer();
        } catch (OutOfMemoryError full) {
            throw new IOException(
                    "there is no memory to verify its %d bytes; give the container more with CLAW_JAVA_OPTS=-XX:MaxDirectMemorySize=..."
                            .formatted(size),
                    full);
        }
    }

    /** Makes these bytes part of the store, durably; replaces what stood under their digest, which may have been tampered with. */
    void keep(Digest digest, ByteBuffer content) throws IOException {
        var copy = Files.createTempFile(folder, ARRIVING, SUFFIX);
        try {
            try (var out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                var rest = content.duplicate();
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            Files.move(copy, path(digest), StandardCopyOption.ATOMIC_MOVE);
            PrivateFolder.force(folder);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** Where the bytes of a digest are; a link in its place does not count. */
    Optional<Path> find(Digest digest) {
        var path = path(digest);
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Optional.of(path) : Optional.empty();
    }

    /** Hashes what is stored now. */
    static Digest hash(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return hash(in);
        }
    }

    private static Digest hash(InputStream in) throws IOException {
        var hash = Digest.sha256();
        var buffer = new byte[CHUNK];
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            hash.update(buffer, 0, read);
        }
        return Digest.of(hash);
    }

    /** Deletes every artifact but these. */
    void retain(Set<Digest> keep) throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var file : files) {
                var name = String.valueOf(file.getFileName());
                var hex = name.substring(0, name.length() - SUFFIX.length());
                if (!name.startsWith(ARRIVING)
                        && keep.stream().noneMatch(digest -> digest.hex().equals(hex))) {
                    Files.deleteIfExists(file);
                }
            }
        }
        PrivateFolder.force(folder);
    }

    private Path path(Digest digest) {
        return folder.resolve(digest.hex() + SUFFIX);
    }
}
