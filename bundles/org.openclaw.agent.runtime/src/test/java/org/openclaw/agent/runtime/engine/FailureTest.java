package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.DeadLetter;
import org.openclaw.agent.RecentTurn;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.message.Address;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;
import org.openclaw.telemetry.RuntimeEvent;

/** What becomes of turns that fail. */
class FailureTest {
    private static final Address A = Address.of("tally", "a");

    private final FlakyAgent agent = new FlakyAgent();
    private final Bench bench = serving(new Bench(), agent);

    private static Bench serving(Bench bench, FlakyAgent agent) {
        bench.engine.add(version(agent));
        return bench;
    }

    private static AgentVersion version(FlakyAgent agent) {
        return AgentVersion.bind(
                Fixtures.descriptor("tally", agent.getClass(), Tally.class, Tally.Noted.class),
                agent,
                name -> Class.forName(name, false, agent.getClass().getClassLoader()),
                new Precedence(1, 0, 0, "", 0, 1));
    }

    private List<DeadLetter> letters() {
        return letters(bench);
    }

    private static List<DeadLetter> letters(Bench bench) {
        return bench.engine
                .list(Tenant.DEFAULT, Optional.empty(), Optional.empty(), 100)
                .letters();
    }

    private AgentView view() {
        return bench.engine.find(Tenant.DEFAULT, A).orElseThrow();
    }

    /** Lets the waits of all attempts pass. */
    private static void retry(Bench bench) {
        for (int attempt = 0; attempt < 4; attempt++) {
            bench.settle();
            bench.advance(Duration.ofSeconds(3));
        }
        bench.settle();
    }

    @Test
    void areTriedAgainInTheirPlace() {
        agent.faults.set(2);
        var first = bench.accepted("tally/a", new Tally.Note(1));
        var second = bench.accepted("tally/a", new Tally.Note(2));
        bench.settle();

        assertThat(bench.status(first))
                .isInstanceOfSatisfying(
                        MessageStatus.Waiting.class,
                        waiting -> assertThat(waiting.reason())
                                .hasValueSatisfying(why -> assertThat(why).contains("failed 1 times", "fault 1")));
        assertThat(bench.status(second)).isInstanceOf(MessageStatus.Waiting.class);
        bench.advance(Duration.ofMillis(799));
        bench.settle();
        assertThat(agent.calls).hasValue(1);
        retry(bench);

        assertThat(bench.outcome(second)).isInstanceOf(MessageStatus.Done.class);
        assertThat(bench.numbers("tally/a")).containsExactly(1, 2);
        assertThat(view().failures()).isEqualTo(2);
        assertThat(bench.engine.recentTurns(Tenant.DEFAULT, A, 10))
                .extracting(RecentTurn::outcome)
                .containsExactly(
                        RecentTurn.Outcome.DONE,
                        RecentTurn.Outcome.DONE,
                        RecentTurn.Outcome.FAILED,
                        RecentTurn.Outcome.FAILED);
    }

    @Test
    void waitTwiceAsLongEachTimeAcrossARestart() throws InterruptedException {
        agent.faults.set(2);
        bench.accepted("tally/a", new Tally.Note(1));
        bench.settle();
        bench.engine.stop();

        var other = new FlakyAgent();
        var next = serving(bench.again(), other);
        next.settle();
        assertThat(other.calls).hasValue(0);
        other.faults.set(1);
        next.advance(Duration.ofMillis(1_250));
        next.settle();
        assertThat(other.calls).hasValue(1);
        next.advance(Duration.ofMillis(1_500));
        next.settle();
        assertThat(other.calls).hasValue(1);
        next.advance(Duration.ofSeconds(1));
        next.settle();

        assertThat(next.numbers("tally/a")).containsExactly(1);
    }

