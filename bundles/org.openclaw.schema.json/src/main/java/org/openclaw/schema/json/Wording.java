package org.openclaw.schema.json;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openclaw.schema.SchemaCheck;
import org.openclaw.schema.Violation;
import tools.jackson.databind.JsonNode;

/**
 * Says in words what the validator found. It reports each keyword and each alternative; an author wants one reason for each
 * place: that a text is no number is not also said to be no null.
 */
final class Wording {
    private static final int LONGEST_POINTER = 500;
    private static final int LONGEST_RULE = 500;
    private static final Set<String> BOUNDS = Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");
    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("date-time", "a date and time with an offset (ISO 8601), such as 2026-11-01T12:00:00Z"),
            Map.entry("date", "a date (ISO 8601), such as 2026-11-01"),
            Map.entry("date-time-local", "a date and time without an offset, such as 2026-11-01T12:00:00"),
            Map.entry("time-local", "a time of day, such as 12:00:00"),
            Map.entry("duration", "a duration (ISO 8601), such as PT1H30M or P7D"),
            Map.entry("uuid", "a UUID"),
            Map.entry("uri-reference", "a URI"),
            Map.entry("int32", "a whole number of 32 bits"),
            Map.entry("int64", "a whole number of 64 bits"),
            Map.entry("float", "a number that fits float"),
            Map.entry("double", "a number that fits double"));

    private Wording() {}

    /** The first of them; where there are more, a last one says how many. */
    static List<Violation> of(List<Error> errors, boolean unfinished) {
        SequencedMap<String, List<Error>> byPlace = new LinkedHashMap<>();
        errors.forEach(error ->
                byPlace.computeIfAbsent(place(error), _ -> new ArrayList<>()).add(error));
        var above = new LinkedHashSet<String>();
        byPlace.keySet().forEach(place -> {
            for (int end = place.lastIndexOf('/'); end >= 0 && above.add(place.substring(0, end)); ) {
                end = place.lastIndexOf('/', end - 1);
            }
        });
        var violations = new ArrayList<Violation>();
        byPlace.forEach((place, found) -> violations.addAll(at(place, found, above.contains(place))));
        int more = violations.size() - SchemaCheck.LISTED;
        if (more <= 0 && !unfinished) {
            return List.copyOf(violations);
        }
        var first = new ArrayList<>(violations.subList(0, Math.min(SchemaCheck.LISTED, violations.size())));
        first.add(new Violation(
                "",
                "a body that fits its schema",
                unfinished
                        ? "at least %,d more violations".formatted(Math.max(1, more))
                        : "%,d more violations".formatted(more)));
        return List.copyOf(first);
    }

    private static String place(Error error) {
        var at = error.getInstanceLocation().toString();
        var property = error.getProperty();
        return property == null ? at : at + "/" + property.replace("~", "~0").replace("/", "~1");
    }

    /** @param isEntered whether something is wrong further inside: then what is there has the right kind for some alternative */
    private static List<Violation> at(String place, List<Error> errors, boolean isEntered) {
        var choices = errors.stream().filter(Wording::isChoice).toList();
        var kinds = errors.stream()
                .filter(error -> error.getKeyword().equals("type"))
                .toList();
        boolean orNull = kinds.stream().anyMatch(kind -> names(kind).anyMatch("null"::equals));
        if (!choices.isEmpty()) {
            var rule = choices.stream().map(Wording::rule).distinct().collect(Collectors.joining(", or "));
            return List.of(violation(place, orNull ? rule + ", or null" : rule, kind(choices.getFirst())));
        }
        boolean bounded = errors.stream().anyMatch(error -> BOUNDS.contains(error.getKeyword()));
        var others = errors.stream()
                .filter(error -> !error.getKeyword().equals("type"))
                .filter(error -> !bounded || !error.getKeyword().equals("format"))
                .map(error -> violation(place, rule(error), found(error)))
                .distinct()
                .toList();
        if (!others.isEmpty() || isEntered || kinds.isEmpty()) {
            return others;
        }
        var rule = kinds.stream()
                .flatMap(Wording::names)
                .distinct()
                .map(Wording::article)
                .collect(Collectors.joining(" or "));
        return List.of(violation(place, rule, kind(kinds.getFirst())));
    }

    private static Violation violation(String place, String rule, String found) {
        return new Violation(cut(place, LONGEST_POINTER), cut(rule, LONGEST_RULE), found);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }

    private static boolean isChoice(Error error) {
        return error.getKeyword().equals("enum") || error.getKeyword().equals("const");
    }

    /** Of the types that are allowed. */
    private static Stream<String> names(Error type) {
        var allowed = type.getSchemaNode();
        return allowed.isArray() ? allowed.valueStream().map(JsonNode::asString) : Stream.of(allowed.asString());
    }

    private static String article(String type) {
        return switch (type) {
            case "null" -> "null";
            case "integer" -> "a whole number";
            case "object", "array" -> "an " + type;
            default -> "a " + type;
        };
    }

    private static String rule(Error error) {
        var schema = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "required" -> "a value";
            case "enum" ->
                "one of: "
                        + StreamSupport.stream(schema.spliterator(), false)
                                .map(JsonNode::asString)
                                .collect(Collectors.joining(", "));
            case "const" -> "the value " + schema;
            case "minimum" -> "a number of at least " + schema;
            case "maximum" -> "a number of at most " + schema;
            case "exclusiveMinimum" -> "a number above " + schema;
            case "exclusiveMaximum" -> "a number below " + schema;
            case "minLength" -> "a string of at least " + schema + " characters";
            case "maxLength" -> "a string of at most " + schema + " characters";
            case "pattern" -> "a string that matches " + schema.asString();
            case "minItems" -> "an array of at least " + schema;
            case "maxItems" -> "an array of at most " + schema;
            case "minProperties" -> "an object of at least " + schema + " members";
            case "maxProperties" -> "an object of at most " + schema + " members";
            case "uniqueItems" -> "an array without equal elements";
            case "additionalProperties", "unevaluatedProperties" -> "no such member";
            case "format" -> FORMATS.getOrDefault(schema.asString(), "a value of the format " + schema.asString());
            default -> "what '" + error.getKeyword() + "' of the schema says";
        };
    }

    private static String found(Error error) {
        return switch (error.getKeyword()) {
            case "required" -> "nothing";
            case "minimum", "exclusiveMinimum" -> "a lesser number";
            case "maximum", "exclusiveMaximum" -> "a greater number";
            case "minLength" -> "a shorter string";
            case "maxLength" -> "a longer string";
            case "pattern" -> "another string";
            case "minItems", "minProperties" -> "fewer";
            case "maxItems", "maxProperties" -> "more";
            case "uniqueItems" -> "equal elements";
            case "additionalProperties", "unevaluatedProperties" -> "one";
            default -> kind(error);
        };
    }

    private static String kind(Error error) {
        var value = error.getInstanceNode();
        return value == null ? "another value" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
