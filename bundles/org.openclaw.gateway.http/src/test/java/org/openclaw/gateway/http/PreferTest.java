package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=5 | 5",
                "wait | 30",
                "WAIT = 7 | 7",
                "wait=\"8\" | 8",
                "respond-async, wait=9 | 9",
                "wait=121 | 120",
                "wait=999999999 | 120",
                "wait=0 | 0",
                "wait=-1 | 0",
                "wait=9999999999 | 0",
                "wait=soon | 0",
                "waiting=5 | 0",
                "return=minimal | 0"
            })
    void readsHowLongTheClientWouldWait(String header, int seconds) {
        var request = new Request("POST", "/", "", _ -> Optional.of(header), TestDoor.NO_CONTENT);

        assertThat(Prefer.waiting(request).orElse(Duration.ZERO)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
