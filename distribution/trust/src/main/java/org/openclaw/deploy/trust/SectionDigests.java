package org.openclaw.deploy.trust;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the digests that a section of a manifest or signature file declares and compares them with content. Every digest
 * that is there must be strong and right. Keeps one {@link MessageDigest} for each algorithm. For one thread.
 */
final class SectionDigests {
    private static final String CURE = "Sign the jar again: claw sign.";
    private static final Map<String, String> STRONG =
            Map.of("sha-256", "SHA-256", "sha-384", "SHA-384", "sha-512", "SHA-512");

    private final Map<String, MessageDigest> digests = new HashMap<>();

    /**
     * What a section declares.
     *
     * @param digests to feed with the content
     * @param values what each must come to
     */
    record Expected(List<MessageDigest> digests, List<byte[]> values) {
        boolean matches() {
            var matches = true;
            for (var index = 0; index < values.size(); index++) {
                matches &= MessageDigest.isEqual(digests.get(index).digest(), values.get(index));
            }
            return matches;
        }
    }

    /**
     * The digests of attributes whose names end in this suffix, such as {@code -digest}; at least one.
     *
     * @param about what they are of, for messages
     */
    Expected expected(SectionedText.Section section, String suffix, String about) throws Rejected {
        var expected = optional(section, suffix, about);
        if (expected.digests().isEmpty()) {
            throw new Rejected("digest.missing", about + " has no digest", "SHA-256 or stronger", CURE);
        }
        return expected;
    }

    /** The same, maybe none. */
    Expected optional(SectionedText.Section section, String suffix, String about) throws Rejected {
        var found = new ArrayList<MessageDigest>(1);
        var values = new ArrayList<byte[]>(1);
        for (var attribute : section.attributes().entrySet()) {
            if (attribute.getKey().endsWith(suffix)) {
                var algorithm =
                        attribute.getKey().substring(0, attribute.getKey().length() - suffix.length());
                var digest = digest(algorithm, about);
                digest.reset();
                found.add(digest);
                values.add(value(attribute.getValue(), digest, about));
            }
        }
        return new Expected(found, values);
    }

    private MessageDigest digest(String algorithm, String about) throws Rejected {
        var known = digests.get(algorithm);
        if (known != null) {
            return known;
        }
        var name = STRONG.get(algorithm);
        if (name == null) {
            throw new Rejected(
                    "digest.weak",
                    about + " has a digest by " + algorithm.toUpperCase(Locale.ROOT),
                    "SHA-256, SHA-384 or SHA-512 alone",
                    CURE);
        }
        try {
            var digest = MessageDigest.getInstance(name);
            digests.put(algorithm, digest);
            return digest;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has " + name, impossible);
        }
    }

    private static byte[] value(String text, MessageDigest digest, String about) throws Rejected {
        try {
            var value = Base64.getDecoder().decode(text);
            if (value.length == digest.getDigestLength()) {
                return value;
            }
        } catch (IllegalArgumentException malformed) {
            // said below
        }
        throw new Rejected(
                "digest.malformed", about + " has a digest that is none: '" + text + "'", digest.getAlgorithm(), CURE);
    }
}
