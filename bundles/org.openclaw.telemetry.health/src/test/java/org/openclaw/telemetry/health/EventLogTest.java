package org.openclaw.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openclaw.telemetry.Notice;
import org.openclaw.telemetry.RuntimeEvent;
import org.openclaw.telemetry.Severity;

class EventLogTest {
    private final EventLog log = new EventLog();

    private static Notice notice(int second, String kind) {
        return new Notice(TestNode.START.plusSeconds(second), kind, "x", Severity.INFO, kind + second);
    }

    @Test
    void hasTheNewestFirst() {
        log.add(notice(1, "bundle.serving"));
        log.add(notice(3, "bundle.serving"));
        log.add(notice(2, "turn.failed"));

        assertThat(log.newestFirst())
                .extracting(RuntimeEvent::text)
                .containsExactly("bundle.serving3", "turn.failed2", "bundle.serving1");
    }

    @Test
    void forgetsTheOldestOfTheMostFrequentKind() {
        log.add(notice(0, "bundle.refused"));
        IntStream.rangeClosed(1, 500).forEach(second -> log.add(notice(second, "turn.failed")));

        assertThat(log.newestFirst()).hasSize(100);
        assertThat(log.newestFirst().getLast()).isEqualTo(notice(0, "bundle.refused"));
        assertThat(log.newestFirst().get(98)).isEqualTo(notice(402, "turn.failed"));
    }
}
