package org.openclaw.schema;

/**
 * A JSON Schema 2020-12 document.
 *
 * @param name what it describes: the CloudEvents type of a message, or {@code <agent type>.state}
 * @param digest the SHA-256 of {@code json} in UTF-8, as 64 lower-case hexadecimal digits: the identity of the schema
 * @param json the document
 */
public record Schema(String name, String digest, String json) {}
