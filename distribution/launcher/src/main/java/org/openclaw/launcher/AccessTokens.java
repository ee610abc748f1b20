package org.openclaw.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The tokens of a home: 256 random bits each, in a file of one line that only its owner can read. There is no default password. */
final class AccessTokens {
    private static final int BYTES = 32;

    private AccessTokens() {}

    /**
     * Makes the tokens that are missing.
     *
     * @return whether this is the first start: the administrator's token is a new one
     */
    static boolean ensure(Home home, SecureRandom random) throws IOException {
        var first = ensure(home.adminToken(), random);
        ensure(home.readerToken(), random);
        return first;
    }

    private static boolean ensure(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var token = "oc_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n";
        var temporary = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(temporary, options, secret(temporary))) {
            channel.write(ByteBuffer.wrap(token.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
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
