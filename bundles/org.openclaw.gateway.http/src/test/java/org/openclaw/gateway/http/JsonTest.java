package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.message.Body;
import tools.jackson.databind.node.JsonNodeFactory;

class JsonTest {
    private final Json json = new Json(64, 1 << 16);

    @ParameterizedTest
    @ValueSource(strings = {"1e10001", "1E+99999", "-1.5e-10001", "{\"n\":1e9999999999}", "[[0e2147483648]]"})
    void refusesNumbersThatNobodyCouldWriteOut(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(catchThrowableOfType(Rejection.class, () -> json.read(bytes))
                        .problem()
                        .detail())
                .contains("exponent", "10000");
        assertThat(catchThrowableOfType(Rejection.class, () -> json.check(bytes))
                        .problem()
                        .detail())
                .contains("exponent", "10000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e10000", "-2.50E-0010000", "1e0", "{\"e99999\":\"1e99999\"}"})
    void takesOthers(String text) throws Rejection {
        json.check(text.getBytes(StandardCharsets.UTF_8));

        assertThat(json.read(text.getBytes(StandardCharsets.UTF_8)).isMissingNode())
                .isFalse();
    }

    @Test
    void showsWhatAgentsWriteAsItIs() {
        assertThat(Json.embed(Body.json("1e99999999999")))
                .isEqualTo(JsonNodeFactory.instance.stringNode("1e99999999999"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[1,",
                "{} {}",
                "[] 7",
                "NaN",
                "-Infinity",
                "+1",
                "0x10",
                "// c\n{}",
                "{\"a\":1,\"a\":2}",
                "{a:1}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void saysWhatIsWrongWithoutNamingWhatReadsIt(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var read = catchThrowableOfType(Rejection.class, () -> json.read(bytes));
        var checked = catchThrowableOfType(Rejection.class, () -> json.check(bytes));

        assertThat(read.problem().code()).isEqualTo("body.malformed");
        assertThat(read.problem().detail()).doesNotContainPattern("`[A-Z]|[a-z]\\.[A-Z]|Feature|Source");
        assertThat(checked.problem().detail()).doesNotContainPattern("`[A-Z]|[a-z]\\.[A-Z]|Feature|Source");
    }
}