    @Test
    void becomeDeadLettersWithTheirHistoryAndLetTheNextOneGoOn() {
        var poison = bench.accepted("tally/a", new Tally.Note(-1));
        var next = bench.accepted("tally/a", new Tally.Note(2));
        retry(bench);

        assertThat(bench.outcome(poison))
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.cause()).contains("fault -1"));
        assertThat(bench.outcome(next)).isInstanceOf(MessageStatus.Done.class);
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.receipt()).isEqualTo(poison.id());
            assertThat(letter.to()).isEqualTo(A);
            assertThat(letter.body()).isEmpty();
            assertThat(letter.attempts())
                    .hasSize(3)
                    .allSatisfy(attempt -> assertThat(attempt.code()).isEqualTo("turn.failed"));
        });
        assertThat(bench.engine
                        .letter(Tenant.DEFAULT, poison.id())
                        .orElseThrow()
                        .body())
                .hasValueSatisfying(body -> assertThat(body.text()).isEqualTo("{\"number\":-1}"));
        assertThat(bench.engine.letter(new Tenant("other"), poison.id())).isEmpty();
        assertThat(bench.engine.count()).isEqualTo(1);
    }

    @Test
    void areCountedAllAndToldByTheFirstAndTheLastOnes() {
        var stubborn = serving(new Bench(), new FlakyAgent.Stubborn());
        stubborn.accepted("tally/a", new Tally.Note(-1));
        failTimes(stubborn, 39);
        var next = serving(stubborn.again(), new FlakyAgent.Stubborn());
        failTimes(next, 1);

        assertThat(letters(next)).singleElement().satisfies(letter -> {
            assertThat(letter.failures()).isEqualTo(40);
            assertThat(letter.attempts()).hasSize(16).isSortedAccordingTo(Comparator.comparing(DeadLetter.Attempt::at));
            assertThat(letter.acceptedAt().until(letter.attempts().get(0).at())).isLessThan(Duration.ofSeconds(1));
            assertThat(letter.last().at()).isEqualTo(letter.deadAt());
        });
        assertThat(letters(serving(next.again(), new FlakyAgent.Stubborn()))).isEqualTo(letters(next));
    }

    private static void failTimes(Bench bench, int times) {
        for (int time = 0; time < times; time++) {
            bench.settle();
            bench.advance(Duration.ofMillis(1_300));
        }
        bench.settle();
    }

    @Test
    void areDrivenAgainBehindWhatWaitsAndKeepTheirReceipt() throws InterruptedException {
        agent.faults.set(3);
        var failed = bench.accepted("tally/a", new Tally.Note(1));
        retry(bench);
        bench.run("tally/a", new Tally.Note(2));
        assertThat(bench.status(failed)).isInstanceOf(MessageStatus.Dead.class);

        assertThat(bench.engine.redrive(Tenant.DEFAULT, failed.id())).isTrue();
        assertThat(bench.engine.redrive(Tenant.DEFAULT, failed.id())).isFalse();

        assertThat(bench.outcome(failed)).isInstanceOf(MessageStatus.Done.class);
        assertThat(bench.numbers("tally/a")).containsExactly(2, 1);
        assertThat(letters()).isEmpty();
        bench.engine.stop();
        var next = serving(bench.again(), new FlakyAgent());
        assertThat(next.engine.find(Tenant.DEFAULT, failed.id()).orElseThrow().id())
                .isEqualTo(failed.id());
        assertThat(next.status(failed)).isInstanceOf(MessageStatus.Done.class);
    }

    @Test
    void areFoundByTheirFirstReceiptWhenTheyFailAgain() {
        var failed = bench.accepted("tally/a", new Tally.Note(-1));
        retry(bench);
        assertThat(bench.engine.redrive(Tenant.DEFAULT, failed.id())).isTrue();
        retry(bench);

        assertThat(bench.status(failed)).isInstanceOf(MessageStatus.Dead.class);
        assertThat(letters()).hasSize(1);
        assertThat(bench.engine.letter(Tenant.DEFAULT, failed.id())).isPresent();
        assertThat(bench.engine.redrive(Tenant.DEFAULT, failed.id())).isTrue();
        retry(bench);
        assertThat(bench.engine.discard(Tenant.DEFAULT, failed.id())).isTrue();
        assertThat(letters()).isEmpty();
    }

    @Test
    void areForgottenWhenTheyAreDiscarded() throws InterruptedException {
        var failed = bench.accepted("tally/a", new Tally.Note(-1));
        retry(bench);

        assertThat(bench.engine.discard(Tenant.DEFAULT, failed.id())).isTrue();
        assertThat(bench.engine.discard(Tenant.DEFAULT, failed.id())).isFalse();

        assertThat(letters()).isEmpty();
        assertThat(bench.status(failed)).isInstanceOf(MessageStatus.Dead.class);
        bench.engine.stop();
        assertThat(letters(serving(bench.again(), agent))).isEmpty();
    }

    @Test
    void areSetAsideAtOnceWhenNoTurnCanReadThem() throws InterruptedException {
        var only = version(agent);
        var stranded = new Bench();
        stranded.engine.add(only);
        stranded.engine.remove(only);
        var unreadable = (Receipt.Accepted) stranded.engine.send(
                Tenant.DEFAULT, A, stranded.message("x", "tally.Note", org.openclaw.message.Body.json("{}")));
        serving(stranded, agent);

        assertThat(stranded.outcome(unreadable))
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.code()).isEqualTo("body.invalid"));
    }

    @Test
    void blockTheirAgentWhereTheTypeSaysSoUntilItIsResumed() throws InterruptedException {
        var blocking = new FlakyAgent.Blocking();
        var node = serving(new Bench(), blocking);
        blocking.faults.set(2);
        var poison = node.accepted("tally/a", new Tally.Note(1));
        var behind = node.accepted("tally/a", new Tally.Note(2));
        retry(node);

        var view = node.engine.find(Tenant.DEFAULT, A).orElseThrow();
        assertThat(view.state()).isEqualTo(AgentState.QUARANTINED);
        assertThat(view.obstacle()).hasValueSatisfying(why -> assertThat(why).contains("fault 1", "Resume the agent"));
        assertThat(node.status(behind)).isInstanceOf(MessageStatus.Waiting.class);
        assertThat(node.events).extracting(RuntimeEvent::kind).contains("agent.quarantined");
        node.engine.stop();

        var next = serving(node.again(), blocking);
        next.settle();
        assertThat(next.engine.find(Tenant.DEFAULT, A).orElseThrow().state()).isEqualTo(AgentState.QUARANTINED);
        next.engine.resume(Tenant.DEFAULT, A);
        assertThat(next.outcome(behind)).isInstanceOf(MessageStatus.Done.class);
        assertThat(next.status(poison)).isInstanceOf(MessageStatus.Done.class);
        assertThat(next.numbers("tally/a")).containsExactly(1, 2);
    }

    @Test
    void letABlockedAgentGoOnWhenTheirMessageIsTakenBack() {
        var blocking = new FlakyAgent.Blocking();
        var node = serving(new Bench(), blocking);
        var poison = node.accepted("tally/a", new Tally.Note(-1));
        var behind = node.accepted("tally/a", new Tally.Note(2));
        retry(node);

        assertThat(node.engine.cancel(Tenant.DEFAULT, poison.id())).get().isInstanceOf(MessageStatus.Cancelled.class);

        assertThat(node.outcome(behind)).isInstanceOf(MessageStatus.Done.class);
        assertThat(node.numbers("tally/a")).containsExactly(2);
    }

    @Test
    void failATurnThatTakesTooLongOnceItsThreadHasEnded() throws Exception {
        var slow = new Bench().serving();
        var receipt = slow.accepted("tally/a", new Tally.Wait("gate"));
        slow.agent.awaitReached("gate");
        slow.advance(Bench.SETTINGS.turnLimit());
        slow.sweep();

        assertThat(slow.outcome(receipt))
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.code()).isEqualTo("turn.timeout"));
        assertThat(slow.run("tally/a", new Tally.Note(1))).isInstanceOf(MessageStatus.Done.class);
    }
}
