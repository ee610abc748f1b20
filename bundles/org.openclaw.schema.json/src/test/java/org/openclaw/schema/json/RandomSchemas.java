package org.openclaw.schema.json;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Schemas of the shapes that the annotation processor derives, and changes of the kinds that authors make, and others. */
final class RandomSchemas {
    static final List<String> PATTERNS = List.of("^(?:[a-z]+)$", "^(?:[A-Z]{3}-\\d+)$", "^(?:a|b)$", "x");
    private static final List<String> FORMATS =
            List.of("date-time", "date", "date-time-local", "time-local", "duration", "uuid", "uri-reference");
    private static final List<String> CONSTANTS = List.of("LIGHT", "HEAVY", "a", "ABC-12", "x", "2026-11-01");
    private static final int DEEPEST = 3;

    private final JsonMapper json = new JsonMapper();
    private final SplittableRandom random;
    private List<String> targets = List.of("#", "#/$defs/A", "#/$defs/B");
    private int names;

    RandomSchemas(SplittableRandom random) {
        this.random = random;
    }

    private boolean sometimes(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Mostly of a record, with others in {@code $defs}. */
    ObjectNode document() {
        var document = json.createObjectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.setAll(sometimes(5) ? type(DEEPEST - 1) : record(0));
        var definitions = document.putObject("$defs");
        for (var name : List.of("A", "B")) {
            definitions.set(name, record(1));
        }
        removeUnused(document, definitions);
        targets = Stream.concat(
                        Stream.of("#"), definitions.propertyNames().stream().map("#/$defs/"::concat))
                .toList();
        return document;
    }

    private static String withoutDefinitions(ObjectNode document) {
        var root = document.deepCopy();
        root.remove("$defs");
        return root.toString();
    }

    /** Changes to what nothing refers to would show nothing. */
    private static void removeUnused(ObjectNode document, ObjectNode definitions) {
        var used = withoutDefinitions(document);
        for (int round = 0; round < 2; round++) {
            for (var name : List.of("A", "B")) {
                used = used.contains("#/$defs/" + name) ? used + definitions.get(name) : used;
            }
        }
        for (var name : List.of("A", "B")) {
            if (!used.contains("#/$defs/" + name)) {
                definitions.remove(name);
            }
        }
    }

    private ObjectNode record(int depth) {
        var record = json.createObjectNode().put("type", "object");
        var properties = record.putObject("properties");
        var required = record.putArray("required");
        for (int i = random.nextInt(4); i >= 0; i--) {
            component(properties, required, "p" + names++, depth);
        }
        return record;
    }

    private void component(ObjectNode properties, ArrayNode required, String name, int depth) {
        if (sometimes(2)) {
            properties.set(name, type(depth + 1));
            required.add(name);
        } else {
            properties.set(name, orNull(sometimes(3) ? reference() : type(depth + 1)));
        }
    }

    private ObjectNode reference() {
        return json.createObjectNode().put("$ref", oneOf(targets));
    }

    private ObjectNode orNull(ObjectNode schema) {
        if (schema.path("type").isString() && !schema.has("enum")) {
            var type = schema.get("type");
            schema.putArray("type").add(type).add("null");
            return schema;
        }
        var nullable = json.createObjectNode();
        nullable.putArray("anyOf").add(schema).add(json.createObjectNode().put("type", "null"));
        return nullable;
    }

    private ObjectNode type(int depth) {
        var schema = json.createObjectNode();
        return switch (random.nextInt(depth < DEEPEST ? 14 : 9)) {
            case 0 -> schema.put("type", "boolean");
            case 1 -> whole(schema, "int32", Integer.MIN_VALUE, Integer.MAX_VALUE);
            case 2 -> whole(schema, "int64", Long.MIN_VALUE, Long.MAX_VALUE);
            case 3 -> whole(schema, "int32", random.nextInt(-3, 1), random.nextInt(1, 6));
            case 4 -> schema.put("type", oneOf(List.of("integer", "number")));
            case 5 -> {
                schema.put("type", "number");
                yield sometimes(2)
                        ? schema.put("format", oneOf(List.of("float", "double")))
                        : schema.put("minimum", random.nextInt(3)).put("maximum", random.nextInt(3, 6));
            }
            case 6 -> text(schema.put("type", "string"));
            case 7 -> schema.put("type", "string").put("format", oneOf(FORMATS));
            case 8 -> {
                schema.put("type", "string");
                var constants = schema.putArray("enum");
                CONSTANTS.stream().filter(_ -> sometimes(2)).forEach(constants::add);
                if (constants.isEmpty()) {
                    schema.remove("enum");
                }
                yield schema;
            }
            case 9, 10 -> {
                schema.put("type", "array").set("items", type(depth + 1));
                if (sometimes(3)) {
                    schema.put("uniqueItems", true);
                }
                yield counts(schema, "minItems", "maxItems");
            }
            case 11 -> {
                schema.put("type", "object").set("additionalProperties", type(depth + 1));
                yield counts(schema, "minProperties", "maxProperties");
            }
            case 12 -> {
                schema.put("type", "array").set("items", reference());
                yield schema;
            }
            default -> sometimes(3) ? reference() : record(depth + 1);
        };
    }

    private static ObjectNode whole(ObjectNode schema, String format, long least, long greatest) {
        return schema.put("type", "integer")
                .put("format", format)
                .put("minimum", least)
                .put("maximum", greatest);
    }

    private ObjectNode text(ObjectNode schema) {
        if (sometimes(2)) {
            counts(schema, "minLength", "maxLength");
        }
        return sometimes(3) ? schema.put("pattern", oneOf(PATTERNS)) : schema;
    }

    private ObjectNode counts(ObjectNode schema, String least, String greatest) {
        if (sometimes(3)) {
            schema.put(least, random.nextInt(3));
        }
        return sometimes(3) ? schema.put(greatest, random.nextInt(2, 5)) : schema;
    }

    /** The same with one to three changes anywhere; says which. */
    List<String> change(ObjectNode document) {
        var changes = new ArrayList<String>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            var schemas = new ArrayList<ObjectNode>();
            collect(document, schemas);
            changes.add(changeOf(oneOf(schemas)));
        }
        return changes;
    }

