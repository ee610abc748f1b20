package org.openclaw.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
    private final Latencies.Recorder recorder = new Latencies.Recorder();

    private void record(long micros) {
        recorder.record(Duration.of(micros, ChronoUnit.MICROS));
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    @Test
    void knowNoPercentileOfNothing() {
        assertThat(recorder.read().percentile(0.5)).isEmpty();
        assertThat(recorder.read().count()).isZero();
    }

    @Test
    void areNeverTooShortAndAtMostAnEighthTooLong() {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 10_000; round++) {
            var alone = new Latencies.Recorder();
            long took = random.nextLong(1L << random.nextInt(1, 37));
            alone.record(Duration.of(took, ChronoUnit.MICROS));
            long said = micros(alone.read().percentile(1).orElseThrow());

            assertThat(said).isBetween(took, took + took / 8);
        }
    }

    @Test
    void giveThePercentilesOfWhatWasRecorded() {
        IntStream.rangeClosed(1, 1_000).forEach(this::record);
        var latencies = recorder.read();

        assertThat(latencies.count()).isEqualTo(1_000);
        assertThat(micros(latencies.percentile(0.5).orElseThrow())).isBetween(500L, 563L);
        assertThat(micros(latencies.percentile(0.99).orElseThrow())).isBetween(990L, 1_114L);
        assertThat(micros(latencies.percentile(0.001).orElseThrow())).isEqualTo(1);
    }

    @Test
    void giveWhatLiesBetweenTwoReadings() {
        record(1_000_000);
        var before = recorder.read();
        record(10);
        record(10);

        var between = recorder.read().since(before);

        assertThat(between.count()).isEqualTo(2);
        assertThat(micros(between.percentile(1).orElseThrow())).isEqualTo(10);
    }

    @Test
    void giveAllThatThereIsWhenTheSourceHasBegunAnew() {
        record(5);
        record(5);
        var before = recorder.read();
        var anew = new Latencies.Recorder();
        anew.record(Duration.ofSeconds(1));

        assertThat(anew.read().since(before).count()).isEqualTo(1);
    }

    @Test
    void countAClockThatWasSetBackAsZeroAndTheEndlessAsTheirMost() {
        recorder.record(Duration.ofSeconds(-3));
        assertThat(recorder.read().percentile(1)).contains(Duration.ZERO);

        recorder.record(Duration.ofDays(400_000_000));
        assertThat(recorder.read().percentile(1).orElseThrow()).isGreaterThan(Duration.ofHours(38));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.001, Double.NaN})
    void refuseAShareThatIsNone(double share) {
        assertThatThrownBy(() -> Latencies.NONE.percentile(share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("share: " + share);
    }
}
