package org.openclaw.schema.processor;

import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.type.TypeKind;

/** The types whose JSON form is one number, string or truth value. */
final class ScalarTypes {
    /** What to do about a type that has no JSON form. */
    static final String CURE =
            "Use a primitive, String, an enum, BigDecimal, BigInteger, a java.time type, UUID, URI, List, Set,"
                    + " Map<String, T>, Optional, or a record of these.";

    private ScalarTypes() {}

    static Json.Members primitive(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> type("boolean");
            case BYTE, SHORT, INT -> whole(kind, "int32");
            case LONG -> whole(kind, "int64");
            case FLOAT -> formatted("number", "float");
            case DOUBLE -> formatted("number", "double");
            case CHAR -> type("string").with("minLength", Json.of(1)).with("maxLength", Json.of(1));
            default -> throw new IllegalArgumentException(kind + " (expected: a primitive type)");
        };
    }

    /** The schema of a class; empty when it is none of these. */
    static Optional<Json.Members> named(String qualifiedName) {
        return Optional.ofNullable(
                switch (qualifiedName) {
                    case "java.lang.Boolean" -> primitive(TypeKind.BOOLEAN);
                    case "java.lang.Byte" -> primitive(TypeKind.BYTE);
                    case "java.lang.Short" -> primitive(TypeKind.SHORT);
                    case "java.lang.Integer" -> primitive(TypeKind.INT);
                    case "java.lang.Long" -> primitive(TypeKind.LONG);
                    case "java.lang.Float" -> primitive(TypeKind.FLOAT);
                    case "java.lang.Double" -> primitive(TypeKind.DOUBLE);
                    case "java.lang.Character" -> primitive(TypeKind.CHAR);
                    case "java.lang.String", "java.time.ZoneId" -> type("string");
                    case "java.math.BigDecimal" -> type("number");
                    case "java.math.BigInteger" -> type("integer");
                    case "java.time.Instant", "java.time.OffsetDateTime" -> formatted("string", "date-time");
                    case "java.time.LocalDate" -> formatted("string", "date");
                    case "java.time.LocalDateTime" -> formatted("string", "date-time-local");
                    case "java.time.LocalTime" -> formatted("string", "time-local");
                    case "java.time.Duration", "java.time.Period" -> formatted("string", "duration");
                    case "java.util.UUID" -> formatted("string", "uuid");
                    case "java.net.URI" -> formatted("string", "uri-reference");
                    default -> null;
                });
    }

    /** What a type of whole numbers holds; empty for what holds any, or is none. */
    static Optional<Whole> bounds(Json.Members schema) {
        return Stream.of(TypeKind.BYTE, TypeKind.SHORT, TypeKind.INT, TypeKind.LONG)
                .filter(kind -> primitive(kind).equals(schema))
                .findFirst()
                .map(ScalarTypes::bounds);
    }

    private static Whole bounds(TypeKind kind) {
        return switch (kind) {
            case BYTE -> new Whole(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> new Whole(Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
            default -> new Whole(Long.MIN_VALUE, Long.MAX_VALUE);
        };
    }

    /** The least and the greatest of the whole numbers that a type holds. */
    record Whole(long min, long max) {
        /** Whether a bound is one of them, or none. */
        boolean holds(double bound) {
            return Double.isInfinite(bound) || (min <= bound && bound <= max);
        }
    }

    private static Json.Members whole(TypeKind kind, String format) {
        Whole bounds = bounds(kind);
        return formatted("integer", format)
                .with("minimum", Json.of(bounds.min()))
                .with("maximum", Json.of(bounds.max()));
    }

    private static Json.Members type(String type) {
        return Json.members().with("type", type);
    }

    private static Json.Members formatted(String type, String format) {
        return type(type).with("format", format);
    }
}
