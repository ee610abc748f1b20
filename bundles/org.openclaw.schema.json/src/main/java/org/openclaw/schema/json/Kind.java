package org.openclaw.schema.json;

import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The kinds of JSON values, so cut that none is part of another: a number is either whole or not. */
enum Kind {
    NULL("null"),
    BOOLEAN("a boolean"),
    WHOLE("a whole number"),
    FRACTION("a number with a fraction"),
    STRING("a string"),
    ARRAY("an array"),
    OBJECT("an object");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    static Kind of(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> NULL;
            case BOOLEAN -> BOOLEAN;
            case NUMBER -> value.canConvertToExactIntegral() ? WHOLE : FRACTION;
            case ARRAY -> ARRAY;
            case OBJECT -> OBJECT;
            default -> STRING;
        };
    }

    /** What a name in {@code type} stands for; none for any other name. */
    static Set<Kind> named(String type) {
        return switch (type) {
            case "null" -> EnumSet.of(NULL);
            case "boolean" -> EnumSet.of(BOOLEAN);
            case "integer" -> EnumSet.of(WHOLE);
            case "number" -> EnumSet.of(WHOLE, FRACTION);
            case "string" -> EnumSet.of(STRING);
            case "array" -> EnumSet.of(ARRAY);
            case "object" -> EnumSet.of(OBJECT);
            default -> EnumSet.noneOf(Kind.class);
        };
    }

    static boolean isNumber(Kind kind) {
        return kind == WHOLE || kind == FRACTION;
    }

    String words() {
        return words;
    }
}
