package org.openclaw.schema.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.openclaw.schema.Schema;
import org.openclaw.schema.Violation;

final class CheckTest {
    private static final String ORDER = """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{
              "sku":{"type":"string","minLength":3,"maxLength":8,"pattern":"^(?:[a-z0-9-]+)$"},
              "quantity":{"type":"integer","format":"int32","minimum":1,"maximum":100},
              "price":{"type":"number"},
              "at":{"type":"string","format":"date-time"},
              "note":{"type":["string","null"]},
              "kind":{"anyOf":[{"type":"string","enum":["LIGHT","HEAVY"]},{"type":"null"}]},
              "box":{"anyOf":[{"$ref":"#/$defs/Box"},{"type":"null"}]},
              "tags":{"type":"array","items":{"type":"string"},"uniqueItems":true,"maxItems":3},
              "labels":{"type":"object","additionalProperties":{"type":"string"},"minProperties":1}},
             "required":["sku","quantity"],
             "$defs":{"Box":{"type":"object","properties":{
               "size":{"type":"integer"},"inside":{"type":"array","items":{"$ref":"#/$defs/Box"}}},"required":["size"]}}}""";

    private final JsonSchemas schemas = new JsonSchemas();

    @TestFactory
    Stream<DynamicTest> says() {
        return """
                {"sku":"abc","quantity":1}                        |
                {"sku":"abc","quantity":1.0,"more":{"a":[]}}      |
                {"sku":"abc","quantity":1,"note":null,"kind":null,"box":null,"tags":[],"labels":{"a":"b"}} |
                {"sku":"abc","quantity":1,"box":{"size":1,"inside":[{"size":2}]}} |
                {"sku":"abc"}                                     | /quantity: nothing (expected: a value)
                {"sku":"abc","quantity":null}                     | /quantity: null (expected: a whole number)
                {"sku":"abc","quantity":"1"}                      | /quantity: string (expected: a whole number)
                {"sku":"abc","quantity":1.5}                      | /quantity: number (expected: a whole number)
                {"sku":"abc","quantity":0}                        | /quantity: a lesser number (expected: a number of at least 1)
                {"sku":"abc","quantity":101}                      | /quantity: a greater number (expected: a number of at most 100)
                {"sku":"abc","quantity":1e30}                     | /quantity: a greater number (expected: a number of at most 100)
                {"sku":"abc","quantity":123456789012345678901}    | /quantity: a greater number (expected: a number of at most 100)
                {"sku":"ab","quantity":1}                         | /sku: a shorter string (expected: a string of at least 3 characters)
                {"sku":"abcdefghi","quantity":1}                  | /sku: a longer string (expected: a string of at most 8 characters)
                {"sku":"ab\\n","quantity":1}                      | /sku: another string (expected: a string that matches ^(?:[a-z0-9-]+)$)
                {"sku":"abc","quantity":1,"at":"yesterday"}       | /at: string (expected: a date and time with an offset (ISO 8601), such as 2026-11-01T12:00:00Z)
                {"sku":"abc","quantity":1,"note":7}               | /note: number (expected: a string or null)
                {"sku":"abc","quantity":1,"kind":"OTHER"}         | /kind: string (expected: one of: LIGHT, HEAVY, or null)
                {"sku":"abc","quantity":1,"kind":1}               | /kind: number (expected: one of: LIGHT, HEAVY, or null)
                {"sku":"abc","quantity":1,"box":1}                | /box: number (expected: an object or null)
                {"sku":"abc","quantity":1,"box":{}}               | /box/size: nothing (expected: a value)
                {"sku":"abc","quantity":1,"box":{"size":1,"inside":[{"size":true}]}} | /box/inside/0/size: boolean (expected: a whole number)
                {"sku":"abc","quantity":1,"tags":["a","a"]}       | /tags: equal elements (expected: an array without equal elements)
                {"sku":"abc","quantity":1,"tags":["a","b","c","d"]} | /tags: more (expected: an array of at most 3)
                {"sku":"abc","quantity":1,"labels":{}}            | /labels: fewer (expected: an object of at least 1 members)
                {"sku":"abc","quantity":1,"labels":{"a/b":1}}     | /labels/a~1b: number (expected: a string)
                {"quantity":"1","tags":[1]}                       | /quantity: string (expected: a whole number); /tags/0: number (expected: a string); /sku: nothing (expected: a value)
                []                                                | the body: array (expected: an object)
                {"sku":"abc","quantity":1                         | the body: no JSON from line 1, column 26 on (expected: JSON)
                {"sku":"abc","quantity":1,"quantity":2}           | the body: more than that (expected: one JSON value, with no member twice)
                {"sku":"abc","quantity":1} {}                     | the body: more than that (expected: one JSON value, with no member twice)
                """.lines().map(line -> line.split("\\|(?= |$)", 2)).map(row -> DynamicTest.dynamicTest(
                row[0].strip(),
                () -> assertThat(text(check(ORDER, row[0].strip()))).isEqualTo(row[1].strip())));
    }

