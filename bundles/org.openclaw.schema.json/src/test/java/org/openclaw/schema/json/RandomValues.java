package org.openclaw.schema.json;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Values that are likely to fit a schema, and to lie at its bounds; with no members but those that it declares. */
final class RandomValues {
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "ab",
            "abc",
            "abcdef",
            "ABC-12",
            "x",
            "NEW0",
            "LIGHT",
            "2026-11-01",
            "2026-11-01T12:00:00Z",
            "2026-11-01T12:00:00",
            "12:00:00",
            "PT1H",
            "123e4567-e89b-12d3-a456-426614174000",
            "/a",
            "é\uD83D\uDE00");
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "2",
            "0.5",
            "4.5",
            "2147483647",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "-1e19",
            "1e39",
            "1e309");
    private static final int DEEPEST = 4;
    private static final int MOST = 60;

    private final JsonMapper json = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final SplittableRandom random;
    private final JsonNode document;
    private int left;

    RandomValues(SplittableRandom random, JsonNode document) {
        this.random = random;
        this.document = document;
    }

    JsonNode next() {
        left = MOST;
        return value(document, 0);
    }

    /** All that holds together, with one of each set of alternatives. */
    private List<JsonNode> parts(JsonNode schema, int hops) {
        var parts = new ArrayList<JsonNode>();
        if (hops > 20) {
            return parts;
        }
        parts.add(schema);
        if (schema.has("$ref")) {
            parts.addAll(parts(document.at(schema.get("$ref").asString().substring(1)), hops + 1));
        }
        schema.path("allOf").forEach(each -> parts.addAll(parts(each, hops + 1)));
        for (var choice : List.of("anyOf", "oneOf")) {
            var alternatives = schema.path(choice);
            if (!alternatives.isEmpty()) {
                parts.addAll(parts(alternatives.get(random.nextInt(alternatives.size())), hops + 1));
            }
        }
        return parts;
    }

    private JsonNode value(JsonNode schema, int depth) {
        if (--left < 0) {
            return json.nullNode();
        }
        var parts = parts(schema, 0);
        for (var part : parts) {
            if (part.has("const")) {
                return part.get("const");
            }
            if (part.path("enum").isArray() && random.nextInt(8) > 0) {
                return one(part.get("enum"));
            }
        }
        var type = parts.stream()
                .map(part -> part.path("type"))
                .filter(named -> !named.isMissingNode())
                .findFirst()
                .map(named -> named.isArray() ? one(named).asString() : named.asString())
                .orElse("string");
        return switch (type) {
            case "null" -> json.nullNode();
            case "boolean" -> json.getNodeFactory().booleanNode(random.nextBoolean());
            case "integer", "number" -> number(parts);
            case "array" -> array(parts, depth);
            case "object" -> object(parts, depth);
            default -> json.getNodeFactory().stringNode(text(parts));
        };
    }

    private JsonNode one(JsonNode of) {
        return of.get(random.nextInt(of.size()));
    }

    private JsonNode number(List<JsonNode> parts) {
        var candidates = new ArrayList<>(NUMBERS);
        for (var part : parts) {
            for (var bound : List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")) {
                if (part.has(bound)) {
                    var at = part.get(bound).decimalValue();
                    candidates.add(at.toString());
                    candidates.add(at.add(java.math.BigDecimal.ONE).toString());
                    candidates.add(at.subtract(java.math.BigDecimal.ONE).toString());
                }
            }
        }
        return json.readTree(candidates.get(random.nextInt(candidates.size())));
    }

    private String text(List<JsonNode> parts) {
        for (var part : parts) {
            if ((part.has("minLength") || part.has("maxLength")) && random.nextBoolean()) {
                int length = random.nextBoolean()
                        ? part.path("minLength").asInt(0)
                        : part.path("maxLength").asInt(9);
                return (random.nextBoolean() ? "a" : "X").repeat(length);
            }
        }
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private int size(List<JsonNode> parts, String least, String greatest, int depth) {
        int from =
                parts.stream().mapToInt(part -> part.path(least).asInt(0)).max().orElse(0);
        int to = parts.stream()
                .mapToInt(part -> part.path(greatest).asInt(from + (random.nextInt(4) == 0 ? 5 : 2)))
                .min()
                .orElse(from);
        return depth > DEEPEST ? from : random.nextInt(from, Math.max(from, to) + 1);
    }

    private JsonNode array(List<JsonNode> parts, int depth) {
        var array = json.createArrayNode();
        var items = parts.stream()
                .map(part -> part.path("items"))
                .filter(each -> !each.isMissingNode())
                .findFirst();
        for (int i = size(parts, "minItems", "maxItems", depth); i > 0; i--) {
            array.add(items.map(each -> value(each, depth + 1))
                    .orElseGet(() -> json.getNodeFactory().numberNode(1)));
        }
        return array;
    }

    private JsonNode object(List<JsonNode> parts, int depth) {
        var object = json.createObjectNode();
        for (var part : parts) {
            part.path("properties").properties().forEach(member -> {
                var required = part.path("required")
                        .valueStream()
                        .anyMatch(name -> name.asString().equals(member.getKey()));
                if (required || (depth <= DEEPEST && random.nextBoolean())) {
                    object.set(member.getKey(), value(member.getValue(), depth + 1));
                }
            });
            if (part.path("additionalProperties") instanceof ObjectNode each) {
                for (int i = size(parts, "minProperties", "maxProperties", depth); i > 0; i--) {
                    object.set("k" + i, value(each, depth + 1));
                }
            }
        }
        return object;
    }
}
