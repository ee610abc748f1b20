package org.openclaw.schema.json;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openclaw.schema.Schema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/** A schema, read: every schema within it by its place, so that references can be followed. */
final class Document {
    private final Schema schema;
    private final JsonNode json;
    private final Map<String, Shape> shapes = new HashMap<>();
    private boolean opaque;

    private Document(Schema schema, JsonNode json) {
        this.schema = schema;
        this.json = json;
    }

    /** @throws IllegalArgumentException when it is no JSON Schema that can be checked here */
    static Document of(Schema schema) {
        var document = switch (new Bodies().read(schema.json().getBytes(StandardCharsets.UTF_8))) {
            case Bodies.Read.Unreadable unreadable ->
                throw malformed(
                        schema, "", unreadable.why().found(), unreadable.why().rule());
            case Bodies.Read.Tree tree -> new Document(schema, tree.json());
        };
        new ShapeReader(document).read(document.json, "#");
        document.shapes.values().forEach(document::checkReference);
        return document;
    }

    /** What somebody writes of whom nothing is known; its place is in no document. */
    static Shape anything() {
        var json = JsonNodeFactory.instance.booleanNode(true);
        return new ShapeReader(new Document(Schema.of("anything", "true"), json)).read(json, "anything");
    }

    private void checkReference(Shape shape) {
        shape.reference().ifPresent(reference -> {
            if (!reference.startsWith("#")) {
                throw malformed(
                        schema,
                        shape.location(),
                        "the reference " + reference + " leaves the schema",
                        "a reference such as #/$defs/Name; nothing is loaded from elsewhere");
            }
            boolean pointer = (reference.equals("#") || reference.startsWith("#/")) && reference.indexOf('%') < 0;
            if (pointer && target(reference).isMissingNode()) {
                throw malformed(
                        schema,
                        shape.location(),
                        "the reference " + reference + " points nowhere",
                        "one of the schemas in $defs");
            }
        });
    }

    private JsonNode target(String reference) {
        try {
            return json.at(reference.substring(1));
        } catch (IllegalArgumentException noPointer) {
            return MissingNode.getInstance();
        }
    }

    static IllegalArgumentException malformed(Schema schema, String location, String found, String expected) {
        return new IllegalArgumentException(
                "schema %s%s: %s (expected: %s). Let the annotation processor derive it, or mend it."
                        .formatted(schema.name(), location.isEmpty() ? "" : " at " + location, found, expected));
    }

    IllegalArgumentException malformed(String location, String found, String expected) {
        return malformed(schema, location, found, expected);
    }

    JsonNode json() {
        return json;
    }

    void add(Shape shape) {
        shapes.put(shape.location(), shape);
    }

    /** What references mean here depends on more than their text. */
    void makeOpaque() {
        opaque = true;
    }

    boolean isOpaque() {
        return opaque;
    }

    Shape root() {
        return Objects.requireNonNull(shapes.get("#"));
    }

    /** What a reference names; empty when it is no place of a schema that is known here. */
    Optional<Shape> resolve(String reference) {
        return Optional.ofNullable(shapes.get(reference));
    }
}
