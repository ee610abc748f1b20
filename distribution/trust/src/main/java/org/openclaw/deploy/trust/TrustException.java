package org.openclaw.deploy.trust;

import java.nio.file.Path;

/**
 * Something that was asked of the keys, the signer or the trust store and cannot be done; nothing has been changed then.
 * The message is a paragraph for people: what happened, to whom, what was expected, what to do.
 */
public final class TrustException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    private TrustException(String code, String message) {
        super(message + " [" + code + "]");
        this.code = code;
    }

    /** A stable code such as {@code keys.exist}. */
    public String code() {
        return code;
    }

    static TrustException exists(String what, Path path, String cure) {
        return new TrustException(what + ".exists", "Refused to overwrite %s. %s".formatted(path, cure));
    }

    static TrustException missing(String what, Path path, String cure) {
        return new TrustException(what + ".missing", "There is no %s. %s".formatted(path, cure));
    }

    static TrustException damaged(Path path, String found, String expected) {
        return new TrustException(
                "file.damaged",
                "Cannot read %s: %s (expected: %s). Restore it from a backup or make it anew."
                        .formatted(path, found, expected));
    }

    static TrustException passphrase(Path path, String found, String cure) {
        return new TrustException("keys.passphrase", "Cannot open %s: %s. %s".formatted(path, found, cure));
    }

    static TrustException invalid(String what, String value, String expected) {
        return new TrustException(
                what + ".invalid", "%s: %s (expected: %s). Correct it and try again.".formatted(what, value, expected));
    }

    static TrustException busy(Path lock) {
        return new TrustException(
                "trust.busy", "Another command is changing the trust store (it holds %s). Try again.".formatted(lock));
    }

    static TrustException unsignable(String jar, String found, String cure) {
        return new TrustException("jar.unsignable", "Cannot sign %s: %s. %s".formatted(jar, found, cure));
    }
}
