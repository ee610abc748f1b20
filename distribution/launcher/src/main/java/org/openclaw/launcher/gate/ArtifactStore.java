package org.openclaw.launcher.gate;

import java.io.IOException;
import java.io.InputStream;
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
     * A copy of a file that is not in the store yet.
     *
     * @param file where the copy is; whoever gets it either {@linkplain #keep keeps} or deletes it
     * @param digest of exactly the bytes of the copy
     */
    record Copy(Path file, Digest digest) {}

    /** Reads a file once, copying and hashing; the copy is on the disk when this returns. */
    Copy copy(Path source) throws IOException {
        var copy = Files.createTempFile(folder, ARRIVING, SUFFIX);
        try (var in = Files.newInputStream(source);
                var out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            var hash = Digest.sha256();
            var buffer = new byte[CHUNK];
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.update(buffer, 0, read);
                var rest = ByteBuffer.wrap(buffer, 0, read);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
            }
            out.force(true);
            return new Copy(copy, Digest.of(hash));
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(copy);
            throw failed;
        }
    }

    /** Makes a copy part of the store, durably; replaces what stood under its digest, which may have been tampered with. */
    void keep(Copy copy) throws IOException {
        Files.move(copy.file(), path(copy.digest()), StandardCopyOption.ATOMIC_MOVE);
        PrivateFolder.force(folder);
    }

    void discard(Copy copy) throws IOException {
        Files.deleteIfExists(copy.file());
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
