package org.openclaw.launcher;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON into nodes as a {@code JsonMapper} does, without making one: that costs a command, which lives for a quarter of
 * a second, a fifth of its time. Nesting, numbers and names are bounded as Jackson bounds them.
 */
public final class JsonTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonTree() {}

    /**
     * Reads one value.
     *
     * @return a missing node when there is none
     * @throws tools.jackson.core.JacksonException when the text is not one JSON value
     */
    public static JsonNode read(String text) {
        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            return read(parser);
        }
    }

    /**
     * Reads one value in UTF-8.
     *
     * @return a missing node when there is none
     * @throws tools.jackson.core.JacksonException when the bytes are not one JSON value
     */
    public static JsonNode read(byte[] utf8) {
        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), utf8)) {
            return read(parser);
        }
    }

    private static JsonNode read(JsonParser parser) {
        var first = parser.nextToken();
        var value = first == null ? NODES.missingNode() : value(first, parser);
        if (parser.nextToken() != null) {
            throw new StreamReadException(parser, "there is something behind the value");
        }
        return value;
    }

    private static JsonNode value(@Nullable JsonToken token, JsonParser parser) {
        if (token == null) {
            throw new StreamReadException(parser, "it ends too early");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new StreamReadException(parser, "no value: " + token);
        };
    }

    private static JsonNode integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static ObjectNode object(JsonParser parser) {
        var object = NODES.objectNode();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            object.set(name, value(parser.nextToken(), parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) {
        var array = NODES.arrayNode();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token, parser));
        }
        return array;
    }
}
