package org.openclaw.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTest {
    private static Notice notice(String kind, String text) {
        return new Notice(Instant.EPOCH, kind, "a.jar", Severity.INFO, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bundle", "Bundle.serving", "bundle.", "bundle.serving.1", "bundle serving"})
    void refusesAKindOfAnotherShape(String kind) {
        assertThatThrownBy(() -> notice(kind, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("event kind: '" + kind + "'");
    }

    @Test
    void cutsATextThatIsTooLong() {
        assertThat(notice("bundle.serving", "x".repeat(2_000)).text())
                .hasSize(1_003)
                .endsWith("x...");
    }
}
