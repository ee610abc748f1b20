package org.openclaw.schema.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.openclaw.schema.Compatibility;
import org.openclaw.schema.Incompatibility;
import org.openclaw.schema.Schema;

final class CompareTest {
    /**
     * Each case: its name, the older schema, the newer, what the newer cannot read of the older, and what the older cannot read of the
     * newer. A dash: all is well; a star: something is said.
     */
    private static final String CASES = """
        added optional
        {"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}
        {"type":"object","properties":{"a":{"type":"string"},"b":{"type":["integer","null"]}},"required":["a"]}
        -
        -

        added required
        {"type":"object","properties":{}}
        {"type":"object","properties":{"a/b":{"type":"string"}},"required":["a/b"]}
        /a~1b: the newer version requires it, the older may leave it out. Make it optional, or give the message another type.
        -

        removed required
        {"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}
        {"type":"object","properties":{}}
        -
        /a: the older version requires it, the newer may leave it out. Keep it, and keep it required, or give the message another type.

        removed optional
        {"type":"object","properties":{"a":{"type":["string","null"]}}}
        {"type":"object","properties":{}}
        -
        -

        optional made required
        {"type":"object","properties":{"a":{"type":["string","null"]}}}
        {"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}
        /a: the newer version requires it, the older may leave it out. Make it optional, or give the message another type. /a: the newer version reads a string, the older may write null. Keep it optional, or give the message another type.
        -

        another type
        {"type":"object","properties":{"a":{"type":"string"}}}
        {"type":"object","properties":{"a":{"type":"integer"}}}
        /a: the newer version reads a whole number, the older may write a string. Keep its type, and put the new one under another name, or give the message another type.
        /a: the older version reads a string, the newer may write a whole number. Keep its type, and put the new one under another name, or give the message another type.

        int to long
        {"type":"integer","format":"int32","minimum":-2147483648,"maximum":2147483647}
        {"type":"integer","format":"int64","minimum":-9223372036854775808,"maximum":9223372036854775807}
        -
        the body: the older version reads numbers from -2147483648 on, the newer may write lesser ones. Keep the bound, or give the message another type. the body: the older version reads numbers up to 2147483647, the newer may write greater ones. Keep the bound, or give the message another type.

        int without bounds, of an older processor
        {"type":"integer","format":"int32"}
        {"type":"integer","format":"int32","minimum":-2147483648,"maximum":2147483647}
        -
        -

        int to double
        {"type":"integer","format":"int32","minimum":-2147483648,"maximum":2147483647}
        {"type":"number","format":"double"}
        -
        the body: the older version reads a whole number, the newer may write a number with a fraction. Keep its type, and put the new one under another name, or give the message another type. the body: the older version reads numbers from -2147483648 on, the newer may write lesser ones. Keep the bound, or give the message another type. the body: the older version reads numbers up to 2147483647, the newer may write greater ones. Keep the bound, or give the message another type.

        float to double
        {"type":"number","format":"float"}
        {"type":"number","format":"double"}
        -
        the body: the older version reads numbers from -340282356779733661637539395458142568448 on, the newer may write lesser ones. Keep the bound, or give the message another type. the body: the older version reads numbers up to 340282356779733661637539395458142568448, the newer may write greater ones. Keep the bound, or give the message another type.

        double to decimal
        {"type":"number","format":"double","minimum":0}
        {"type":"number","exclusiveMinimum":-1}
        -
        *

        exclusive bounds of whole numbers
        {"type":"integer","minimum":1,"maximum":9}
        {"type":"integer","exclusiveMinimum":0.5,"exclusiveMaximum":10}
        -
        -

        narrowed bound
        {"type":"integer","minimum":0}
        {"type":"integer","minimum":1}
        the body: the newer version reads numbers from 1 on, the older may write lesser ones. Widen the bound, or give the message another type.
        -

        added constant
        {"type":"string","enum":["A","B"]}
        {"type":"string","enum":["A","B","C"]}
        -
        the body: the older version does not know "C", which the newer may write. Put the new value under another name, or give the message another type.

        opened enum
        {"type":"string","enum":["A","B"]}
        {"type":"string"}
        -
        the body: the older version reads only "A", "B", the newer may write others. Keep the values closed, or give the message another type.

        constant under rules
        {"type":"string","enum":["A","BB"]}
        {"type":"string","maxLength":1,"pattern":"^(?:[A-Z]+)$"}
        the body: the newer version does not know "BB", which the older may write. Keep it among the values, or give the message another type.
        *

        longer text
        {"type":"string","maxLength":10}
        {"type":"string","minLength":1,"maxLength":20}
        the body: the newer version reads at least 1 characters, the older may write fewer. Widen the bound, or give the message another type.
        the body: the older version reads at most 10 characters, the newer may write more. Keep the bound, or give the message another type.

        pattern and format
        {"type":"string","format":"uuid"}
        {"type":"string","pattern":"^(?:a)$"}
        the body: the newer version reads texts that match ^(?:a)$, the older may write others. Take the rule away, or keep it as it was, or give the message another type.
        the body: the older version reads texts of the format uuid, the newer may write others. Keep the rule as it was, or give the message another type.

        list to set
        {"type":"array","items":{"type":"string"}}
        {"type":"array","items":{"type":"string"},"uniqueItems":true}
        the body: the newer version reads elements that differ, the older may write equal ones. Keep it a List, or give the message another type.
        -

        elements
        {"type":"array","items":{"type":"string"},"maxItems":3}
        {"type":"array","items":{"type":"boolean"}}
        /*: the newer version reads a boolean, the older may write a string. Keep its type, and put the new one under another name, or give the message another type.
        the body: the older version reads at most 3 elements, the newer may write more. Keep the bound, or give the message another type. /*: the older version reads a string, the newer may write a boolean. Keep its type, and put the new one under another name, or give the message another type.

        map
        {"type":"object","additionalProperties":{"type":"string"},"minProperties":1}
        {"type":"object","additionalProperties":{"type":["string","null"]}}
        -
        /*: the older version reads a string, the newer may write null. Keep it required, or give the message another type. the body: the older version reads at least 1 members, the newer may write fewer. Keep the bound, or give the message another type.

        record to map
        {"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}
        {"type":"object","additionalProperties":{"type":"string"}}
        -
        /a: the older version requires it, the newer may leave it out. Keep it, and keep it required, or give the message another type.

        optional enum made required
        {"type":"object","properties":{"a":{"anyOf":[{"type":"string","enum":["A"]},{"type":"null"}]}}}
        {"type":"object","properties":{"a":{"type":"string","enum":["A"]}},"required":["a"]}
        /a: the newer version requires it, the older may leave it out. Make it optional, or give the message another type. /a: the newer version reads a string, the older may write null. Keep it optional, or give the message another type.
        -

        recursive
        {"type":"object","properties":{"in":{"anyOf":[{"$ref":"#"},{"type":"null"}]}}}
        {"type":"object","properties":{"in":{"anyOf":[{"$ref":"#"},{"type":"null"}]},"size":{"type":["integer","null"]}}}
        -
        -

        recursive, deep inside
        {"$ref":"#/$defs/A","$defs":{"A":{"type":"object","properties":{"b":{"type":"array","items":{"$ref":"#/$defs/A"}},"n":{"type":"integer"}},"required":["n"]}}}
        {"type":"object","properties":{"b":{"type":"array","items":{"$ref":"#"}},"n":{"type":"string"}},"required":["n"]}
        /n: the newer version reads a string, the older may write a whole number. Keep its type, and put the new one under another name, or give the message another type.
        /n: the older version reads a whole number, the newer may write a string. Keep its type, and put the new one under another name, or give the message another type.

        closed reader
        {"type":"object","properties":{"a":{"type":"string"}}}
        {"type":"object","properties":{},"additionalProperties":false}
        /a: the newer version refuses members that it does not declare, and the older may write this one. Declare it, or leave additionalProperties out, or give the message another type.
        -

        unknown keyword
        {"type":"array","items":{"type":"string"}}
        {"type":"array","items":{"type":"string"},"contains":{"const":"a"}}
        the body: the newer version asserts contains, of which nothing is known here, so whether what the older writes fits cannot be told. Use what the annotation processor derives, or give the message another type.
        -

        the same unknown keyword
        {"type":"array","contains":{"const":"a"},"description":"old"}
        {"type":"array","contains":{"const":"a"},"description":"old","maxItems":3}
        *
        *

        two parts that declare members together
        {"allOf":[{"type":"object","properties":{"a":{"type":"string"}}},{"properties":{"b":{"type":"integer"}}}]}
        {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}
        *
        *

        anything
        true
        {"type":"string"}
        *
        -

        without end
        {"$ref":"#"}
        {"type":"string"}
        *
        *

        another description
        {"type":"string","description":"one"}
        {"type":"string","description":"another"}
        -
        -
        """;