    private static void collect(JsonNode schema, List<ObjectNode> into) {
        if (schema instanceof ObjectNode object) {
            into.add(object);
            object.path("properties").forEach(each -> collect(each, into));
            object.path("$defs").forEach(each -> collect(each, into));
            object.path("anyOf").forEach(each -> collect(each, into));
            object.path("allOf").forEach(each -> collect(each, into));
            collect(object.path("items"), into);
            collect(object.path("additionalProperties"), into);
        }
    }

    private String changeOf(ObjectNode schema) {
        var what = changed(schema);
        return what.isEmpty() ? "nothing" : what;
    }

    private String changed(ObjectNode schema) {
        if (sometimes(12)) {
            return strange(schema);
        }
        if (schema.path("properties") instanceof ObjectNode properties
                && schema.path("required") instanceof ArrayNode required) {
            return members(properties, required);
        }
        var type = schema.path("type").isArray()
                ? schema.path("type").path(0).asString()
                : schema.path("type").asString("");
        return switch (type) {
            case "integer", "number" -> numbers(schema);
            case "string" ->
                schema.path("enum") instanceof ArrayNode constants ? constants(schema, constants) : texts(schema);
            case "array" -> elements(schema);
            case "object" -> count(schema, oneOf(List.of("minProperties", "maxProperties")));
            default -> replaced(schema);
        };
    }

    private String members(ObjectNode properties, ArrayNode required) {
        var known = List.copyOf(properties.propertyNames());
        return switch (random.nextInt(5)) {
            case 0 -> {
                var name = "n" + names++;
                component(properties, required, name, DEEPEST - 1);
                yield "add " + (contains(required, name) ? "required" : "optional");
            }
            case 1 -> {
                if (known.isEmpty()) {
                    yield "";
                }
                var name = oneOf(known);
                properties.remove(name);
                yield remove(required, name) ? "remove required" : "remove optional";
            }
            case 2, 3 -> {
                if (known.isEmpty()) {
                    yield "";
                }
                var name = oneOf(known);
                var value = (ObjectNode) properties.get(name);
                if (remove(required, name)) {
                    properties.set(name, orNull(value.deepCopy()));
                    yield "make optional";
                }
                required.add(name);
                yield "make required, null stays";
            }
            default -> {
                if (!known.isEmpty()) {
                    ((ObjectNode) properties.get(oneOf(known))).put("description", "another");
                }
                yield "describe";
            }
        };
    }

