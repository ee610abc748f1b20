package org.openclaw.gateway.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names what a resource is like at present, by its JSON (RFC 9110, 8.8.3): strong, since lost updates are prevented by it. What leaves
 * in another form than plain JSON has the tag with the name of the form behind it, such as {@code -gzip}; all of them name the same.
 *
 * @param value without quotes and form
 */
record EntityTag(String value) {
    private static final int BYTES = 16;

    static EntityTag of(byte[] json) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(json);
            return new EntityTag(HexFormat.of().formatHex(digest, 0, BYTES));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    /** As a header has it. */
    String header(String form) {
        return "\"" + value + form + "\"";
    }

    /** Whether the header {@code If-Match} names it: a tag that says of itself that it is weak never does. */
    boolean isMatchedBy(String header) {
        return isIn(header, false);
    }

    /** Whether the header {@code If-None-Match} names it. */
    boolean isKnownBy(String header) {
        return isIn(header, true);
    }

    private boolean isIn(String header, boolean weak) {
        return Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .map(tag -> weak && tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*")
                        || tag.replaceAll("^\"([0-9a-f]+)(-[a-z]+)*\"$", "$1").equals(value));
    }
}