    @TestFactory
    Stream<DynamicTest> assertsTheFormatsOfJava() {
        return """
                date-time       | 2026-11-22T08:00:00Z 2026-11-22T08:00:00.123456789Z 2026-02-28T08:00:00+01:00 +10000-01-01T00:00:00Z | 2026-11-22 2026-02-30T08:00:00Z 2026-11-22T08:00:00 2026-13-22T08:00:00Z 2026-11-22T24:61:00Z
                date            | 2026-11-22 2024-02-29 | 2026-02-29 22.11.2026
                date-time-local | 2026-11-22T08:00:00 2026-11-22T08:00 | 2026-11-22T08:00:00Z
                time-local      | 08:00 08:00:00.5 | 8:00 25:00
                duration        | PT1H P7D P1Y2M P1DT2H PT-5S PT0.5S -PT1M | 1h P P1Y2M3DT4H
                uuid            | 123e4567-e89b-12d3-a456-426614174000 123E4567-E89B-12D3-A456-426614174000 | 123e4567 123e4567-e89b-12d3-a456-42661417400g
                uri-reference   | /a https://example.org/a?b#c ../a urn:x:y | a%zz http://[
                """.lines().flatMap(line -> {
            var row = line.split(" +\\| ", -1);
            var schema = "{\"type\":\"string\",\"format\":\"%s\"}".formatted(row[0]);
            return Stream.concat(
                    Arrays.stream(row[1].split(" "))
                            .map(text -> DynamicTest.dynamicTest(
                                    row[0] + " " + text,
                                    () -> assertThat(check(schema, '"' + text + '"'))
                                            .isEmpty())),
                    Arrays.stream(row[2].split(" "))
                            .map(text -> DynamicTest.dynamicTest(
                                    "not " + row[0] + " " + text,
                                    () -> assertThat(check(schema, '"' + text + '"'))
                                            .hasSize(1))));
        });
    }

    @TestFactory
    Stream<DynamicTest> comparesNumbersExactly() {
        return """
                {"type":"number","maximum":0.1}                    | 0.1  0.10 -1e300      | 0.1000000000000000000000001 1e400
                {"type":"integer","maximum":9007199254740992}      | 9007199254740992       | 9007199254740993
                {"type":"number","exclusiveMinimum":0}             | 1e-300                 | 0 -0.0
                {"type":"integer","format":"int64"}                | 9223372036854775807    | 9223372036854775808 1e19
                {"type":"integer","format":"int32"}                | -2147483648 1e3        | 2147483648
                {"type":"number","format":"double"}                | 1e308                  | 1e309
                {"type":"number","format":"float"}                 | 3.4028235e38           | 3.5e38
                {"type":"number","multipleOf":0.01}                | 1.25                   | 1.255
                """.lines().flatMap(line -> {
            var row = line.split(" +\\| ", -1);
            return Stream.concat(
                    Arrays.stream(row[1].strip().split(" +"))
                            .map(number -> DynamicTest.dynamicTest(
                                    number + " fits " + row[0],
                                    () -> assertThat(check(row[0], number)).isEmpty())),
                    Arrays.stream(row[2].strip().split(" +"))
                            .map(number -> DynamicTest.dynamicTest(
                                    number + " does not fit " + row[0],
                                    () -> assertThat(check(row[0], number)).hasSize(1))));
        });
    }

