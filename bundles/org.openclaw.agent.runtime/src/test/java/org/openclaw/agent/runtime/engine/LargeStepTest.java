package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.Purged;
import org.openclaw.agent.StepView;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;

/** Steps whose results are too large for their records. */
class LargeStepTest {
    private static final Address A = Address.of("errand", "a");
    private static final int PART = 256 << 10;
    private static final int LARGE = 5 << 20;
    /** A text has two quotes, too. */
    private static final int PARTS = LARGE / PART + 1;

    private final Commits store = new Commits();
    private final Bench bench = new Bench(Bench.SETTINGS, store);
    private final List<String> seen = new CopyOnWriteArrayList<>();

    /** A store that remembers what was committed together, and fails when a test wants it to. */
    private static final class Commits extends ForwardingStore {
        final List<List<Change>> commits = new CopyOnWriteArrayList<>();
        final AtomicInteger partsRead = new AtomicInteger();
        private volatile Predicate<Change> fails = _ -> false;

        Commits() {
            super(new MemoryTurnStore());
        }

        /** From now on nothing is committed any more that has such a change in it, nor anything behind it. */
        void failAt(Predicate<Change> change) {
            fails = change;
        }

        @Override
        public void commit(List<Change> changes) throws StoreException {
            if (changes.stream().anyMatch(fails)) {
                fails = _ -> true;
                throw StoreException.failed("test.ended", new IOException("the process ends here"));
            }
            commits.add(List.copyOf(changes));
            super.commit(changes);
        }

        @Override
        public Optional<byte[]> get(Key key) throws StoreException {
            partsRead.addAndGet(key.kind() == Kind.STEP && Blob.parts(key) > 0 ? 1 : 0);
            return super.get(key);
        }

        /** The process has ended, and begins anew. */
        void recover() {
            fails = _ -> false;
        }
    }

    private ErrandAgent serve(ErrandAgent.Script script) {
        return serve(bench, 1, script);
    }

    private static ErrandAgent serve(Bench bench, int major, ErrandAgent.Script script) {
        var agent = new ErrandAgent(script);
        bench.engine.add(AgentVersion.bind(
                Fixtures.descriptor("errand", ErrandAgent.class, Errand.class, Errand.Done.class),
                agent,
                name -> Class.forName(name, false, ErrandAgent.class.getClassLoader()),
                new Precedence(major, 0, 0, "", 0, 1)));
        return agent;
    }

    private Receipt.Accepted send(Bench to) {
        var receipt = to.engine.send(Tenant.DEFAULT, A, to.message("id-" + seen.size(), "errand.Run", Body.json("{}")));
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        return (Receipt.Accepted) receipt;
    }

    private static void retry(Bench on) {
        for (int attempt = 0; attempt < 4; attempt++) {
            on.settle();
            on.advance(Duration.ofSeconds(10));
        }
        on.settle();
    }

    private static void fail() {
        throw new IllegalStateException("no luck");
    }

    private static String large(char what) {
        return String.valueOf(what).repeat(LARGE);
    }

    private List<Key> stored() {
        return keys(store);
    }

