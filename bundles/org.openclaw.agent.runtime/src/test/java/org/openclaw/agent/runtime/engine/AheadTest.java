package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.Purged;
import org.openclaw.message.Address;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;

/** What is asked for while a transaction is being committed. */
class AheadTest {
    private static final Address A = Address.of("tally", "a");
    private static final int MOST_DECIDING = 10_000;

    private final Queue<Runnable> decisions = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> commits = new ConcurrentLinkedQueue<>();

    private Bench bench(Settings settings) {
        return new Bench(settings, new MemoryTurnStore(), decisions::add, (_, commit) -> commits.add(commit)).serving();
    }

    private static boolean run(Queue<Runnable> tasks) {
        boolean some = !tasks.isEmpty();
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        return some;
    }

    /** All that can be decided and committed is, and the turns that follow from it have ended. */
    private void runAll(Bench bench) {
        bench.settle();
        while (run(decisions) || run(commits)) {
            bench.settle();
        }
    }

    private static CompletableFuture<Receipt> offer(Bench bench, Object record) {
        return bench.engine.offer(Tenant.DEFAULT, A, bench.message(record));
    }

    @Test
    void revivesNobodyWhoIsBeingRetired() throws Exception {
        var bench = bench(Bench.SETTINGS);
        var _ = offer(bench, new Tally.Note(1));
        runAll(bench);
        var retired = asked(() -> bench.engine.retire(Tenant.DEFAULT, A));
        run(decisions);
        assertThat(commits).hasSize(1);

        // the store does not know of it yet, and is asked for the name now
        var early = offer(bench, new Tally.Note(2));
        run(decisions);
        var late = offer(bench, new Tally.Note(3));
        run(commits);
        // the store knows of it when this one is decided, and did not when it was asked
        runAll(bench);

        assertThat(retired.get()).isTrue();
        assertThat(Bench.code(early.get())).isEqualTo("agent.retired");
        assertThat(Bench.code(late.get())).isEqualTo("agent.retired");
    }

    @Test
    void opensNobodyWhoIsBeingPurgedForTheSecondTime() throws Exception {
        var bench = bench(Bench.SETTINGS);
        var _ = offer(bench, new Tally.Note(1));
        runAll(bench);
        var _ = bench.engine.offer(Tenant.DEFAULT, Address.of("tally", "b"), bench.message(new Tally.Note(1)));
        run(decisions);
        var first = asked(() -> bench.engine.purge(Tenant.DEFAULT, A));
        var anew = offer(bench, new Tally.Note(2));
        run(commits);
        // the end of b's turn is decided here, and not taken for the second question
        bench.settle();
        run(decisions);
        assertThat(commits).as("the first purge, with what came behind it").hasSize(1);
        var second = asked(() -> bench.engine.purge(Tenant.DEFAULT, A));
        run(decisions);
        run(commits);

        // the first is committed and the second is not: the store still has the agent that came between them
        var last = offer(bench, new Tally.Note(3));
        runAll(bench);

        assertThat(first.get()).isEqualTo(Purged.DONE);
        assertThat(anew.get()).isInstanceOf(Receipt.Accepted.class);
        assertThat(second.get()).isEqualTo(Purged.DONE);
        assertThat(last.get()).isInstanceOf(Receipt.Accepted.class);
        assertThat(bench.again().serving().numbers("tally/a")).containsExactly(3);
    }

    private <T> FutureTask<T> asked(Callable<T> question) {
        var asked = new FutureTask<>(question);
        Thread.ofVirtual().start(asked);
        while (decisions.isEmpty()) {
            Thread.onSpinWait();
        }
        return asked;
    }

    @Test
    void refusesMoreThanMayWaitForADecisionButNoQuery() throws Exception {
        var usual = Settings.USUAL;
        var bench = bench(usual);
        var _ = offer(bench, new Tally.Note(0));
        runAll(bench);
        List<CompletableFuture<Receipt>> taken = new ArrayList<>();
        for (int number = 0; number < MOST_DECIDING; number++) {
            taken.add(bench.engine.offer(
                    Tenant.DEFAULT, Address.of("tally", "n" + number), bench.message(new Tally.Note(number))));
        }

        var refused = offer(bench, new Tally.Note(1));
        assertThat(Bench.code(refused.get())).isEqualTo("node.full");
        assertThat(offer(bench, new Tally.Look()).get()).isInstanceOf(Receipt.Accepted.class);

        runAll(bench);
        assertThat(taken).allSatisfy(each -> assertThat(each.get()).isInstanceOf(Receipt.Accepted.class));
        var again = offer(bench, new Tally.Note(2));
        runAll(bench);
        assertThat(again.get()).isInstanceOf(Receipt.Accepted.class);
    }
}
