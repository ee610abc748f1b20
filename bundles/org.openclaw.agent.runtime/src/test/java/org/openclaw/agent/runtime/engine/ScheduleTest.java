package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.Schedule;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.StoreException;

/** Timers that fire again and again. The clock of the bench begins on a Sunday at noon, UTC. */
class ScheduleTest {
    private static final Address A = Address.of("talk", "a");

    private final Bench bench = new Bench();
    private final TalkAgent agent = new TalkAgent();
    private int ids;

    private static void serve(Bench on, TalkAgent agent) {
        on.engine.add(Fixtures.version("talk", 1, agent, Talk.class, Talk.Memory.class));
    }

    private MessageStatus tell(Bench on, String what) {
        var body = Body.json("{\"what\":\"" + what + "\"}");
        var receipt =
                on.engine.send(Tenant.DEFAULT, A, new Message("s-" + ++ids, "/test", "talk.Hear", on.now.get(), body));
        var status = on.outcome((Receipt.Accepted) receipt);
        on.settle();
        return status;
    }

    private static String memory(Bench of) {
        return of.engine
                .find(Tenant.DEFAULT, A)
                .orElseThrow()
                .memory()
                .orElseThrow()
                .text();
    }

    private static AgentView.Timer timer(Bench of) {
        var timers = of.engine.find(Tenant.DEFAULT, A).orElseThrow().timers();
        assertThat(timers).hasSize(1);
        return timers.getFirst();
    }

    private static void pass(Bench on, Duration time) {
        on.settle();
        on.advance(time);
        on.settle();
    }

    @Test
    void firesAtEachTimeUntilItIsTakenBack() throws StoreException {
        agent.with("a", (what, turn) -> {
            switch (what) {
                case "begin" ->
                    turn.schedule("daily", Schedule.cron("0 6 * * *", ZoneId.of("UTC")), new Talk.Hear("tick"));
                case "end" -> turn.forget("daily");
                default -> {}
            }
            return what;
        });
        serve(bench, agent);
        tell(bench, "begin");
        assertThat(timer(bench).schedule()).contains("cron 0 6 * * * UTC");
        assertThat(timer(bench).due()).hasToString("2026-03-02T06:00:00Z");

        pass(bench, Duration.ofHours(18));
        pass(bench, Duration.ofHours(24));
        assertThat(timer(bench).due()).hasToString("2026-03-04T06:00:00Z");
        tell(bench, "end");
        pass(bench, Duration.ofDays(2));

        assertThat(memory(bench)).contains("begin tick tick end\"");
        assertThat(bench.store.scan(Key.first(Kind.TIMER), Key.end(Kind.TIMER), 10))
                .isEmpty();
    }

    @Test
    void firesOnceForWhatItMissedAcrossARestart() {
        TalkAgent.Script script = (what, turn) -> {
            if (what.equals("begin")) {
                turn.schedule("hourly", Schedule.every(Duration.ofHours(1)), new Talk.Hear("tick"));
            }
            return what;
        };
        serve(bench, agent.with("a", script));
        tell(bench, "begin");

        var next = bench.again();
        serve(next, new TalkAgent().with("a", script));
        pass(next, Duration.ofMinutes(5 * 60 + 30));

        assertThat(memory(next)).contains("begin tick\"");
        assertThat(timer(next).due()).isEqualTo(next.now.get().plus(Duration.ofMinutes(30)));
    }

    @Test
    void firesOnceForATimeBetweenTwoMilliseconds() {
        bench.now.updateAndGet(now -> now.plusNanos(700_000));
        agent.with("a", (what, turn) -> {
            if (what.equals("begin")) {
                turn.schedule("often", Schedule.every(Duration.ofSeconds(1)), new Talk.Hear("tick"));
            }
            return what;
        });
        serve(bench, agent);
        tell(bench, "begin");

        pass(bench, Duration.ofNanos(999_500_000)); // behind the millisecond of the timer, before the time itself
        pass(bench, Duration.ofNanos(100_000));
        pass(bench, Duration.ofNanos(200_000));

        assertThat(memory(bench)).contains("begin tick\"");
    }

    @Test
    void refusesATimeThatNoTimerCanHave() {
        agent.with("a", (what, turn) -> {
            turn.remindAt("never", Instant.MAX, new Talk.Hear("tick"));
            return what;
        });
        serve(bench, agent);

        assertThat(tell(bench, "begin"))
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.cause()).contains("9999"));
    }

    @Test
    void aTimeThatIsPastFiresAtOnce() {
        agent.with("a", (what, turn) -> {
            if (what.equals("begin")) {
                turn.remindAt("now", Instant.MIN, new Talk.Hear("tick"));
            }
            return what;
        });
        serve(bench, agent);
        tell(bench, "begin");
        pass(bench, Duration.ZERO);

        assertThat(memory(bench)).contains("begin tick\"");
    }

    @Test
    void leavesATimeOutWhileTheLastOneWaits() {
        var gate = new CountDownLatch(1);
        agent.with("a", (what, turn) -> {
            if (what.equals("begin")) {
                turn.schedule("often", Schedule.every(Duration.ofSeconds(1)), new Talk.Hear("tick"));
            } else {
                gate.await();
            }
            return what;
        });
        serve(bench, agent);
        tell(bench, "begin");

        for (int second = 0; second < 10; second++) {
            bench.advance(Duration.ofSeconds(1));
        }
        gate.countDown();
        bench.settle();

        assertThat(memory(bench)).contains("begin tick\"");
        pass(bench, Duration.ofSeconds(1));
        assertThat(memory(bench)).contains("begin tick tick\"");
    }

    @Test
    void aTimerOfTheSameNameReplacesIt() {
        agent.with("a", (what, turn) -> {
            switch (what) {
                case "begin" -> turn.schedule("x", Schedule.every(Duration.ofSeconds(10)), new Talk.Hear("tick"));
                case "move" -> turn.remindAt("x", turn.now().plusSeconds(60), new Talk.Hear("moved"));
                default -> {}
            }
            return what;
        });
        serve(bench, agent);
        tell(bench, "begin");
        tell(bench, "move");

        pass(bench, Duration.ofSeconds(59));
        pass(bench, Duration.ofSeconds(1));
        pass(bench, Duration.ofSeconds(60));

        assertThat(memory(bench)).contains("begin move moved\"");
    }

    @Test
    void failsTheTurnThatSetsOneThatNeverFires() {
        agent.with("a", (what, turn) -> {
            turn.schedule("never", Schedule.cron("0 0 30 2 *", ZoneId.of("UTC")), new Talk.Hear("tick"));
            return what;
        });
        serve(bench, agent);

        assertThat(tell(bench, "begin"))
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.cause()).contains("never"));
    }
}
