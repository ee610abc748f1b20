package org.openclaw.deploy;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 digest of some bytes, as 64 lower-case hexadecimal digits. It is the identity of an artifact.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) implements Comparable<Digest> {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException unless {@code hex} is 64 lower-case hexadecimal digits */
    public Digest {
        if (!SHAPE.matcher(hex).matches()) {
            throw new IllegalArgumentException("digest: " + hex + " (expected: 64 lower-case hexadecimal digits)");
        }
    }

    /** Hashes the remaining bytes of the buffer, without moving its position. */
    public static Digest of(ByteBuffer bytes) {
        var hash = sha256();
        hash.update(bytes.duplicate());
        return of(hash);
    }

    /** Hashes the bytes. */
    public static Digest of(byte[] bytes) {
        return of(ByteBuffer.wrap(bytes));
    }

    /** Ends the hash and takes its value; {@code hash} must be a SHA-256. */
    public static Digest of(MessageDigest hash) {
        return new Digest(HexFormat.of().formatHex(hash.digest()));
    }

    /** A fresh SHA-256, for hashing while copying. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    /** The first twelve digits, for tables and log lines. */
    public String brief() {
        return hex.substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
