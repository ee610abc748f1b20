package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentView;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Tenant;

class TimerTest {
    private final Bench bench = new Bench().serving();

    @Test
    void firesOnceAndLateWhenTheClockJumps() {
        bench.run("tally/a", new Tally.Remind("one", 10, 1));
        bench.run("tally/a", new Tally.Remind("two", 5, 2));

        bench.advance(Duration.ofDays(3));
        bench.advance(Duration.ofDays(3));

        bench.run("tally/a", new Tally.Note(3));
        assertThat(bench.numbers("tally/a")).containsExactly(2, 1, 3);
    }

    @Test
    void waitsWhenTheClockJumpsBack() {
        bench.run("tally/a", new Tally.Remind("one", 10, 1));

        bench.advance(Duration.ofDays(-1));
        bench.advance(Duration.ofSeconds(20));

        assertThat(timers())
                .singleElement()
                .satisfies(timer -> assertThat(timer.name()).isEqualTo("one"));
    }

    private List<AgentView.Timer> timers() {
        return bench.engine
                .find(Tenant.DEFAULT, Address.of("tally", "a"))
                .orElseThrow()
                .timers();
    }

    @Test
    void replacesATimerOfTheSameName() {
        bench.run("tally/a", new Tally.Remind("one", 10, 1));
        bench.run("tally/a", new Tally.Remind("one", 20, 2));

        bench.advance(Duration.ofMinutes(1));

        bench.run("tally/a", new Tally.Note(3));
        assertThat(bench.numbers("tally/a")).containsExactly(2, 3);
    }

    @Test
    void showsTheSoonestTimerFirst() {
        bench.run("tally/a", new Tally.Remind("a", 20, 1));
        bench.run("tally/a", new Tally.Remind("b", 10, 2));

        assertThat(timers()).extracting(AgentView.Timer::name).containsExactly("b", "a");
        assertThat(timers()).extracting(AgentView.Timer::type).containsOnly("tally.Note");
    }

    @Test
    void showsWhatTimersHoldAsFarAsThereIsRoomForIt() {
        bench.run("tally/a", new Tally.Remind("a", 20, 1));
        bench.run("tally/a", new Tally.Remind("b", 10, 2));

        assertThat(timers()).extracting(AgentView.Timer::body).containsOnly(Optional.empty());
        assertThat(bench.engine.timers(Tenant.DEFAULT, Address.of("tally", "a"), 12))
                .extracting(AgentView.Timer::body)
                .containsExactly(Optional.of(Body.json("{\"number\":2}")), Optional.empty());
        assertThat(bench.engine.timers(Tenant.DEFAULT, Address.of("tally", "nobody"), 12))
                .isEmpty();
    }

    @Test
    void failsATurnThatSetsTooManyTimers() {
        for (int number = 0; number < Bench.SETTINGS.timersPerAgent(); number++) {
            bench.run("tally/a", new Tally.Remind("timer" + number, 10, 1));
        }

        assertThat(bench.run("tally/a", new Tally.Remind("one more", 10, 1)))
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.code()).isEqualTo("timers.full"));
        assertThat(timers()).hasSize(Bench.SETTINGS.timersPerAgent());
    }

    @Test
    void forgetsTheTimersOfARetiredAgent() throws InterruptedException {
        bench.run("tally/a", new Tally.Remind("one", 10, 1));
        bench.engine.retire(Tenant.DEFAULT, Address.of("tally", "a"));
        bench.engine.stop();

        assertThat(bench.alarms.next()).isEmpty();
    }

    @Test
    void firesAlarmsOfOneMomentInTheOrderInWhichTheyWereSet() {
        var alarms = new Alarms();
        var fired = new ArrayList<Integer>();
        for (int number = 0; number < 5; number++) {
            int captured = number;
            alarms.set(Instant.EPOCH, () -> fired.add(captured));
        }
        var cancelled = alarms.set(Instant.EPOCH, () -> fired.add(99));
        alarms.cancel(cancelled);

        alarms.fire(Instant.EPOCH);

        assertThat(fired).containsExactly(0, 1, 2, 3, 4);
    }
}
