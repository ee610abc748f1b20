package org.openclaw.console.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * A text file of this bundle.
 *
 * @param text what it says
 */
record Resource(String text) {
    /**
     * Reads a file.
     *
     * @param name relative to this class, or absolute within the bundle
     */
    static Optional<Resource> find(String name) {
        try (var stream = Resource.class.getResourceAsStream(name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new Resource(new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name, unreadable);
        }
    }

    /** A file without which this bundle cannot work. */
    static Resource required(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException(name + " is missing from this bundle"));
    }

    /** The digest of its bytes, in Base64. */
    String sha256() {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