    @Test
    void neverQuotesAValue() {
        var said = text(check(ORDER, """
                {"sku":"SECRET-SECRET","quantity":424242,"at":"SECRET","note":424242,"kind":"SECRET","tags":["SECRET","SECRET"],
                 "labels":{"a":424242},"box":"SECRET"}"""));

        assertThat(said)
                .doesNotContain("SECRET")
                .doesNotContain("424242")
                .contains("/box")
                .contains("/sku");
    }

    @Test
    void listsTheFirstAndSaysHowManyMore() {
        var body = IntStream.range(0, 50).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));

        var violations = check("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}", body);

        assertThat(violations).hasSize(21);
        assertThat(violations.getFirst()).hasToString("/0: number (expected: a string)");
        assertThat(violations.getLast())
                .hasToString("the body: 30 more violations (expected: a body that fits its schema)");
    }

    @Test
    void staysSmallAndFastForAHugeWrongArray() {
        var body = "[" + "1,".repeat(400_000) + "1]";

        var violations = soon(() ->
                check("{\"type\":\"array\",\"items\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}}", body));

        assertThat(violations.getLast().found()).startsWith("at least ").endsWith("more violations");
    }

    @Test
    void acceptsAHugeArrayOfTheSecondAlternative() {
        var body = "[" + "null,".repeat(200_000) + "null]";

        assertThat(soon(() -> check(
                        "{\"type\":\"array\",\"items\":{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}}",
                        body)))
                .isEmpty();
    }

    @Test
    void givesUpOnAnArrayOfCostlyTexts() {
        var body = "[" + "\"no date\",".repeat(50_000) + "\"\"]";

        assertThat(text(soon(() -> check(
                        "{\"anyOf\":[{\"items\":{\"format\":\"date\"}},{\"items\":{\"type\":\"string\"}}]}", body))))
                .isEqualTo(
                        "the body: one that needs too many steps for its size (expected: a body that can be checked in time)");
    }

    @Test
    void doesNotRunOnWithAPattern() {
        var evil = '"' + "a".repeat(50_000) + "!\"";

        assertThat(soon(() -> check("{\"type\":\"string\",\"pattern\":\"^(?:(a+)+)$\"}", evil)))
                .hasSize(1);
        assertThat(soon(() -> check("{\"type\":\"string\",\"pattern\":\"^(?:(a|b|ab)*c)$\"}", evil)))
                .hasSize(1);
    }

    @Test
    void tellsEqualElementsFastWhateverTheirHash() {
        var texts = IntStream.range(0, 1 << 15)
                .mapToObj(number -> IntStream.range(0, 15)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining("", "\"", "\"")))
                .collect(Collectors.joining(",", "[", "]"));

        assertThat(soon(() -> check("{\"type\":\"array\",\"uniqueItems\":true}", texts)))
                .isEmpty();
    }

    @Test
    void refusesWhatIsTooDeep() {
        var recursive = "{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}";

        assertThat(check(recursive, "[".repeat(200) + "]".repeat(200))).isEmpty();
        assertThat(text(check(recursive, "[".repeat(201) + "]".repeat(201)))).startsWith("the body: deeper ones");
        assertThat(text(check(recursive, "[".repeat(100_000)))).startsWith("the body: deeper ones");
    }

    @Test
    void refusesNumbersThatAFewDigitsMakeHuge() {
        assertThat(text(check("{\"type\":\"number\",\"multipleOf\":0.01}", "1e999999999")))
                .contains("a longer number");
        assertThat(text(check("{\"type\":\"integer\"}", "9".repeat(2_000)))).contains("a longer number");
    }

    @Test
    void endsWhereASchemaRefersToItself() {
        assertThat(text(check("{\"$ref\":\"#\"}", "1"))).startsWith("the body: one that needs too many steps");
        assertThat(text(soon(() -> check(
                        "{\"anyOf\":[{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}},{\"type\":\"array\",\"minItems\":9,\"items\":{\"$ref\":\"#\"}}]}",
                        "[".repeat(100) + "1" + "]".repeat(100)))))
                .startsWith("the body: one that needs too many steps");
    }

    @TestFactory
    Stream<DynamicTest> readsPatternsAsEcmaScriptDoes() {
        return """
                ^a$      | a         | a\\n
                ^.$      | \\u0085   | \\u2028
                ^\\s$    | \\u00a0   | a
                ^[\\s]$  | \\ufeff   | b
                ^\\S$    | a         | \\u00a0
                b        | abc       | ac
                ^[[]$    | [         | a
                ^[a&&b]$ | &         | c
                ^.$      | \\ud83d\\ude00 | ab
                """.lines().map(line -> line.split(" +\\| +")).map(row -> DynamicTest.dynamicTest(row[0], () -> {
            var schema = "{\"pattern\":\"%s\"}".formatted(row[0].replace("\\", "\\\\"));
            assertThat(check(schema, '"' + row[1] + '"')).isEmpty();
            assertThat(check(schema, '"' + row[2] + '"')).hasSize(1);
        }));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsNoSchema() {
        return """
                [                                | schema order: no JSON from line 1, column 2 on (expected: JSON). Let the annotation processor derive it, or mend it.
                1                                | schema order at #: a schema is no object (expected: an object, true or false).
                {"type":"text"}                  | schema order at #: 'type' is "text" (expected: null, boolean, integer, number, string, array, object, or a list of these).
                {"properties":{"a":{"minimum":"1"}}} | schema order at #/properties/a: 'minimum' is "1" (expected: a number).
                {"maxLength":-1}                 | schema order at #: 'maxLength' is -1 (expected: a whole number from 0 on).
                {"pattern":"("}                  | schema order at #: 'pattern' is ( (Unclosed group) (expected: a regular expression as in ECMA-262).
                {"required":"a"}                 | schema order at #: 'required' is no array (expected: an array of names).
                {"items":{"$ref":"https://example.org/a.json"}} | schema order at #/items: the reference https://example.org/a.json leaves the schema (expected: a reference such as #/$defs/Name; nothing is loaded from elsewhere).
                {"$ref":"#/$defs/None"}          | schema order at #: the reference #/$defs/None points nowhere (expected: one of the schemas in $defs).
                {"$schema":"http://json-schema.org/draft-07/schema#"} | schema order: cannot be compiled (
                """.lines().map(line -> line.split(" +\\| ")).map(row -> DynamicTest.dynamicTest(
                row[0],
                () -> assertThatThrownBy(() -> schemas.compile(Schema.of("order", row[0])))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(row[1])));
    }

    @Test
    void ignoresKeywordsThatItDoesNotKnow() {
        assertThat(check("{\"type\":\"string\",\"x-shown\":true}", "\"a\"")).isEmpty();
    }

    @Test
    void readsAStreamToItsEndAndLeavesItOpen() {
        var check = schemas.compile(Schema.of("order", ORDER));

        assertThat(check.check(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public void close() {
                        throw new AssertionError("closed");
                    }
                }))
                .hasSize(2);
    }

    @Test
    void throwsWhatAStreamThrows() {
        assertThatThrownBy(() -> schemas.compile(Schema.of("order", ORDER)).check(new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        throw new IOException("gone");
                    }
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void compilesATextOnceUnderAnyName() {
        var order = schemas.compile(Schema.of("order", ORDER));

        assertThat(schemas.compile(Schema.of("order", ORDER))).isSameAs(order);
        assertThat(schemas.compile(Schema.of("other", ORDER)).schema().name()).isEqualTo("other");
    }

    @Test
    void doesNotTrustADigest() {
        var digest = Schema.of("order", ORDER).digest();
        schemas.compile(Schema.of("order", ORDER));

        assertThat(schemas.check(
                        new Schema("order", digest, "{\"type\":\"string\"}"), "1".getBytes(StandardCharsets.UTF_8)))
                .hasSize(1);
    }

    /** In far less than what would be noticed as running on, also on a busy machine. */
    private static <T> T soon(ThrowingSupplier<T> call) {
        return Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), call);
    }

    private List<Violation> check(String schema, String body) {
        return schemas.check(Schema.of("order", schema), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(List<Violation> violations) {
        return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
    }
}
