package org.openclaw.schema.json;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One schema within a document, its keywords read. Absent keywords have the value that means the same.
 *
 * @param location where it stands in the document; no two have the same
 * @param json as it was written
 * @param never whether nothing fits: the schema {@code false}
 * @param kinds what {@code type} allows
 * @param choices what {@code enum} and {@code const} allow, in one form (see {@link DistinctItems#text}); any value when empty
 * @param numbers what the bounds and the format of numbers leave
 * @param lengths how long texts are
 * @param pattern what texts match
 * @param format the format
 * @param sizes how many elements arrays have
 * @param distinct whether elements differ
 * @param items the schema of elements
 * @param memberCounts how many members objects have
 * @param properties the schemas of the declared members
 * @param required which must be there
 * @param additional the schema of members that are not declared
 * @param reference {@code $ref}
 * @param all {@code allOf}
 * @param any {@code anyOf}
 * @param one {@code oneOf}
 * @param others keywords that assert something of which nothing is known here
 */
record Shape(
        String location,
        JsonNode json,
        boolean never,
        Set<Kind> kinds,
        Optional<SequencedMap<String, JsonNode>> choices,
        Interval numbers,
        Count lengths,
        Optional<String> pattern,
        Optional<String> format,
        Count sizes,
        boolean distinct,
        Optional<Shape> items,
        Count memberCounts,
        SequencedMap<String, Shape> properties,
        SequencedSet<String> required,
        Optional<Shape> additional,
        Optional<String> reference,
        List<Shape> all,
        List<Shape> any,
        List<Shape> one,
        SequencedSet<String> others) {

    /** How many there are of something: from the least to the greatest. */
    record Count(long least, long greatest) {
        static final Count ANY = new Count(0, Long.MAX_VALUE);

        boolean contains(long count) {
            return least <= count && count <= greatest;
        }
    }

    /** Whether its own keywords say nothing beyond the type. */
    boolean isOnlyType() {
        return !never
                && choices.isEmpty()
                && numbers.equals(Interval.ALL)
                && lengths.equals(Count.ANY)
                && pattern.isEmpty()
                && format.isEmpty()
                && sizes.equals(Count.ANY)
                && !distinct
                && items.isEmpty()
                && memberCounts.equals(Count.ANY)
                && properties.isEmpty()
                && required.isEmpty()
                && additional.isEmpty()
                && others.isEmpty();
    }

    /** Whether it says nothing but what it refers to. */
    boolean isOnlyReference() {
        return reference.isPresent()
                && isOnlyType()
                && kinds.size() == Kind.values().length
                && all.isEmpty()
                && any.isEmpty()
                && one.isEmpty();
    }

    /** Whether it refers to another, somewhere. */
    boolean refers() {
        return !json.findValues("$ref").isEmpty();
    }

    /** Whether its objects have no members but those that it declares; else any. */
    boolean isClosed() {
        return json.has("properties") && !others.contains("patternProperties");
    }

    /** The schema of a member's value, as far as it is declared. */
    @Nullable
    Shape member(String name) {
        return properties.get(name);
    }

    static SequencedMap<String, Shape> none() {
        return new LinkedHashMap<>();
    }

    static Set<Kind> anyKind() {
        return EnumSet.allOf(Kind.class);
    }
}