    private final JsonSchemas schemas = new JsonSchemas();

    @TestFactory
    Stream<DynamicTest> says() {
        return Arrays.stream(CASES.split("\n\n", -1))
                .map(lines -> lines.strip().lines().toList())
                .map(lines -> DynamicTest.dynamicTest(lines.get(0), () -> {
                    var said = compare(lines.get(1), lines.get(2), Compatibility.FULL);
                    expect(said, Incompatibility.Reader.NEWER, lines.get(3));
                    expect(said, Incompatibility.Reader.OLDER, lines.get(4));
                }));
    }

    private static void expect(List<Incompatibility> said, Incompatibility.Reader reader, String expected) {
        var text = said.stream()
                .filter(each -> each.reader() == reader)
                .map(Incompatibility::toString)
                .collect(Collectors.joining(" "));
        if (expected.equals("*")) {
            assertThat(text).isNotEmpty();
        } else {
            assertThat(text).isEqualTo(expected.equals("-") ? "" : expected);
        }
    }

    @Test
    void asksOnlyForWhatThePolicySays() {
        var older = "{\"type\":\"integer\",\"maximum\":9}";
        var newer = "{\"type\":\"integer\",\"minimum\":0}";

        assertThat(compare(older, newer, Compatibility.BACKWARD))
                .singleElement()
                .hasToString("the body: the newer version reads numbers from 0 on, the older may write lesser ones."
                        + " Widen the bound.");
        assertThat(compare(older, newer, Compatibility.FORWARD))
                .singleElement()
                .hasToString("the body: the older version reads numbers up to 9, the newer may write greater ones."
                        + " Keep the bound, or give the message another type.");
        assertThat(compare(older, newer, Compatibility.FULL)).hasSize(2);
        assertThat(compare(older, newer, Compatibility.NONE)).isEmpty();
    }

