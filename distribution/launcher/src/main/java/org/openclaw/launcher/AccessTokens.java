package org.openclaw.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The tokens of a home: 256 random bits each, in a file of one line that only its owner can read. There is no default password. */
final class AccessTokens {
    private static final int BYTES = 32;
    private static final int SHORTEST = 32;
    private static final int LONGEST = 1024;

    private AccessTokens() {}

    /**
     * Makes the tokens that are missing.
     *
     * @param given the operator's file with the administrator's token, such as a mounted secret: copied, since that file's
     *     mode and owner are often not his to choose
     * @return whether this is the first start: the administrator's token is a new one that nobody knows
     * @throws LaunchException when the given file holds no token
     */
    static boolean ensure(Home home, Optional<Path> given, SecureRandom random) throws IOException, LaunchException {
        if (given.isPresent()) {
            write(home.adminToken(), read(given.get()));
        }
        var first = ensure(home.adminToken(), random);
        ensure(home.readerToken(), random);
        return first;
    }

    private static String read(Path given) throws LaunchException {
        try (var in = Files.newInputStream(given)) {
            var token = new String(in.readNBytes(LONGEST + 2), StandardCharsets.ISO_8859_1).strip();
            if (token.length() < SHORTEST
                    || token.length() > LONGEST
                    || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw LaunchException.token(
                        given,
                        "it does not hold one line of %d to %d visible ASCII characters".formatted(SHORTEST, LONGEST));
            }
            return token + "\n";
        } catch (NoSuchFileException missing) {
            throw LaunchException.token(given, "there is no such file");
        } catch (IOException unreadable) {
            throw LaunchException.token(given, unreadable.toString());
        }
    }

    private static boolean ensure(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        write(file, "oc_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
        return true;
    }

    private static void write(Path file, String token) throws IOException {
        var temporary = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(temporary, options, secret(temporary))) {
            channel.write(ByteBuffer.wrap(token.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The mode is there from the file's first byte on, where the file system knows modes. */
    private static FileAttribute<?>[] secret(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        return folder != null && Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