    private static List<Key> keys(TurnStore of) {
        try {
            return of.list(Key.first(Kind.STEP), Key.end(Kind.STEP), 10_000).stream()
                    .map(TurnStore.Listed::key)
                    .toList();
        } catch (StoreException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private List<Key> parts() {
        return stored().stream().filter(key -> Blob.parts(key) > 0).toList();
    }

    private static boolean isRecord(Change change) {
        return change instanceof Change.Put(var key, var _) && key.kind() == Kind.STEP && !Blob.isKey(key);
    }

    private static boolean isPart(Change change, int index) {
        return change instanceof Change.Put(var key, var _)
                && key.kind() == Kind.STEP
                && Blob.isKey(key)
                && Blob.parts(key) == index + 1;
    }

    private static long bytes(List<Change> commit) {
        return commit.stream()
                .mapToLong(change -> change instanceof Change.Put(var _, var value) ? value.length : 0)
                .sum();
    }

    private static MessageStatus.Dead dead(MessageStatus status) {
        assertThat(status).isInstanceOf(MessageStatus.Dead.class);
        return (MessageStatus.Dead) status;
    }

    private String obstacle(Bench of) {
        var view = of.engine.find(Tenant.DEFAULT, A).orElseThrow();
        assertThat(view.state()).isEqualTo(AgentState.QUARANTINED);
        return view.obstacle().orElseThrow();
    }

    @Test
    void isTheSameAcrossTheEndOfTheProcess() throws InterruptedException {
        var reached = new CountDownLatch(1);
        serve((_, turn, _) -> {
            turn.step("first", () -> large('a'));
            reached.countDown();
            new CountDownLatch(1).await();
        });
        var receipt = send(bench);
        reached.await();
        assertThat(parts()).hasSize(PARTS);

        var next = bench.again();
        var agent = serve(next, 1, (_, turn, outside) -> {
            var found = turn.step("first", () -> {
                outside.add("again");
                return "";
            });
            seen.add("the same: " + found.equals(large('a')));
        });

        assertThat(next.outcome(receipt)).isInstanceOf(MessageStatus.Done.class);
        next.settle();
        assertThat(seen).containsExactly("the same: true");
        assertThat(agent.outside).isEmpty();
        assertThat(stored()).isEmpty();
    }

    @Test
    void isWrittenInSmallCommitsBeforeItsStepIsRecorded() {
        serve((_, turn, _) -> turn.step("first", () -> large('a')));
        assertThat(bench.outcome(send(bench))).isInstanceOf(MessageStatus.Done.class);
        bench.settle();

        var puts = store.commits.stream()
                .filter(commit -> commit.stream()
                        .anyMatch(change -> change instanceof Change.Put(var key, var _) && key.kind() == Kind.STEP))
                .map(commit -> commit.stream().anyMatch(LargeStepTest::isRecord))
                .toList();

        assertThat(puts).hasSize(PARTS + 1).last().isEqualTo(true);
        assertThat(puts.subList(0, PARTS)).containsOnly(false);
        assertThat(store.commits).extracting(LargeStepTest::bytes).allMatch(bytes -> bytes < 2 * PART);
    }

    @Test
    void isReadOnlyWhenItsStepIsTakenAgain() {
        serve((attempt, turn, _) -> {
            turn.step("small", () -> 1);
            seen.add("read " + store.partsRead.get());
            turn.step("large", () -> large('a'));
            seen.add("read " + store.partsRead.get());
            if (attempt == 1) {
                fail();
            }
        });
        var receipt = send(bench);
        retry(bench);

        assertThat(bench.status(receipt)).isInstanceOf(MessageStatus.Done.class);
        assertThat(seen).containsExactly("read 0", "read 0", "read 0", "read " + PARTS);
    }

    @Test
    void staysInTheRecordUpToTheBound() {
        serve((_, turn, _) -> {
            turn.step("first", () -> "x".repeat((64 << 10) - 2));
            seen.add("parts " + parts().size());
            turn.step("second", () -> "x".repeat((64 << 10) - 1));
            seen.add("parts " + parts().size());
        });

        assertThat(bench.outcome(send(bench))).isInstanceOf(MessageStatus.Done.class);
        bench.settle();
        assertThat(seen).containsExactly("parts 0", "parts 1");
    }

    @Test
    void liesBesideWhenTheRecordsHaveNoMoreRoom() {
        serve((_, turn, _) -> {
            for (int count = 0; count < 20; count++) {
                turn.step("step " + count, () -> "x".repeat(60_000));
            }
            seen.add("parts " + parts().size());
        });

        assertThat(bench.outcome(send(bench))).isInstanceOf(MessageStatus.Done.class);
        bench.settle();
        assertThat(seen).containsExactly("parts 4");
        assertThat(stored()).isEmpty();
    }

    @Test
    void isInDoubtWhenTheProcessEndsBeforeItIsRecordedAndLeavesNothing() throws InterruptedException {
        for (Predicate<Change> end : List.<Predicate<Change>>of(
                change -> isPart(change, 0), change -> isPart(change, 3), LargeStepTest::isRecord)) {
            var disk = new Commits();
            var before = new Bench(Bench.SETTINGS, disk);
            disk.failAt(end);
            serve(before, 1, (_, turn, _) -> turn.step("first", () -> large('a')));
            var receipt = send(before);
            before.settle();
            disk.recover();
            int left = keys(disk).size();

            var next = before.again();
            assertThat(keys(disk)).as("of %s", left).isEmpty();
            serve(next, 1, (_, turn, outside) -> {
                outside.add("again");
                seen.add("%s".formatted(turn.step("first", () -> large('b')).equals(large('b'))));
            });
            assertThat(next.outcome(receipt)).isInstanceOf(MessageStatus.Done.class);
            next.settle();
            assertThat(keys(disk)).isEmpty();
        }
        assertThat(seen).containsExactly("true", "true", "true");
    }

    @Test
    void isRefusedBeyondTheBoundOfOneAndOfATurn() {
        var small = new Bench(Bench.settings(new StepBounds(1_000, 10_000, 25_000)), new MemoryTurnStore());
        serve(small, 1, (_, turn, _) -> turn.step("fetch", () -> "x".repeat(9_999)));
        var one = send(small);
        seen.add("next");
        assertThat(dead(small.outcome(one)).cause())
                .contains("step 'fetch' resulted in 10001 bytes (expected: at most 10000, the setting step.bytes of")
                .contains("raise the setting");

        serve(small, 2, (_, turn, _) -> {
            for (int count = 0; count < 3; count++) {
                turn.step("fetch " + count, () -> "x".repeat(8_998));
            }
        });
        assertThat(dead(small.outcome(send(small))).cause())
                .contains("with step 'fetch 2' the results of the steps of one turn have 27000 bytes (expected: at most"
                        + " 25000, the setting turn.steps.bytes");
    }

    @Test
    void countsWhatIsRecordedAgainstTheBoundOfTheTurnWhenItIsRepeated() {
        var small = new Bench(Bench.settings(new StepBounds(1_000, 10_000, 25_000)), new MemoryTurnStore());
        serve(small, 1, (attempt, turn, _) -> {
            turn.step("fetch 1", () -> "x".repeat(8_998));
            turn.step("fetch 2", () -> "x".repeat(8_998));
            if (attempt == 1) {
                fail();
            }
            turn.step("fetch 3", () -> "x".repeat(8_998));
        });
        var receipt = send(small);
        retry(small);

        assertThat(dead(small.status(receipt)).cause()).contains("27000 bytes");
    }

    @Test
    void isForgottenWithAMessageThatIsTakenBackOrPurged() {
        serve((_, turn, _) -> {
            turn.step("buy", () -> large('a'));
            fail();
        });
        var first = send(bench);
        bench.settle();
        assertThat(parts()).hasSize(PARTS);
        assertThat(bench.engine.cancel(Tenant.DEFAULT, first.id())).containsInstanceOf(MessageStatus.Cancelled.class);
        assertThat(stored()).isEmpty();

        seen.add("next");
        send(bench);
        bench.settle();
        assertThat(parts()).hasSize(PARTS);
        assertThat(bench.engine.purge(Tenant.DEFAULT, A)).isEqualTo(Purged.DONE);
        assertThat(stored()).isEmpty();
    }

    @Test
    void isForgottenWithADeadLetterThatIsDiscardedAlsoByALaterNode() {
        serve((_, turn, _) -> {
            turn.step("buy", () -> large('a'));
            fail();
        });
        var receipt = send(bench);
        retry(bench);
        assertThat(parts()).hasSize(PARTS);

        assertThat(bench.again().engine.discard(Tenant.DEFAULT, receipt.id())).isTrue();

        assertThat(stored()).isEmpty();
    }

    @Test
    void goesWithADeadLetterThatIsDrivenAgainWithoutBeingWrittenAgain() {
        serve((attempt, turn, outside) -> {
            seen.add("%s"
                    .formatted(turn.step("buy", () -> {
                                outside.add("bought");
                                return large('a');
                            })
                            .length()));
            fail();
        });
        var receipt = send(bench);
        retry(bench);
        dead(bench.status(receipt));
        var parts = parts();
        store.commits.clear();

        assertThat(bench.engine.redrive(Tenant.DEFAULT, receipt.id())).isTrue();
        bench.settle();

        assertThat(parts()).isEqualTo(parts);
        assertThat(store.commits).extracting(LargeStepTest::bytes).allMatch(bytes -> bytes < 1_000);

        var next = bench.again();
        var agent = serve(
                next,
                2,
                (_, turn, outside) -> seen.add("then %s"
                        .formatted(turn.step("buy", () -> "" + outside.add("again"))
                                .length())));
        retry(next);

        assertThat(agent.outside).isEmpty();
        assertThat(seen).last().isEqualTo("then " + LARGE);
        assertThat(stored()).isEmpty();
    }

    @Test
    void isRemovedSomePartsAtATime() {
        var tiny = new StepBounds(100, 4_000, 4_000_000);
        var disk = new Commits();
        var many = new Bench(Bench.settings(tiny), disk);
        serve(many, 1, (_, turn, _) -> {
            for (int count = 0; count < 900; count++) {
                turn.step("step " + count, () -> "x".repeat(200));
            }
        });

        assertThat(many.outcome(send(many))).isInstanceOf(MessageStatus.Done.class);
        many.settle();

        assertThat(keys(disk)).isEmpty();
        assertThat(disk.commits.stream()
                        .map(commit -> commit.stream()
                                .filter(change -> change instanceof Change.Remove(var key) && Blob.isKey(key))
                                .count())
                        .filter(removed -> removed > 0))
                .containsExactly(1_000L, 800L);
    }

    @Test
    void haltsItsAgentWhenItIsNotAsItWasRecorded() {
        var damaged = new ArrayList<String>();
        for (var damage : List.<Consumer<Key>>of(this::damage, this::cut, this::lose)) {
            var agent = serve(damaged.size() + 1, damage);
            var receipt = send(bench);
            retry(bench);

            assertThat(bench.status(receipt)).isInstanceOf(MessageStatus.Waiting.class);
            damaged.add(obstacle(bench));
            assertThat(agent.outside).as("nothing goes on").containsExactly("bought");
            bench.engine.cancel(Tenant.DEFAULT, receipt.id());
            assertThat(stored()).isEmpty();
            seen.add("next");
        }

        assertThat(damaged)
                .allMatch(text -> text.startsWith("The result of step 1, 'buy', of errand/a for the message 'id-")
                        && text.contains("of /test, a errand.Run, is corrupt: "))
                .satisfiesExactly(
                        text -> assertThat(text).contains("its SHA-256 is "),
                        text -> assertThat(text).contains("it has ", "bytes instead of " + (LARGE + 2)),
                        text -> assertThat(text).contains("part 2 of " + PARTS + " is missing"));
    }

    private ErrandAgent serve(int major, Consumer<Key> damage) {
        return serve(bench, major, (attempt, turn, outside) -> {
            try {
                turn.step("buy", () -> {
                    outside.add("bought");
                    return large('a');
                });
            } catch (IllegalStateException swallowed) {
                return;
            }
            if (attempt > 1) {
                outside.add("went on");
            }
            damage.accept(parts().get(1));
            fail();
        });
    }

    private void damage(Key part) {
        change(part, bytes -> {
            bytes[100]++;
            return bytes;
        });
    }

    private void cut(Key part) {
        change(part, _ -> Blob.entry(new byte[10]));
    }

    private void change(Key part, UnaryOperator<byte[]> how) {
        try {
            commit(new Change.Put(part, how.apply(store.get(part).orElseThrow())));
        } catch (StoreException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void lose(Key part) {
        commit(new Change.Remove(part));
    }

    private void commit(Change change) {
        try {
            store.commit(List.of(change));
        } catch (StoreException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void isShownWithItsSizeAndAsFarAsThereIsRoom() {
        serve((_, turn, _) -> {
            turn.step("small", () -> "abc");
            turn.step("large", () -> "x".repeat(100_000));
            fail();
        });
        send(bench);
        bench.settle();

        var shown = bench.engine.steps(Tenant.DEFAULT, A, 50_000);
        assertThat(shown)
                .extracting(StepView::bytes, StepView::beside)
                .containsExactly(tuple(5, false), tuple(100_002, true));
        assertThat(shown.getFirst().result()).isPresent();
        assertThat(shown.getLast().result()).isEmpty();
        assertThat(bench.engine.steps(Tenant.DEFAULT, A, 1 << 20).getLast().result())
                .contains(Body.json("\"" + "x".repeat(100_000) + "\""));
    }
}
