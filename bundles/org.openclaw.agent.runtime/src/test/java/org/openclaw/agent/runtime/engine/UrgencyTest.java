package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.openclaw.message.Delivery;

class UrgencyTest {
    private static final long SECOND = 1_000_000;
    private static final long ACCEPTED = 1_000 * SECOND;

    private long nanos = 77;
    private final Urgency urgency = new Urgency(() -> nanos);

    private static long patience(Delivery delivery) {
        return Urgency.patience(delivery, ACCEPTED);
    }

    private static Instant at(long micros) {
        return Micros.instant(micros);
    }

    @Test
    void hasTenSecondsOfPatienceForEachLevel() {
        assertThat(patience(Delivery.of(9))).isZero();
        assertThat(patience(Delivery.NORMAL)).isEqualTo(50 * SECOND).isEqualTo(Urgency.USUAL);
        assertThat(patience(Delivery.of(0))).isEqualTo(90 * SECOND);
    }

    @Test
    void hasNoMoreThanUntilItsDeadlineAndNeverLessThanNone() {
        assertThat(patience(Delivery.of(0).by(at(ACCEPTED + 3 * SECOND)))).isEqualTo(3 * SECOND);
        assertThat(patience(Delivery.of(8).by(at(ACCEPTED + 30 * SECOND)))).isEqualTo(10 * SECOND);
        assertThat(patience(Delivery.NORMAL.by(Instant.EPOCH))).isZero();
        assertThat(patience(Delivery.NORMAL.by(Instant.parse("9999-12-31T00:00:00Z"))))
                .isEqualTo(Urgency.USUAL);
    }

    @Test
    void knowsWhenANumberWasAcceptedToATenthOfASecond() {
        for (long number = 1; number <= 100_000; number++) {
            nanos += 10_000_000;
            urgency.accepted(number);
        }

        assertThat(urgency.due(100_000, 5) - urgency.due(99_000, 5)).isBetween(9_900_000L, 10_100_000L);
        assertThat(urgency.due(1, 0)).isLessThanOrEqualTo(urgency.due(50_000, 0));
        assertThat(urgency.due(50_000, 0)).isLessThan(urgency.due(99_000, 0));
    }

    @Test
    void takesWhatWasFoundForAsOldAsItIsWhateverTheClockSays() {
        var found = new TreeMap<Long, Long>();
        found.put(4L, ACCEPTED - 60 * SECOND);
        found.put(8L, ACCEPTED + 99 * SECOND); // the clock was set back since
        found.put(12L, ACCEPTED - 10 * SECOND);
        urgency.found(found, ACCEPTED);
        urgency.accepted(16);

        assertThat(urgency.due(4, 0)).isEqualTo(-60 * SECOND);
        assertThat(urgency.due(8, 0)).isZero();
        assertThat(urgency.due(12, 0)).isZero();
        assertThat(urgency.due(2, 0)).isEqualTo(-60 * SECOND);
        assertThat(urgency.due(4, Urgency.USUAL)).isLessThan(urgency.due(16, 0));
    }
}
