package org.openclaw.schema.json;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/** Reads the keywords of schemas, and says where one is malformed. */
final class ShapeReader {
    private static final Set<String> KNOWN = Set.of(
            "type",
            "enum",
            "const",
            "minimum",
            "exclusiveMinimum",
            "maximum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "pattern",
            "format",
            "minItems",
            "maxItems",
            "uniqueItems",
            "items",
            "minProperties",
            "maxProperties",
            "properties",
            "required",
            "additionalProperties",
            "$ref",
            "allOf",
            "anyOf",
            "oneOf",
            "$defs");
    /** Those that assert nothing. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "$schema",
            "$comment",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "$anchor");

    private final Document document;

    ShapeReader(Document document) {
        this.document = document;
    }

    Shape read(JsonNode json, String location) {
        if (!json.isObject() && !json.isBoolean()) {
            throw document.malformed(location, "a schema is no object", "an object, true or false");
        }
        if (json.has("$id") || json.has("$dynamicRef") || json.has("$dynamicAnchor")) {
            document.makeOpaque();
        }
        map(json, "$defs", location);
        var shape = new Shape(
                location,
                json,
                json.isBoolean() && !json.booleanValue(),
                kinds(json, location),
                choices(json, location),
                numbers(json, location),
                count(json, location, "minLength", "maxLength"),
                pattern(json, location),
                text(json, location, "format"),
                count(json, location, "minItems", "maxItems"),
                flag(json, location, "uniqueItems"),
                schema(json, "items", location),
                count(json, location, "minProperties", "maxProperties"),
                map(json, "properties", location),
                required(json, location),
                schema(json, "additionalProperties", location),
                text(json, location, "$ref"),
                list(json, "allOf", location),
                list(json, "anyOf", location),
                list(json, "oneOf", location),
                others(json));
        document.add(shape);
        return shape;
    }

    private Set<Kind> kinds(JsonNode json, String location) {
        var type = json.path("type");
        if (type.isMissingNode()) {
            return Shape.anyKind();
        }
        var kinds = EnumSet.noneOf(Kind.class);
        for (var name : type.isArray() ? type : List.of(type)) {
            var named = name.isString() ? Kind.named(name.stringValue()) : Set.<Kind>of();
            if (named.isEmpty()) {
                throw document.malformed(
                        location,
                        "'type' is " + name,
                        "null, boolean, integer, number, string, array, object, or a list of these");
            }
            kinds.addAll(named);
        }
        return kinds;
    }

    private Optional<SequencedMap<String, JsonNode>> choices(JsonNode json, String location) {
        var allowed = json.path("enum");
        if (!allowed.isMissingNode() && !allowed.isArray()) {
            throw document.malformed(location, "'enum' is no array", "an array of values");
        }
        if (allowed.isMissingNode() && !json.has("const")) {
            return Optional.empty();
        }
        SequencedMap<String, JsonNode> choices = new LinkedHashMap<>();
        allowed.forEach(value -> choices.put(DistinctItems.text(value), value));
        if (json.has("const")) {
            var constant = json.get("const");
            boolean possible = allowed.isMissingNode() || choices.containsKey(DistinctItems.text(constant));
            choices.clear();
            if (possible) {
                choices.put(DistinctItems.text(constant), constant);
            }
        }
        return Optional.of(choices);
    }

    private Interval numbers(JsonNode json, String location) {
        var interval = new Interval(bound(json, location, "minimum", true), bound(json, location, "maximum", true))
                .and(new Interval(
                        bound(json, location, "exclusiveMinimum", false),
                        bound(json, location, "exclusiveMaximum", false)));
        return json.path("format").isString()
                ? interval.and(Interval.ofFormat(json.path("format").stringValue()))
                : interval;
    }

    private Optional<Interval.Bound> bound(JsonNode json, String location, String keyword, boolean included) {
        var bound = json.path(keyword);
        if (!bound.isMissingNode() && !bound.isNumber()) {
            throw document.malformed(location, "'%s' is %s".formatted(keyword, bound), "a number");
        }
        return bound.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Interval.Bound(bound.decimalValue(), included));
    }

    private Shape.Count count(JsonNode json, String location, String least, String greatest) {
        return new Shape.Count(count(json, location, least, 0), count(json, location, greatest, Long.MAX_VALUE));
    }

    private long count(JsonNode json, String location, String keyword, long absent) {
        var count = json.path(keyword);
        if (count.isMissingNode()) {
            return absent;
        }
        if (!count.isNumber()
                || !count.canConvertToLong()
                || !count.canConvertToExactIntegral()
                || count.longValue() < 0) {
            throw document.malformed(location, "'%s' is %s".formatted(keyword, count), "a whole number from 0 on");
        }
        return count.longValue();
    }

    private Optional<String> pattern(JsonNode json, String location) {
        var pattern = text(json, location, "pattern");
        pattern.ifPresent(regex -> {
            try {
                var _ = new EcmaRegex(regex);
            } catch (PatternSyntaxException broken) {
                throw document.malformed(
                        location,
                        "'pattern' is " + regex + " (" + broken.getDescription() + ")",
                        "a regular expression as in ECMA-262");
            }
        });
        return pattern;
    }

    private Optional<String> text(JsonNode json, String location, String keyword) {
        var text = json.path(keyword);
        if (!text.isMissingNode() && !text.isString()) {
            throw document.malformed(location, "'%s' is %s".formatted(keyword, text), "a string");
        }
        return text.isMissingNode() ? Optional.empty() : Optional.of(text.stringValue());
    }

    private boolean flag(JsonNode json, String location, String keyword) {
        var flag = json.path(keyword);
        if (!flag.isMissingNode() && !flag.isBoolean()) {
            throw document.malformed(location, "'%s' is %s".formatted(keyword, flag), "true or false");
        }
        return flag.booleanValue(false);
    }

    private SequencedSet<String> required(JsonNode json, String location) {
        var required = new LinkedHashSet<String>();
        var names = json.path("required");
        if (!names.isMissingNode() && !names.isArray()) {
            throw document.malformed(location, "'required' is no array", "an array of names");
        }
        for (var name : names) {
            if (!name.isString()) {
                throw document.malformed(location, "'required' holds " + name, "names");
            }
            required.add(name.stringValue());
        }
        return required;
    }

    private Optional<Shape> schema(JsonNode json, String keyword, String location) {
        var schema = json.get(keyword);
        return schema == null ? Optional.empty() : Optional.of(read(schema, location + "/" + keyword));
    }

    private SequencedMap<String, Shape> map(JsonNode json, String keyword, String location) {
        SequencedMap<String, Shape> shapes = Shape.none();
        var schemas = json.path(keyword);
        if (!schemas.isMissingNode() && !schemas.isObject()) {
            throw document.malformed(location, "'%s' is no object".formatted(keyword), "schemas by name");
        }
        schemas.properties()
                .forEach(member -> shapes.put(
                        member.getKey(),
                        read(member.getValue(), location + "/" + keyword + "/" + escaped(member.getKey()))));
        return shapes;
    }

    /** As in a JSON Pointer. */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private List<Shape> list(JsonNode json, String keyword, String location) {
        var schemas = json.path(keyword);
        if (!schemas.isMissingNode() && (!schemas.isArray() || schemas.isEmpty())) {
            throw document.malformed(location, "'%s' is no array of schemas".formatted(keyword), "at least one schema");
        }
        var shapes = new ArrayList<Shape>();
        for (int i = 0; i < schemas.size(); i++) {
            shapes.add(read(schemas.get(i), location + "/" + keyword + "/" + i));
        }
        return List.copyOf(shapes);
    }

    private static SequencedSet<String> others(JsonNode json) {
        var others = new LinkedHashSet<String>();
        json.propertyNames().forEach(name -> {
            if (!KNOWN.contains(name) && !ANNOTATIONS.contains(name)) {
                others.add(name);
            }
        });
        return others;
    }
}
