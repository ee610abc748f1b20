package org.openclaw.telemetry.health;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LimitsTest {
    @Test
    void nameTheSettingThatIsOutOfItsBounds() {
        assertThatThrownBy(() -> new Limits(101, 0, 90, 1, 3))
                .hasMessageContaining("disk.free.percent: 101.0 (expected: 0 to 100");
        assertThatThrownBy(() -> new Limits(5, -1, 90, 1, 3))
                .hasMessageContaining("disk.free.bytes: -1 (expected: at least 0");
        assertThatThrownBy(() -> new Limits(5, 0, Double.NaN, 1, 3)).hasMessageContaining("heap.percent: NaN");
        assertThatThrownBy(() -> new Limits(5, 0, 90, 1, 0))
                .hasMessageContaining("failed.turns: 0 (expected: at least 1");
    }
}
