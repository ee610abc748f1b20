package org.openclaw.schema;

import java.time.Instant;

/**
 * One schema that an agent type has brought to this node.
 *
 * @param digest the SHA-256 of the document, as {@link Schema} says
 * @param kind what it describes
 * @param agentType the type that brought it
 * @param name the CloudEvents type of a message, or {@code <agent type>.state}
 * @param version the version of the bundle that brought it first
 * @param firstSeen when that was
 * @param bytes the length of the document in UTF-8
 */
public record SchemaEntry(
        String digest, Kind kind, String agentType, String name, String version, Instant firstSeen, long bytes) {
    /** What a schema describes. */
    public enum Kind {
        MESSAGE,
        STATE
    }
}
