package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private final Json json = new Json(64, 1 << 16);

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
