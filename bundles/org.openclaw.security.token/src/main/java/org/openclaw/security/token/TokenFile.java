package org.openclaw.security.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One token in a file of its own. To look at the file takes one system call; it is read again when it changed. One that others than its
 * owner can read or write holds no secret: it counts as absent, with a warning. Thread-safe.
 *
 * <p>Where the file system knows no POSIX permissions they are not checked.
 */
final class TokenFile {
    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
    private static final int MIN_LENGTH = 32;
    private static final int MAX_LENGTH = 1024;
    private static final List<String> STAMP = List.of("lastModifiedTime", "ctime", "size", "ino", "mode");

    private static final Duration COARSE = Duration.ofSeconds(2);

    private final Path file;
    private final InstantSource clock;
    private Map<String, Object> stamp = Map.of();
    private volatile Optional<Secret> secret = Optional.empty();
    private String refusedFor = "";

    TokenFile(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** The token that the file held when it was last looked at; empty when it held none that may be used. */
    Optional<Secret> secret() {
        return secret;
    }

    /** Looks at the file. */
    synchronized void look() {
        try {
            var now = stampOf(file);
            // Time stamps are coarse: within a moment of one change there may be another with the same stamp.
            if (!now.equals(stamp) || changedAt(now).isAfter(clock.instant().minus(COARSE))) {
                secret = read();
                stamp = now;
            }
        } catch (NoSuchFileException absent) {
            secret = Optional.empty();
            stamp = Map.of();
        } catch (IOException failed) {
            // Fails closed; the empty stamp makes the next look try again.
            secret = refuse(failed.toString());
            stamp = Map.of();
        }
    }

    private Optional<Secret> read() throws IOException {
        if (isPosix() && isOpenToOthers(Files.getPosixFilePermissions(file))) {
            return refuse("others than its owner may read or write it (expected: mode 0600). Run 'chmod 600 " + file
                    + "'; if somebody may have seen it, delete it and restart for a new one");
        }
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_LENGTH + 1);
        }
        var token = new String(bytes, StandardCharsets.UTF_8).strip();
        if (bytes.length > MAX_LENGTH
                || token.length() < MIN_LENGTH
                || token.lines().count() != 1) {
            return refuse("it does not hold one line of " + MIN_LENGTH + " to " + MAX_LENGTH
                    + " characters. Delete it and restart for a new one");
        }
        refusedFor = "";
        var read = Optional.of(Secret.of(token));
        if (!read.equals(secret)) {
            LOG.info("Token file {} is in use", file);
        }
        return read;
    }

    private Optional<Secret> refuse(String why) {
        if (!why.equals(refusedFor)) {
            LOG.warn("Token file {} is ignored, nobody can log in with it: {}", file, why);
        }
        refusedFor = why;
        return Optional.empty();
    }

    private static boolean isOpenToOthers(Set<PosixFilePermission> permissions) {
        return permissions.stream().anyMatch(permission -> !permission.name().startsWith("OWNER_"));
    }

    private boolean isPosix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Instant changedAt(Map<String, Object> stamp) {
        return Stream.of("ctime", "lastModifiedTime")
                .map(stamp::get)
                .filter(FileTime.class::isInstance)
                .map(time -> ((FileTime) time).toInstant())
                .max(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private static Map<String, Object> stampOf(Path path) throws IOException {
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        // ctime catches a change of the permissions and a write that keeps the size and the time.
        return Files.readAttributes(path, unix ? "unix:" + String.join(",", STAMP) : "lastModifiedTime,size,fileKey");
    }
}
