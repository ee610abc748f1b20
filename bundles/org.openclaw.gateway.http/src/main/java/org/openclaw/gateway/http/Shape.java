package org.openclaw.gateway.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What some JSON looks like, as a JSON Schema (2020-12) of the few kinds that this API has. Immutable: whatever is added makes
 * another one. Objects may get members that are not described yet, since clients outlive versions.
 *
 * @param schema the schema, not to be changed
 * @param named the schemas by whose names it speaks, not to be changed
 */
record Shape(ObjectNode schema, SortedMap<String, ObjectNode> named) {
    private static final String PLACE = "#/components/schemas/";

    private static Shape of(ObjectNode schema) {
        return new Shape(schema, new TreeMap<>());
    }

    private static Shape type(String type) {
        return of(Json.object().put("type", type));
    }

    /** Any JSON. */
    static Shape any() {
        return of(Json.object());
    }

    static Shape text() {
        return type("string");
    }

    /** A time as RFC 3339 says it. */
    static Shape time() {
        return of(Json.object().put("type", "string").put("format", "date-time"));
    }

    static Shape flag() {
        return type("boolean");
    }

    static Shape number() {
        return type("number");
    }

    /** A whole number that is not negative. */
    static Shape count() {
        return of(Json.object().put("type", "integer").put("minimum", 0));
    }

    static Shape within(int least, int most, int usual) {
        return of(Json.object()
                .put("type", "integer")
                .put("minimum", least)
                .put("maximum", most)
                .put("default", usual));
    }

    static Shape oneOf(String... texts) {
        return oneOf(List.of(texts));
    }

    static Shape oneOf(Collection<String> texts) {
        var schema = Json.object().put("type", "string");
        var values = schema.putArray("enum");
        texts.forEach(values::add);
        return of(schema);
    }

    /** The names of constants, in lower case as this API has them. */
    static Shape oneOf(Enum<?>... constants) {
        return oneOf(Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList());
    }

    /** The bytes of something that is no JSON. */
    static Shape list(Shape each) {
        var schema = Json.object().put("type", "array");
        schema.set("items", each.schema());
        return new Shape(schema, each.named());
    }

    static Shape either(Shape one, Shape other) {
        var schema = Json.object();
        schema.putArray("anyOf").add(one.schema()).add(other.schema());
        return new Shape(schema, one.both(other));
    }

    /** An object without members, as yet. */
    static Shape object() {
        return type("object");
    }

    /** With a member that is always there. */
    Shape with(String name, Shape value) {
        var more = maybe(name, value);
        more.schema().withArray("required").add(name);
        return more;
    }

    /** With a member that may be there. */
    Shape maybe(String name, Shape value) {
        var more = schema.deepCopy();
        more.withObject("properties").set(name, value.schema());
        return new Shape(more, both(value));
    }

    /** With members that nobody can tell beforehand. */
    Shape open() {
        return new Shape(schema.deepCopy().put("additionalProperties", true), named);
    }

    /** That, or null. */
    Shape orNull() {
        var more = Json.object();
        var types = more.putArray("type");
        types.add(schema.get("type")).add("null");
        return new Shape(more, named);
    }

    Shape saying(String description) {
        return new Shape(schema.deepCopy().put("description", description), named);
    }

    /** The same, spoken of by its name from now on. */
    Shape named(String name) {
        var more = new TreeMap<>(named);
        more.put(name, schema);
        return new Shape(Json.object().put("$ref", PLACE + name), more);
    }

    private SortedMap<String, ObjectNode> both(Shape other) {
        var all = new TreeMap<>(named);
        for (Map.Entry<String, ObjectNode> each : other.named().entrySet()) {
            var known = all.put(each.getKey(), each.getValue());
            if (known != null && !known.equals(each.getValue())) {
                throw new IllegalStateException("two schemas have the name " + each.getKey());
            }
        }
        return all;
    }
}
