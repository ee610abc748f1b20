package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.AgentView;
import org.openclaw.message.Address;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Tenant;

class SuspensionTest {
    private static final Address A = Address.of("tally", "a");

    private final Bench bench = new Bench().serving();

    private void suspend() {
        assertThat(bench.engine.suspend(Tenant.DEFAULT, A)).isTrue();
    }

    private void resume() {
        assertThat(bench.engine.resume(Tenant.DEFAULT, A)).isTrue();
    }

    private AgentView view() {
        return bench.engine.find(Tenant.DEFAULT, A).orElseThrow();
    }

    private void assertRetired() {
        assertThat(view().state()).isEqualTo(AgentState.RETIRED);
    }

    private List<String> kinds() {
        return bench.events.stream().map(event -> event.kind()).toList();
    }

    @Test
    void keepsMessagesWaitingInTheirOrderAndSaysWhy() {
        bench.run("tally/a", new Tally.Note(1));
        suspend();
        var receipts = IntStream.rangeClosed(2, 5)
                .mapToObj(number -> bench.accepted("tally/a", new Tally.Note(number)))
                .toList();
        bench.settle();

        assertThat(receipts)
                .allSatisfy(receipt -> assertThat(bench.status(receipt).toString())
                        .contains("Waiting", "tally/a is suspended: its messages wait until an operator resumes it."));
        assertThat(view().state()).isEqualTo(AgentState.SUSPENDED);
        assertThat(view().suspended()).isTrue();
        assertThat(view().waiting()).isEqualTo(4);
        assertThat(view().obstacle()).isPresent();

        resume();
        receipts.forEach(bench::outcome);
        assertThat(bench.numbers("tally/a")).containsExactly(1, 2, 3, 4, 5);
        assertThat(view().suspended()).isFalse();
        assertThat(view().obstacle()).isEmpty();
    }

    @Test
    void hasNoObstacleWhileNothingWaits() {
        bench.run("tally/a", new Tally.Note(1));
        suspend();

        assertThat(view().state()).isEqualTo(AgentState.SUSPENDED);
        assertThat(view().obstacle()).isEmpty();
    }

    @Test
    void hasNoObstacleWhileOnlyATurnIsUnderWay() throws InterruptedException {
        bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        suspend();

        assertThat(view().obstacle()).isEmpty();
        bench.agent.open("gate");
    }

    @Test
    void stillAnswersQueries() {
        bench.run("tally/a", new Tally.Note(1));
        suspend();

        assertThat(bench.numbers("tally/a")).containsExactly(1);
    }

    @Test
    void letsATurnUnderWayEndAndBeginsNoOther() throws InterruptedException {
        var running = bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        var waiting = bench.accepted("tally/a", new Tally.Note(1));
        suspend();
        assertThat(view().state()).isEqualTo(AgentState.SUSPENDED);

        bench.agent.open("gate");
        assertThat(bench.outcome(running)).isInstanceOf(MessageStatus.Done.class);
        bench.settle();
        assertThat(bench.status(waiting)).isInstanceOf(MessageStatus.Waiting.class);
        assertThat(bench.numbers("tally/a")).containsExactly(0);

        resume();
        assertThat(bench.outcome(waiting)).isInstanceOf(MessageStatus.Done.class);
    }

    @Test
    void goesOnAsIfNothingHadBeenWhenItIsResumedDuringATurn() throws InterruptedException {
        bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        var waiting = bench.accepted("tally/a", new Tally.Note(1));
        suspend();
        resume();
        bench.agent.open("gate");

        assertThat(bench.outcome(waiting)).isInstanceOf(MessageStatus.Done.class);
    }

    @Test
    void isToldOnceHoweverOftenItIsAskedFor() {
        bench.run("tally/a", new Tally.Note(1));
        suspend();
        suspend();
        resume();
        resume();

        assertThat(kinds()).containsOnlyOnce("agent.suspended", "agent.resumed");
    }

    @Test
    void takesTimersIntoTheInbox() {
        bench.run("tally/a", new Tally.Remind("timer", 10, 7));
        suspend();
        bench.advance(Duration.ofSeconds(10));
        bench.settle();
        assertThat(view().waiting()).isEqualTo(1);

        resume();
        bench.run("tally/a", new Tally.Note(8));
        assertThat(bench.numbers("tally/a")).containsExactly(7, 8);
    }

    @Test
    void takesMessagesOfOtherAgentsAndLetsOneBeTakenBack() {
        bench.run("tally/a", new Tally.Note(1));
        suspend();
        bench.run("tally/b", new Tally.Pass("tally/a", 2, 2));
        var waiting = bench.accepted("tally/a", new Tally.Note(4));

        assertThat(bench.engine.cancel(Tenant.DEFAULT, waiting.id())).get().isInstanceOf(MessageStatus.Cancelled.class);
        resume();
        bench.run("tally/a", new Tally.Note(5));
        assertThat(bench.numbers("tally/a")).containsExactly(1, 2, 3, 5);
    }

