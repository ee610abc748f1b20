package org.openclaw.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureLogTest {
    private final TurnableClock clock = new TurnableClock();
    private final FailureLog log = new FailureLog();

    @Test
    void tellsOfTheFirstFailureAtOnce() {
        assertThat(log.failed(clock.instant())).isEqualTo(1);
    }

    @Test
    void tellsOnceAMinuteHowManyThereWere() {
        log.failed(clock.instant());
        for (int i = 0; i < 1000; i++) {
            assertThat(log.failed(clock.instant())).isZero();
        }
        clock.pass(Duration.ofMinutes(1));

        assertThat(log.failed(clock.instant())).isEqualTo(1001);
    }
}