    private static boolean contains(ArrayNode names, String name) {
        return names.valueStream().anyMatch(each -> each.asString().equals(name));
    }

    private static boolean remove(ArrayNode names, String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).asString().equals(name)) {
                names.remove(i);
                return true;
            }
        }
        return false;
    }

    private String numbers(ObjectNode schema) {
        return switch (random.nextInt(5)) {
            case 0 -> {
                if (!schema.path("format").asString("").equals("int32")) {
                    yield "";
                }
                schema.put("format", "int64").put("minimum", Long.MIN_VALUE).put("maximum", Long.MAX_VALUE);
                schema.remove(List.of("exclusiveMinimum", "const"));
                yield "to int64";
            }
            case 1 -> {
                if (schema.get("type").isArray()) {
                    schema.putArray("type").add("number").add("null");
                } else {
                    schema.put("type", "number");
                }
                schema.remove("format");
                yield "to number";
            }
            case 2 -> {
                schema.put("maximum", random.nextInt(-1, 8));
                yield "maximum";
            }
            case 3 -> {
                schema.put(sometimes(2) ? "minimum" : "exclusiveMinimum", random.nextInt(-4, 3));
                yield "minimum";
            }
            default -> {
                schema.remove(List.of("minimum", "maximum", "exclusiveMinimum", "format"));
                yield "unbounded";
            }
        };
    }

    private String constants(ObjectNode schema, ArrayNode constants) {
        switch (random.nextInt(3)) {
            case 0 -> constants.add("NEW" + names++);
            case 1 -> constants.remove(0);
            default -> schema.remove("enum");
        }
        if (constants.isEmpty()) {
            schema.remove("enum");
        }
        return "constants";
    }

    private String texts(ObjectNode schema) {
        return switch (random.nextInt(4)) {
            case 0 -> count(schema, oneOf(List.of("minLength", "maxLength")));
            case 1 -> {
                schema.put("pattern", oneOf(PATTERNS));
                yield "pattern";
            }
            case 2 -> {
                schema.put("format", oneOf(FORMATS));
                yield "format";
            }
            default -> {
                schema.remove(List.of("pattern", "format", "minLength", "maxLength"));
                yield "any text";
            }
        };
    }

    private String elements(ObjectNode schema) {
        if (sometimes(3)) {
            if (schema.remove("uniqueItems") == null) {
                schema.put("uniqueItems", true);
            }
            return "list or set";
        }
        return count(schema, oneOf(List.of("minItems", "maxItems")));
    }

    private String count(ObjectNode schema, String keyword) {
        schema.put(keyword, random.nextInt(5));
        return keyword;
    }

    private String replaced(ObjectNode schema) {
        if (schema.has("$schema") || schema.has("anyOf")) {
            return "";
        }
        schema.removeAll().setAll(type(DEEPEST - 1));
        return "another type";
    }

    /** What the processor does not derive. */
    private String strange(ObjectNode schema) {
        if (schema.has("$schema")) {
            return "";
        }
        return switch (random.nextInt(6)) {
            case 0 -> {
                schema.put("additionalProperties", false);
                yield "no others";
            }
            case 1 -> {
                schema.putObject("not").put("type", "boolean");
                yield "not";
            }
            case 2 -> {
                schema.putArray("allOf").add(type(DEEPEST)).add(record(DEEPEST - 1));
                yield "allOf beside";
            }
            case 3 -> {
                var copy = schema.deepCopy();
                schema.removeAll().putArray("anyOf").add(copy).add(type(DEEPEST));
                yield "one more alternative";
            }
            case 4 -> {
                var copy = schema.deepCopy();
                schema.removeAll().putArray("oneOf").add(copy).add(type(DEEPEST));
                yield "oneOf";
            }
            default -> {
                schema.put("const", random.nextInt(3));
                yield "const";
            }
        };
    }
}