    @Test
    void outlastsTheVersionsOfItsType() throws Exception {
        var old = bench.tally(2);
        bench.engine.add(old);
        bench.run("tally/a", new Tally.Note(1));
        suspend();
        var waiting = bench.accepted("tally/a", new Tally.Note(2));

        bench.engine.add(bench.tally(3));
        assertThat(bench.engine.remove(old)).isTrue();
        bench.settle();
        assertThat(bench.status(waiting)).isInstanceOf(MessageStatus.Waiting.class);
        assertThat(view().state()).isEqualTo(AgentState.SUSPENDED);

        resume();
        assertThat(bench.outcome(waiting))
                .isInstanceOfSatisfying(
                        MessageStatus.Done.class,
                        done -> assertThat(done.version()).isEqualTo("3.0.0"));
    }

    @Test
    void holdsAnAgentThatWaitsForAVersion() throws Exception {
        var stranded = new Bench();
        var only = stranded.tally(1);
        stranded.engine.add(only);
        stranded.run("tally/a", new Tally.Note(1));
        stranded.engine.remove(only);
        var waiting = stranded.accepted("tally/a", new Tally.Note(2));
        stranded.engine.suspend(Tenant.DEFAULT, A);

        stranded.engine.add(stranded.tally(2));
        stranded.settle();
        assertThat(stranded.status(waiting)).isInstanceOf(MessageStatus.Waiting.class);

        stranded.engine.resume(Tenant.DEFAULT, A);
        assertThat(stranded.outcome(waiting)).isInstanceOf(MessageStatus.Done.class);
        assertThat(stranded.numbers("tally/a")).containsExactly(1, 2);
    }

    @Test
    void isOverAtOnceForAnAgentWithoutMessagesThatIsRetired() {
        bench.run("tally/a", new Tally.Note(1));
        suspend();

        bench.engine.retire(Tenant.DEFAULT, A);

        bench.settle();
        assertRetired();
        assertThat(kinds()).contains("agent.retired");
    }

    @Test
    void holdsWhatWaitsForAnAgentThatIsRetiredUntilItIsResumed() {
        bench.run("tally/a", new Tally.Note(1));
        suspend();
        var waiting = bench.accepted("tally/a", new Tally.Note(2));
        bench.engine.retire(Tenant.DEFAULT, A);
        bench.settle();

        assertThat(view().state()).isEqualTo(AgentState.SUSPENDED);
        assertThat(view().obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("tally/a is suspended while it is being retired"));
        assertThat(Bench.code(bench.send("tally/a", new Tally.Note(3)))).isEqualTo("agent.draining");

        resume();
        assertThat(bench.outcome(waiting)).isInstanceOf(MessageStatus.Done.class);
        bench.settle();
        assertRetired();
    }

    @Test
    void endsWithTheLastMessageOfAnAgentThatIsRetired() {
        bench.run("tally/a", new Tally.Note(1));
        suspend();
        var waiting = bench.accepted("tally/a", new Tally.Note(2));
        bench.engine.retire(Tenant.DEFAULT, A);

        bench.engine.cancel(Tenant.DEFAULT, waiting.id());

        bench.settle();
        assertRetired();
    }

    @Test
    void outlastsTheNode() throws InterruptedException {
        bench.run("tally/a", new Tally.Note(1));
        suspend();
        var waiting = bench.accepted("tally/a", new Tally.Note(2));
        bench.engine.stop();

        var next = bench.again().serving();
        next.settle();

        assertThat(next.status(waiting).toString()).contains("tally/a is suspended");
        next.engine.resume(Tenant.DEFAULT, A);
        assertThat(next.outcome(waiting)).isInstanceOf(MessageStatus.Done.class);
        assertThat(next.numbers("tally/a")).containsExactly(1, 2);
    }

    @Test
    void losesAndDoublesNothingWhenItComesAndGoesUnderLoad() throws InterruptedException {
        var toggler = Thread.ofPlatform().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                bench.engine.suspend(Tenant.DEFAULT, A);
                bench.engine.resume(Tenant.DEFAULT, A);
            }
        });
        for (int number = 0; number < 400; number++) {
            assertThat(bench.run("tally/a", new Tally.Note(number))).isInstanceOf(MessageStatus.Done.class);
        }
        toggler.interrupt();
        toggler.join();
        resume();

        assertThat(bench.numbers("tally/a"))
                .containsExactlyElementsOf(IntStream.range(0, 400).boxed().toList());
    }
}
