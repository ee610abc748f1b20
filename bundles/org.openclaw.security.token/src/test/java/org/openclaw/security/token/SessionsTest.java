package org.openclaw.security.token;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionsTest {
    @Test
    void refusesLimitsOutOfBounds() {
        assertThatThrownBy(() -> new Sessions.Limits(Duration.ZERO, Duration.ofHours(1), 1))
                .hasMessage("session.idle.minutes: 0 (expected: 1 to 1440)");
        assertThatThrownBy(() -> new Sessions.Limits(Duration.ofMinutes(1), Duration.ofHours(169), 1))
                .hasMessage("session.max.hours: 169 (expected: 1 to 168)");
        assertThatThrownBy(() -> new Sessions.Limits(Duration.ofMinutes(1), Duration.ofHours(1), 0))
                .hasMessage("sessions.max: 0 (expected: 1 to 10000)");
    }
}
