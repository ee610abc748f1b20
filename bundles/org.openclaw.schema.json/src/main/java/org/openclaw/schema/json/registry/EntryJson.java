package org.openclaw.schema.json.registry;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.openclaw.schema.SchemaEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An entry as the disk has it. */
final class EntryJson {
    /** Of the form. One that is not known here was written by a newer version of this program. */
    private static final int VERSION = 1;

    private EntryJson() {}

    static String write(SchemaEntry entry) {
        var json = JsonMapper.shared().createObjectNode();
        json.put("version", VERSION)
                .put("digest", entry.digest())
                .put("kind", entry.kind().name())
                .put("agentType", entry.agentType())
                .put("name", entry.name())
                .put("bundleVersion", entry.version())
                .put("firstSeen", entry.firstSeen().toString())
                .put("bytes", entry.bytes());
        return json.toString();
    }

    /** Empty when it is none of this version. */
    static Optional<SchemaEntry> read(String text) {
        try {
            var json = JsonMapper.shared().readTree(text);
            return json.path("version").asInt(0) == VERSION ? Optional.of(entry(json)) : Optional.empty();
        } catch (JacksonException | IllegalArgumentException | DateTimeException other) {
            return Optional.empty();
        }
    }

    private static SchemaEntry entry(JsonNode json) {
        return new SchemaEntry(
                text(json, "digest"),
                SchemaEntry.Kind.valueOf(text(json, "kind")),
                text(json, "agentType"),
                text(json, "name"),
                text(json, "bundleVersion"),
                Instant.parse(text(json, "firstSeen")),
                json.path("bytes").longValue());
    }

    private static String text(JsonNode json, String name) {
        var value = json.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException(name + " is no text");
        }
        return value.stringValue();
    }
}
