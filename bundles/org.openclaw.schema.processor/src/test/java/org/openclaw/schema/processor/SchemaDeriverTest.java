package org.openclaw.schema.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SchemaDeriverTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> derives() {
        return tests(
                """
            boolean                   | {"type":"boolean"}
            byte                      | {"type":"integer","format":"int32","minimum":-128,"maximum":127}
            Short                     | {"type":"integer","format":"int32","minimum":-32768,"maximum":32767}
            int                       | {"type":"integer","format":"int32","minimum":-2147483648,"maximum":2147483647}
            Long                      | {"type":"integer","format":"int64","minimum":-9223372036854775808,"maximum":9223372036854775807}
            double                    | {"type":"number","format":"double"}
            char                      | {"type":"string","minLength":1,"maxLength":1}
            String                    | {"type":"string"}
            java.math.BigDecimal      | {"type":"number"}
            java.math.BigInteger      | {"type":"integer"}
            java.time.Instant         | {"type":"string","format":"date-time"}
            java.time.OffsetDateTime  | {"type":"string","format":"date-time"}
            java.time.LocalDate       | {"type":"string","format":"date"}
            java.time.Duration        | {"type":"string","format":"duration"}
            UUID                      | {"type":"string","format":"uuid"}
            java.net.URI              | {"type":"string","format":"uri-reference"}
            Kind                      | {"type":"string","enum":["LIGHT","HEAVY"]}
            List<String>              | {"type":"array","items":{"type":"string"}}
            Set<Kind>                 | {"type":"array","items":{"type":"string","enum":["LIGHT","HEAVY"]},"uniqueItems":true}
            Map<String, List<String>> | {"type":"object","additionalProperties":{"type":"array","items":{"type":"string"}}}
            Optional<String>          | {"type":["string","null"]}
            Optional<Kind>            | {"anyOf":[{"type":"string","enum":["LIGHT","HEAVY"]},{"type":"null"}]}
            Box                       | {"$ref":"#/$defs/Box"}
            Optional<Box>             | {"anyOf":[{"$ref":"#/$defs/Box"},{"type":"null"}]}
            List<Subject>             | {"type":"array","items":{"$ref":"#"}}
            @Range(min = 1, max = 9) int | {"type":"integer","format":"int32","minimum":1,"maximum":9}
            @Range(min = 0) Optional<Long> | {"type":["integer","null"],"format":"int64","minimum":0,"maximum":9223372036854775807}
            @Range(min = -0.5, max = 1e300) double | {"type":"number","format":"double","minimum":-0.5,"maximum":1.0E300}
            @Range(max = 1_000) java.math.BigDecimal | {"type":"number","maximum":1000}
            @Length(min = 1, max = 40) String | {"type":"string","minLength":1,"maxLength":40}
            @Length(max = 40) Optional<String> | {"type":["string","null"],"maxLength":40}
            @Pattern("[A-Z]{3}-\\\\d+") String | {"type":"string","pattern":"^(?:[A-Z]{3}-\\\\d+)$"}
            @Length(max = 8) @Pattern("a|b+") String | {"type":"string","maxLength":8,"pattern":"^(?:a|b+)$"}
            @Size(min = 1) List<String> | {"type":"array","items":{"type":"string"},"minItems":1}
            @Size(max = 5) Optional<Set<String>> | {"type":["array","null"],"items":{"type":"string"},"uniqueItems":true,"maxItems":5}
            @Size(min = 1, max = 5) Map<String, Kind> | {"type":"object","additionalProperties":{"type":"string","enum":["LIGHT","HEAVY"]},"minProperties":1,"maxProperties":5}
            """,
                types -> {
                    JsonNode properties = schemaOf(declare(types)).get("properties");
                    return (row, schema) ->
                            assertThat(properties.get("c" + row)).hasToString(schema);
                });
    }

    @Test
    void requiresEverythingButOptionals() {
        assertThat(schemaOf("Optional<String> maybe, String value")
                        .get("required")
                        .toString())
                .isEqualTo("[\"value\"]");
    }

    @Test
    void definesARecordThatContainsItselfOnce() {
        assertThat(schemaOf("Box value").get("$defs").toString()).isEqualTo("""
                {"Box":{"type":"object","description":"Holds boxes.","properties":{\
                "inside":{"type":"array","items":{"$ref":"#/$defs/Box"}}},"required":["inside"]}}""");
    }

    @Test
    void tellsRecordsOfTheSameSimpleNameApart() {
        assertThat(schemaOf("Box one, Other.Box other").get("$defs").propertyNames())
                .containsExactly("Box", "shop.Other.Box");
    }

    @TestFactory
    Stream<DynamicTest> refuses() {
        return tests("""
            int[]                      | int[]: an array can change and is not equal by content. Use a List.
            Object                     | java.lang.Object: has no JSON form. Use a primitive,
            List<Runnable>             | java.lang.Runnable: has no JSON form. Use a primitive,
            List                       | java.util.List: says nothing about its elements. Write List<T> or Set<T>.
            List<?>                    | ?: has no JSON form. Name a concrete type.
            Map<Kind, String>          | java.util.Map<shop.Kind,java.lang.String>: the names in a JSON object are strings. Use Map<String, T>.
            List<Optional<String>>     | java.util.Optional<java.lang.String>: an Optional is possible only as a component itself. Leave the element out.
            Choice                     | shop.Choice: nothing in the JSON would tell its records apart. Use one record, with an enum for the kind.
            Pair<String>               | shop.Pair<java.lang.String>: a generic record has no schema of its own. Write a record for each type.
            java.util.Date             | java.util.Date: has no JSON form. Use a primitive,
            java.time.ZonedDateTime    | java.time.ZonedDateTime: has no JSON form. Use a primitive,
            @org.jspecify.annotations.Nullable String | null does not travel. Use Optional<T>.
            @Range(min = 1) String     | @Range bounds numbers. Use @Length or @Pattern for a String, @Size for a List.
            @Range(min = 2, max = 1) int | @Range from 2.0 to 1.0 holds no number. Let min be at most max.
            @Range(min = Double.NaN) double | @Range from NaN to Infinity holds no number. Let min be at most max.
            @Range int                 | @Range says neither min nor max. Say one, or take it away.
            @Range(min = 0.5) int      | @Range 0.5 is no bound of whole numbers. Use whole bounds of at most 2^53.
            @Range(max = Long.MAX_VALUE) long | @Range 9.223372036854776E18 is no bound of whole numbers. Use whole bounds
            @Range(max = 200) byte     | @Range from -Infinity to 200.0 reaches beyond it. Use bounds between -128 and 127, or a wider type.
            @Length(max = 5) UUID      | @Length bounds Strings. Use @Size for a List, Set or Map, @Range for a number.
            @Length(min = -1) String   | @Length from -1 to 2147483647 holds nothing. Let min be at least 0 and at most max.
            @Size(min = 1) String      | @Size bounds Lists, Sets and Maps. Use @Length for a String, @Range for a number.
            @Size(min = 1) Box         | @Size bounds Lists, Sets and Maps. Use @Length for a String, @Range for a number.
            @Pattern("a") int          | @Pattern is for Strings. Take it away, or use a String.
            @Pattern("(") String       | @Pattern '(': is no regular expression (Unclosed group at 1). Use what ECMA-262
            @Pattern("a++") String     | @Pattern 'a++': a possessive '+' does not mean the same everywhere. Use what ECMA-262
            """, types -> {
            List<String> errors = compile(declare(types)).errors();
            assertThat(errors).hasSameSizeAs(types);
            return (row, text) -> assertThat(errors.get(row))
                    .startsWith("Subject.java:%d: shop.Subject.c%d: ".formatted(row + 4, row))
                    .contains(text);
        });
    }

    /** One test for each line {@code type | expected}; all types are compiled together. */
    private static Stream<DynamicTest> tests(String table, Function<List<String>, BiConsumer<Integer, String>> check) {
        List<String[]> rows = table.lines().map(line -> line.split(" +\\| ", 2)).toList();
        BiConsumer<Integer, String> checkRow =
                check.apply(rows.stream().map(row -> row[0]).toList());
        return IntStream.range(0, rows.size())
                .mapToObj(i -> DynamicTest.dynamicTest(rows.get(i)[0], () -> checkRow.accept(i, rows.get(i)[1])));
    }

    /** Components c0, c1, ..., each on a line of its own, from the fourth on. */
    private static String declare(List<String> types) {
        return IntStream.range(0, types.size())
                .mapToObj(i -> "\n" + types.get(i) + " c" + i)
                .collect(Collectors.joining(","));
    }

    private JsonNode schemaOf(String components) {
        String descriptor = compile(components).text("OSGI-INF/openclaw/bot.json");
        return JsonMapper.builder().build().readTree(descriptor).at("/messages/0/schema");
    }

    private Compilation compile(String components) {
        return Compilation.of(folder, """
                package shop;
                import java.util.*; import org.openclaw.schema.*;
                public record Subject(%s) {}
                """.formatted(components), """
                package shop;
                enum Kind { LIGHT, HEAVY { @Override int weight() { return 2; } }; int weight() { return 1; } }
                """, """
                package shop;
                /** Holds boxes. */
                record Box(java.util.List<Box> inside) {}
                """, """
                package shop;
                class Other { record Box(int size) {} }
                """, """
                package shop;
                sealed interface Choice { record Left() implements Choice {} record Right() implements Choice {} }
                """, """
                package shop;
                record Pair<T>(T left, T right) {}
                """, """
                package shop;
                import org.openclaw.agent.*;
                @AgentType("bot")
                final class Bot implements Agent<Subject, Bot.State> {
                    record State() {}
                    @Override public State initial(org.openclaw.message.Address self) { return new State(); }
                    @Override public State handle(Subject message, State state, Turn turn) { return state; }
                }
                """);
    }
}
