package org.openclaw.launcher.claw;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A body that fits the schema of a message as the annotation processor derives it: each required member, nothing else. */
final class SampleBody {
    private static final JsonMapper JSON = new JsonMapper();

    /** Values of the formats that are narrower than their type. */
    private static final Map<String, String> FORMATS = Map.of(
            "date-time", "2026-11-01T12:00:00Z",
            "date", "2026-11-01",
            "date-time-local", "2026-11-01T12:00:00",
            "time-local", "12:00:00",
            "duration", "PT1H",
            "uuid", "123e4567-e89b-12d3-a456-426614174000",
            "uri-reference", "https://example.org/");

    /** A record may contain itself. */
    private static final int DEEPEST = 4;

    private final JsonNode schema;

    private SampleBody(JsonNode schema) {
        this.schema = schema;
    }

    /** Its compact text. */
    static String of(JsonNode schema) {
        return JSON.writeValueAsString(new SampleBody(schema).value("", schema, 0));
    }

    private JsonNode value(String name, JsonNode of, int depth) {
        var reference = of.path("$ref").asString("");
        if (!reference.isEmpty() && depth < DEEPEST) {
            return value(name, schema.at(reference.substring(1)), depth + 1);
        }
        if (of.path("enum").isArray()) {
            return of.path("enum").path(0);
        }
        return switch (of.path("type").asString("")) {
            case "string" ->
                JSON.getNodeFactory()
                        .stringNode(FORMATS.getOrDefault(of.path("format").asString(""), text(name, of)));
            case "integer", "number" -> JSON.getNodeFactory().numberNode(1);
            case "boolean" -> JSON.getNodeFactory().booleanNode(true);
            case "array" -> JSON.createArrayNode();
            default -> object(of, depth);
        };
    }

    /** The member's own name says what is meant. */
    private static String text(String name, JsonNode of) {
        var text = name.isEmpty() ? "text" : name;
        return text.substring(0, Math.min(text.length(), of.path("maxLength").asInt(text.length())));
    }

    private JsonNode object(JsonNode of, int depth) {
        var object = JSON.createObjectNode();
        for (var required : of.path("required")) {
            var name = required.asString();
            object.set(name, value(name, of.path("properties").path(name), depth));
        }
        return object;
    }
}
