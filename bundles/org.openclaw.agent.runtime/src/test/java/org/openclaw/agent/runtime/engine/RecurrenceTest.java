package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.agent.Schedule;

class RecurrenceTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> times(Schedule schedule, String from, int count) {
        var at = Instant.parse(from);
        var times = Recurrence.read(Recurrence.of(schedule, at).text());
        var found = new ArrayList<String>();
        for (int time = 0; time < count; time++) {
            at = times.after(at).orElseThrow();
            found.add(at.toString());
        }
        return found;
    }

    @Test
    void firesAtTheTimesOfItsZone() {
        assertThat(times(Schedule.cron("30 8 * * MON-FRI", BERLIN), "2026-01-02T07:00:00Z", 3))
                .containsExactly("2026-01-02T07:30:00Z", "2026-01-05T07:30:00Z", "2026-01-06T07:30:00Z");
    }

    @Test
    void keepsTheTimeOfTheClockThroughDaylightSaving() {
        assertThat(times(Schedule.cron("0 9 * * *", BERLIN), "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T07:00:00Z", "2026-03-30T07:00:00Z");
    }

    @Test
    void firesOnceBehindAGapForATimeInIt() {
        assertThat(times(Schedule.cron("30 2,3 * * *", BERLIN), "2026-03-28T12:00:00Z", 3))
                .containsExactly("2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z", "2026-03-30T01:30:00Z");
    }

    @Test
    void losesNoneOfTheTimesInAGap() {
        assertThat(times(Schedule.cron("0,30 2 * * *", BERLIN), "2026-03-28T12:00:00Z", 3))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:00:00Z");
        assertThat(times(Schedule.cron("30 2,4 * * *", BERLIN), "2026-03-29T01:10:00Z", 2))
                .containsExactly("2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z");
    }

    @Test
    void firesOnceForATimeThatIsThereTwice() {
        assertThat(times(Schedule.cron("30 2 * * *", BERLIN), "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void goesOnFromAnyMomentOfAnHourThatIsThereTwice() {
        for (var from = Instant.parse("2026-10-24T23:00:00Z");
                from.isBefore(Instant.parse("2026-10-25T03:00:00Z"));
                from = from.plusSeconds(60)) {
            var at = from;
            assertThat(Recurrence.of(Schedule.cron("*/20 * * * *", BERLIN), at).after(at))
                    .get()
                    .matches(next ->
                            next.isAfter(at) && Duration.between(at, next).toMinutes() <= 80);
        }
    }

    @Test
    void countsIntervalsFromWhenItWasSet() {
        assertThat(times(Schedule.every(Duration.ofMinutes(10)), "2026-10-25T00:03:00Z", 2))
                .containsExactly("2026-10-25T00:13:00Z", "2026-10-25T00:23:00Z");
        var every = Recurrence.of(Schedule.every(Duration.ofMinutes(10)), Instant.parse("2026-10-25T00:03:00Z"));
        assertThat(every.after(Instant.parse("2026-10-25T05:04:00Z"))).contains(Instant.parse("2026-10-25T05:13:00Z"));
        assertThat(every.after(Instant.parse("2026-10-24T00:00:00Z"))).contains(Instant.parse("2026-10-25T00:13:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"0 0 29 2 *,2028-02-29T00:00:00Z", "0 0 1 1 0,2026-01-01T00:00:00Z", "0 0 * * 7,2026-01-04T00:00:00Z"})
    void understandsWhatACrontabDoes(String expression, String first) {
        assertThat(times(Schedule.cron(expression, ZoneId.of("UTC")), "2025-12-31T12:00:00Z", 1))
                .containsExactly(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "61 * * * *", "* * * *", "* * * * * * *", "0 8|9 * * *", "0 8 * * * || 0 9 * * *"})
    void refusesWhatIsNoExpression(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recurrence.of(Schedule.cron(expression, BERLIN), Instant.EPOCH))
                .withMessageContaining("'" + expression + "'")
                .withMessageContaining("30 8 * * MON-FRI");
    }

    @Test
    void refusesAnIntervalBeyondACentury() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recurrence.of(Schedule.every(Duration.ofSeconds(Long.MAX_VALUE)), Instant.EPOCH));
    }

    @Test
    void refusesAnIntervalBelowASecond() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recurrence.of(Schedule.every(Duration.ofMillis(999)), Instant.EPOCH))
                .withMessageContaining("at least every second");
    }
}
