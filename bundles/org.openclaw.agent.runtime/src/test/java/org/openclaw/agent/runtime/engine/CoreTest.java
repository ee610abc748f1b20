package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openclaw.message.Tenant;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.StoreException;

class CoreTest {
    private static final long MOST_BYTES = 1L << 20;

    private final Queue<Runnable> decisions = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> commits = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
    private final List<String> seen = new ArrayList<>();
    private @Nullable StoreException failure;
    private long nanos;
    private final Core core = new Core(
            this::commit,
            decisions::add,
            (_, commit) -> commits.add(commit),
            (Duration _, Runnable next) -> later.add(next),
            () -> nanos,
            MOST_BYTES,
            Shares.of(List.of("tenant:heavy=3"), List.of(), List.of()));

    private void commit(List<Change> changes) throws StoreException {
        if (failure != null) {
            throw failure;
        }
        seen.add("commit of " + changes.size());
    }

    private void submit(String name) {
        core.submit(new Core.Command() {
            @Override
            public void decide(Transaction into) {
                seen.add("decide " + name);
                into.put(Key.agent(name.hashCode()), new byte[1]);
                into.then(new Transaction.Then() {
                    @Override
                    public void committed() {
                        seen.add("deliver " + name);
                    }

                    @Override
                    public void failed(StoreException why) {
                        seen.add("fail " + name);
                    }
                });
            }

            @Override
            public void failed(StoreException why) {
                seen.add("refuse " + name);
            }
        });
    }

    private void submit(String tenant, String name) {
        core.submit(new Tenant(tenant), into -> {
            seen.add(name);
            into.put(Key.agent(1), new byte[1]);
        });
    }

    private static void run(Queue<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void noCommitIsLargerThanItMayBeButForTheLastDecision() {
        for (long command = 1; command <= 20; command++) {
            long number = command;
            core.submit(into -> into.put(Key.agent(number), new byte[400_000]));
        }

        while (!decisions.isEmpty() || !commits.isEmpty()) {
            run(decisions);
            run(commits);
        }

        assertThat(seen).hasSize(7).startsWith("commit of 3", "commit of 3").endsWith("commit of 2");
    }

    @Test
    void decidesTheNextTransactionWhileOneIsCommittedAndDeliversInOrder() {
        submit("a");
        run(decisions);
        submit("b");
        submit("c");
        run(decisions);
        assertThat(seen).containsExactly("decide a", "decide b", "decide c");

        run(commits);
        assertThat(seen).endsWith("decide c", "commit of 1");
        run(decisions);
        assertThat(seen).endsWith("commit of 1", "deliver a");
        run(commits);
        run(decisions);
        assertThat(seen).endsWith("deliver a", "commit of 2", "deliver b", "deliver c");
    }

    @Test
    void failsWhatWasDecidedBehindACommitThatFails() {
        submit("a");
        run(decisions);
        submit("b");
        run(decisions);
        failure = StoreException.failed("journal.broken", new IOException("gone"));
        run(commits);
        run(decisions);
        run(commits);
        run(decisions);
        submit("c");
        assertThat(seen).containsExactly("decide a", "decide b", "fail a", "fail b", "refuse c");
    }

    @Test
    void triesACommitAgainThatMayBe() {
        submit("a");
        run(decisions);
        failure = StoreException.unchanged("journal.disk-full", new IOException("full"));
        run(commits);
        submit("b");
        run(decisions);
        assertThat(core.obstacle()).contains(failure);
        assertThat(seen).containsExactly("decide a", "decide b");

        failure = null;
        run(later);
        run(decisions);
        run(commits);
        run(decisions);
        run(commits);
        run(decisions);
        assertThat(core.obstacle()).isEmpty();
        assertThat(seen).endsWith("commit of 1", "deliver a", "commit of 1", "deliver b");
    }

    @Test
    void goesOnWhenALookFails() throws Exception {
        var asked = new FutureTask<Object>(() -> core.look(() -> {
            throw new IllegalStateException("unreadable");
        }));
        Thread.ofVirtual().start(asked);
        while (!asked.isDone()) {
            run(decisions);
            run(commits);
        }
        assertThatThrownBy(asked::get).hasRootCauseMessage("unreadable");
        submit("a");
        run(decisions);
        run(commits);
        run(decisions);
        assertThat(seen).endsWith("deliver a");
        assertThat(core.obstacle()).isEmpty();
    }

    @Test
    void collectsForSomeMillisecondsWhileACommitIsUnderWay() {
        submit("first");
        run(decisions);
        for (int command = 0; command < 10; command++) {
            submit("command" + command);
        }
        core.submit(_ -> nanos += 3_000_000);
        submit("last");
        run(decisions);
        assertThat(seen).hasSize(11).doesNotContain("decide last");
        run(commits);
        run(decisions);
        assertThat(seen).contains("decide last");
    }

    @Test
    void decidesForTenantsInTurnByTheirWeights() {
        submit("first");
        for (int command = 0; command < 6; command++) {
            submit("a", "a" + command);
        }
        submit("b", "b0");
        for (int command = 0; command < 6; command++) {
            submit("heavy", "h" + command);
        }
        submit("b", "b1");
        run(decisions);

        assertThat(seen.subList(0, 6)).contains("a0", "b0", "h0", "decide first");
        assertThat(seen.indexOf("h5")).isLessThan(seen.indexOf("a3"));
        assertThat(seen).filteredOn(each -> each.startsWith("a")).isSorted();
        assertThat(seen).filteredOn(each -> each.startsWith("b")).isSorted();
    }

    @Test
    void isQuietWhenNothingWaitsAnyMore() {
        var quiet = core.quiet();
        submit("a", "a0");
        submit("node");
        run(decisions);
        assertThat(seen).containsExactlyInAnyOrder("a0", "decide node");
        assertThat(quiet).isNotDone();
        run(commits);
        run(decisions);
        assertThat(quiet).isDone();
    }

    @Test
    void decidesNoMoreThanFitsIntoTheNextTransaction() {
        submit("first");
        run(decisions);
        for (int command = 0; command < 5000; command++) {
            submit("command" + command);
        }
        run(decisions);
        assertThat(seen).hasSize(1 + 4096);
        run(commits);
        run(decisions);
        run(commits);
        run(decisions);
        run(commits);
        run(decisions);
        assertThat(seen).endsWith("deliver command4999").hasSize(2 * 5001 + 3);
    }
}
