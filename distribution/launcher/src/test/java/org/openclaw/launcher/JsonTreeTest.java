package org.openclaw.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class JsonTreeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                " true ",
                "\"\\u00e4 \\n \uD83E\uDD9E\"",
                "-1",
                "4294967296",
                "123456789012345678901234567890",
                "1.5e3",
                "{\"a\":[1,{\"b\":null},[],\"x\"],\"c\":{\"d\":false},\"a2\":0.25}",
                "{\"twice\":1,\"twice\":2}",
                ""
            })
    void readsWhatAMapperReads(String text) {
        var expected = new JsonMapper().readTree(text);

        assertThat(JsonTree.read(text)).isEqualTo(expected);
        assertThat(JsonTree.read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,", "{\"a\"", "{\"a\":", "{a:1}", "nul", "1 2", "{} x", "<html>", "[1}", "\"open"})
    void refusesWhatIsNotOneValue(String text) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> JsonTree.read(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000})
    void refusesNestingThatWouldUseUpTheStack(int depth) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> JsonTree.read("[".repeat(depth)));
    }
}
