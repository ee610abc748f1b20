package org.openclaw.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A JSON Schema 2020-12 document.
 *
 * @param name what it describes: the CloudEvents type of a message, or {@code <agent type>.state}
 * @param digest the SHA-256 of {@code json} in UTF-8, as 64 lower-case hexadecimal digits: the identity of the schema
 * @param json the document
 */
public record Schema(String name, String digest, String json) {
    /** The schema with the digest of its text. */
    public static Schema of(String name, String json) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return new Schema(name, HexFormat.of().formatHex(sha256), json);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java has.", absent);
        }
    }
}