    @Test
    void refusesToCompareDifferentThings() {
        assertThatThrownBy(() -> schemas.compare(
                        Schema.of("order.Placed", "{}"), Schema.of("order.Paid", "{}"), Compatibility.FULL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "schemas order.Placed and order.Paid: describe different things (expected: two versions of one)."
                                + " Compare by name.");
    }

    @Test
    void asksOfEachPairOnce() {
        assertThat(compare(entangled("integer"), entangled("number"), Compatibility.BACKWARD))
                .isEmpty();
        assertThat(compare(doubling("integer"), doubling("number"), Compatibility.BACKWARD))
                .isEmpty();
    }

    /** Forty levels of two alternatives each: a million million ways to its only text. */
    @Test
    @Timeout(60)
    void givesUpOnWhatBranchesWithoutEnd() {
        var branching = IntStream.range(0, 40)
                .mapToObj(i -> "\"A%d\":{\"anyOf\":[{\"$ref\":\"#/$defs/A%d\"},{\"$ref\":\"#/$defs/A%d\"}]}"
                        .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(
                        ",", "{\"$ref\":\"#/$defs/A0\",\"$defs\":{", ",\"A40\":{\"type\":\"string\"}}}"));

        assertThat(compare(branching, "{\"type\":\"string\",\"maxLength\":9}", Compatibility.BACKWARD))
                .isNotEmpty();
        assertThat(compare(branching, "{\"type\":[\"string\",\"null\"]}", Compatibility.BACKWARD))
                .satisfiesAnyOf(
                        found -> assertThat(found).isEmpty(),
                        found -> assertThat(found.toString()).contains("too large"));
    }

    /** Every record holds each of the others. */
    private static String entangled(String type) {
        var all = IntStream.range(0, 30)
                .mapToObj(i -> "\"p%d\":{\"$ref\":\"#/$defs/R%d\"}".formatted(i, i))
                .collect(Collectors.joining(","));
        return IntStream.range(0, 30)
                .mapToObj(i -> "\"R%d\":{\"type\":\"object\",\"properties\":{%s,\"n\":{\"type\":\"%s\"}}}"
                        .formatted(i, all, type))
                .collect(Collectors.joining(",", "{\"$ref\":\"#/$defs/R0\",\"$defs\":{", "}}"));
    }

    /** Each record has two alternatives that both lead to the next. */
    private static String doubling(String type) {
        return IntStream.range(0, 40)
                .mapToObj(i ->
                        "\"R%d\":{\"type\":\"object\",\"properties\":{\"a\":{\"anyOf\":[{\"$ref\":\"#/$defs/R%d\"},{\"type\":\"null\"}]},\"b\":{\"$ref\":\"#/$defs/R%d\"}}}"
                                .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(
                        ",", "{\"$ref\":\"#/$defs/R0\",\"$defs\":{", ",\"R40\":{\"type\":\"%s\"}}}".formatted(type)));
    }

    private List<Incompatibility> compare(String older, String newer, Compatibility policy) {
        return schemas.compare(Schema.of("order", older), Schema.of("order", newer), policy);
    }
}
