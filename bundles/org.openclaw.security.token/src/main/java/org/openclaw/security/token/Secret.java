package org.openclaw.security.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SHA-256 of a token or a session id. Secrets are kept and compared only in this form: equal lengths, compared in
 * constant time, and nothing to steal from a heap dump.
 */
final class Secret {
    private static final MessageDigest SHA_256 = sha256();

    private final byte[] digest;

    private Secret(byte[] digest) {
        this.digest = digest;
    }

    static Secret of(String text) {
        try {
            var hash = (MessageDigest) SHA_256.clone(); // to look it up takes longer than to use it
            return new Secret(hash.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException missing) {
            throw new IllegalStateException("the SHA-256 of the JDK can be cloned", missing);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(digest, secret.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** Eight digits of the digest: enough to tell two apart, useless for logging in. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest, 0, 4);
    }
}
