package org.openclaw.schema.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedRegexTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "^a.c$",
                "[A-Z]{2,3}?",
                "[^a-z_-]+",
                "(?:a|b)*?",
                "(a)(?=b)(?!c)",
                "\\d\\D\\w\\W\\s\\S",
                "\\bword\\B",
                "\\t\\n\\r\\f\\x41\\u0041",
                "\\^\\$\\\\\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|\\/",
                "[\\d\\]\\-a]",
                "[a&b]",
                "x{3}y{3,}"
            })
    void acceptsWhatMeansTheSameEverywhere(String regex) {
        assertThat(SharedRegex.problem(regex)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a*+",
                "a{2}+",
                "(?i)a",
                "(?<name>a)",
                "(?<=a)b",
                "(?>a)",
                "(a)\\1",
                "\\Qa\\E",
                "\\Aa\\z",
                "\\p{L}",
                "\\v",
                "\\h",
                "\\cA",
                "[a[b]]",
                "[a&&b]",
                "[]a]",
                "[\\d-x]",
                "[\\b]",
                "a}",
                "]",
                "^*",
                "(?=a)*",
                "\\-"
            })
    void refusesWhatDoesNot(String regex) {
        assertThat(SharedRegex.problem(regex)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[a", "a{", "*", "\\"})
    void refusesWhatIsNoRegularExpression(String regex) {
        assertThat(SharedRegex.problem(regex)).get().asString().startsWith("is no regular expression (");
    }

    @Test
    void refusesALongOne() {
        assertThat(SharedRegex.problem("a".repeat(1_001))).contains("has more than 1,000 characters");
    }
}
