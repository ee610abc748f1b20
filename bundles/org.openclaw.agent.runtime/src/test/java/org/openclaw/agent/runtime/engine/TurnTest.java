package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openclaw.message.Address;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

class TurnTest {
    private final Bench bench = new Bench().serving();

    @Test
    void throwsAfterItsEnd() {
        bench.run("tally/a", new Tally.Hoard());
        var turn = bench.agent.hoarded.get();

        assertThatThrownBy(turn::now)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The turn of tally/a for tally.Hoard is over");
        assertThatThrownBy(() -> turn.send(Address.of("tally", "b"), new Tally.Note(1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isKnownByItsThreadWhileItRuns() throws InterruptedException {
        var running = bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");

        assertThat(bench.engine.atWork().values())
                .extracting(AgentName::address)
                .containsExactly(Address.of("tally", "a"));

        bench.agent.open("gate");
        bench.outcome(running);
        assertThat(bench.engine.atWork()).isEmpty();
    }

    @Test
    void isReportedWithItsStackWhenItTakesTooLongAndLessAndLessOften() throws InterruptedException {
        var running = bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        bench.advance(Bench.SETTINGS.longTurn().minusMillis(1));
        assertThat(bench.engine.overdue()).isEmpty();

        bench.advance(Duration.ofMillis(1));
        assertThat(bench.engine.overdue())
                .singleElement()
                .satisfies(text ->
                        assertThat(text).contains("tally/a", "tally 1.0.0", "tally.Wait", "60 s", "TallyAgent.handle"));
        bench.advance(Bench.SETTINGS.longTurn().minusMillis(1));
        assertThat(bench.engine.overdue()).isEmpty();
        bench.advance(Duration.ofMillis(1));
        assertThat(bench.engine.overdue()).hasSize(1);

        bench.agent.open("gate");
        bench.outcome(running);
        assertThat(bench.engine.overdue()).isEmpty();
    }

    @Test
    void bringsMessagesFromOneAgentToAnotherInTheirOrder() {
        var passes = IntStream.range(0, 4)
                .mapToObj(pass -> bench.accepted("tally/a", new Tally.Pass("tally/b", pass * 10, 10)))
                .toList();
        passes.forEach(bench::outcome);
        bench.run("tally/b", new Tally.Note(40));

        assertThat(bench.numbers("tally/b"))
                .containsExactlyElementsOf(IntStream.rangeClosed(0, 40).boxed().toList());
    }

    @Test
    void keepsAMessageToATypeThatIsNotThereYet() {
        bench.run("tally/a", new Tally.Pass("later/a", 1, 2));
        bench.settle();

        assertThat(bench.engine.types()).anySatisfy(type -> {
            assertThat(type.name()).isEqualTo("later");
            assertThat(type.serving()).isEmpty();
            assertThat(type.agents()).isEqualTo(1);
        });
        assertThat(bench.engine
                        .find(Tenant.DEFAULT, Address.of("later", "a"))
                        .orElseThrow()
                        .waiting())
                .isEqualTo(2);
    }

    @Test
    void slowsASenderDownWhenTheReserveIsUsedUpAndFailsItsTurnAtTwiceAsMuch() {
        bench.run("tally/a", new Tally.Pass("later/a", 0, 1_000));
        var slowed = bench.accepted("tally/a", new Tally.Pass("later/a", 0, 900));
        while (!(bench.status(slowed) instanceof MessageStatus.Waiting(var why)) || why.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(bench.status(slowed).toString()).contains("reserve");
        assertThat(bench.run("tally/b", new Tally.Note(1))).isInstanceOf(MessageStatus.Done.class);

        bench.advance(Duration.ofSeconds(5));
        assertThat(bench.outcome(slowed)).isInstanceOf(MessageStatus.Done.class);

        var tooMuch = bench.accepted("tally/c", new Tally.Pass("later/a", 0, 101));
        assertThat(bench.outcome(tooMuch))
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.code()).isEqualTo("node.reserve.full"));
        assertThat(bench.engine
                        .find(Tenant.DEFAULT, Address.of("later", "a"))
                        .orElseThrow()
                        .waiting())
                .isEqualTo(1_900);
    }

    @Test
    void setsMessagesAsideThatAgentsSendToOneThatIsRetired() throws InterruptedException {
        var running = bench.accepted("tally/b", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        bench.engine.retire(Tenant.DEFAULT, Address.of("tally", "b"));
        bench.run("tally/a", new Tally.Pass("tally/b", 7, 1));
        bench.agent.open("gate");
        bench.outcome(running);
        bench.run("tally/a", new Tally.Pass("tally/b", 8, 1));

        assertThat(bench.engine
                        .list(Tenant.DEFAULT, Optional.empty(), Optional.empty(), 10)
                        .letters())
                .hasSize(2)
                .allSatisfy(letter -> assertThat(letter.last().code()).isEqualTo("agent.retired"));
    }

    @Test
    void tellsWhoeverWaitsHowAMessageOfAnotherAgentEnded() throws Exception {
        var busy = bench.accepted("tally/b", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        bench.run("tally/a", new Tally.Pass("tally/b", 7, 1));
        var waiting = bench.engine
                .inbox(Tenant.DEFAULT, Address.of("tally", "b"), 10, 0)
                .getFirst();
        var outcome = bench.engine
                .outcome(Tenant.DEFAULT, waiting.receipt())
                .orElseThrow()
                .toCompletableFuture();

        assertThat(outcome).isNotDone();
        bench.agent.open("gate");
        bench.outcome(busy);
        assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(MessageStatus.Done.class);
    }
}
