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
    /** It is there to be read, and edited. */
    private static final int LONGEST = 1_000;

    private static final int MOST = 10;

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
            case "integer", "number" -> number(of);
            case "boolean" -> JSON.getNodeFactory().booleanNode(true);
            case "array" -> array(name, of, depth);
            default -> object(of, depth);
        };
    }

    /** The member's own name says what is meant. */
    private static String text(String name, JsonNode of) {
        var text = name.isEmpty() ? "text" : name;
        int least = of.path("minLength").asInt(0);
        var enough = text + ".".repeat(Math.max(0, Math.min(least, LONGEST) - text.length()));
        return enough.substring(
                0, Math.min(enough.length(), of.path("maxLength").asInt(enough.length())));
    }

    /** One, or the bound that is nearest to it. */
    private static JsonNode number(JsonNode of) {
        var least = of.path("minimum");
        var greatest = of.path("maximum");
        if (least.isNumber() && least.doubleValue() > 1) {
            return least;
        }
        return greatest.isNumber() && greatest.doubleValue() < 1
                ? greatest
                : JSON.getNodeFactory().numberNode(1);
    }

    private JsonNode array(String name, JsonNode of, int depth) {
        var array = JSON.createArrayNode();
        while (depth < DEEPEST && array.size() < Math.min(of.path("minItems").asInt(0), MOST)) {
            array.add(value(name, of.path("items"), depth + 1));
        }
        return array;
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
