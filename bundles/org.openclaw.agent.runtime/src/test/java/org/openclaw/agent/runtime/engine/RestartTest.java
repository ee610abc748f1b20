package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentFilter;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.Purged;
import org.openclaw.message.Address;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Refusal;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;

/** What is there when an engine begins on the store of another one, and what an engine does when its store fails. */
class RestartTest {
    private static final Address A = Address.of("tally", "a");

    private final Bench bench = new Bench().serving();

    private Bench restarted() throws InterruptedException {
        bench.engine.stop();
        return bench.again().serving();
    }

    @Test
    void findsStatesAndCounts() throws InterruptedException {
        bench.run("tally/a", new Tally.Note(1));
        bench.run("tally/a", new Tally.Note(2));
        bench.run("tally/a", new Tally.Fail("no luck"));

        var next = restarted();

        assertThat(next.numbers("tally/a")).containsExactly(1, 2);
        var view = next.engine.find(Tenant.DEFAULT, A).orElseThrow();
        assertThat(view.turns()).isEqualTo(2);
        assertThat(view.failures()).isEqualTo(1);
        assertThat(view.state()).isEqualTo(AgentState.PASSIVE);
        assertThat(next.engine.types().getFirst().agents()).isEqualTo(1);
        assertThat(next.engine
                        .list(Tenant.DEFAULT, AgentFilter.ALL, java.util.Optional.empty(), 10)
                        .agents())
                .hasSize(1);
    }

    @Test
    void givesADuplicateTheFirstReceiptAndItsReply() throws InterruptedException {
        var message = bench.message("one", new Tally.Note(1));
        var first = (Receipt.Accepted) bench.engine.send(Tenant.DEFAULT, A, message);
        bench.outcome(first);

        var next = restarted();
        var again = (Receipt.Accepted) next.engine.send(Tenant.DEFAULT, A, message);

        assertThat(again).isEqualTo(new Receipt.Accepted(first.id(), first.acceptedAt(), first.dedupUntil(), true));
        assertThat(next.status(again))
                .isInstanceOfSatisfying(
                        MessageStatus.Done.class,
                        done -> assertThat(done.reply()).isPresent());
        assertThat(Bench.code(next.engine.send(Tenant.DEFAULT, A, next.message("one", new Tally.Note(2)))))
                .isEqualTo("message.conflict");
        assertThat(next.numbers("tally/a")).containsExactly(1);
    }

    @Test
    void recognisesADuplicateOfAMessageThatStillWaits() throws InterruptedException {
        bench.engine.create(Tenant.DEFAULT, A);
        bench.engine.suspend(Tenant.DEFAULT, A);
        var message = bench.message("one", new Tally.Note(1));
        var first = (Receipt.Accepted) bench.engine.send(Tenant.DEFAULT, A, message);

        var next = restarted();

        assertThat(((Receipt.Accepted) next.engine.send(Tenant.DEFAULT, A, message)).id())
                .isEqualTo(first.id());
        next.engine.resume(Tenant.DEFAULT, A);
        assertThat(next.outcome(first)).isInstanceOf(MessageStatus.Done.class);
        assertThat(next.numbers("tally/a")).containsExactly(1);
    }

    @Test
    void firesTimersThatWereSetAndThoseThatCameDueMeanwhile() throws InterruptedException {
        bench.run("tally/a", new Tally.Remind("soon", 10, 1));
        bench.run("tally/a", new Tally.Remind("later", 60, 2));
        bench.advance(Duration.ofSeconds(5));
        bench.engine.stop();
        bench.now.updateAndGet(now -> now.plusSeconds(20));

        var next = bench.again().serving();
        next.settle();
        next.advance(Duration.ZERO);
        next.settle();
        assertThat(next.numbers("tally/a")).containsExactly(1);
        next.advance(Duration.ofSeconds(60));
        next.settle();

        assertThat(next.numbers("tally/a")).containsExactly(1, 2);
        assertThat(next.engine.find(Tenant.DEFAULT, A).orElseThrow().timers()).isEmpty();
    }

    @Test
    void keepsATypeSuspended() throws InterruptedException {
        assertThat(bench.engine.suspendType("tally")).isTrue();
        assertThat(bench.engine.suspendType("nothing")).isFalse();
        var waiting = bench.accepted("tally/a", new Tally.Note(1));
        bench.settle();
        assertThat(bench.status(waiting).toString()).contains("type 'tally' is suspended");

        var next = restarted();
        next.settle();
        assertThat(next.engine.types().getFirst().suspended()).isTrue();
        assertThat(next.status(waiting)).isInstanceOf(MessageStatus.Waiting.class);
        next.engine.resumeType("tally");

        assertThat(next.outcome(waiting)).isInstanceOf(MessageStatus.Done.class);
        next.engine.stop();
        assertThat(next.again().serving().engine.types().getFirst().suspended()).isFalse();
    }

    @Test
    void refusesMessagesToARetiredAgentUntilItIsPurged() throws InterruptedException {
        bench.run("tally/a", new Tally.Note(1));
        bench.run("tally/a", new Tally.Remind("timer", 10, 7));
        bench.engine.retire(Tenant.DEFAULT, A);

        var next = restarted();
        var view = next.engine.find(Tenant.DEFAULT, A).orElseThrow();
        assertThat(view.state()).isEqualTo(AgentState.RETIRED);
        assertThat(view.memory())
                .hasValueSatisfying(memory -> assertThat(memory.text()).contains("[1]"));
        assertThat(view.timers()).isEmpty();
        assertThat(Bench.code(next.send("tally/a", new Tally.Note(2)))).isEqualTo("agent.retired");
        assertThat(next.engine.types().getFirst().agents()).isZero();

        assertThat(next.engine.purge(Tenant.DEFAULT, A)).isEqualTo(Purged.DONE);
        assertThat(next.engine.purge(Tenant.DEFAULT, A)).isEqualTo(Purged.UNKNOWN);
        assertThat(next.engine.find(Tenant.DEFAULT, A)).isEmpty();
        next.run("tally/a", new Tally.Note(3));
        assertThat(next.numbers("tally/a")).containsExactly(3);
    }

    @Test
    void purgesAnAgentWithAllThatWaitsForIt() throws Exception {
        bench.run("tally/a", new Tally.Remind("timer", 10, 7));
        bench.engine.suspend(Tenant.DEFAULT, A);
        var waiting = bench.accepted("tally/a", new Tally.Note(1));
        var outcome = bench.engine.outcome(Tenant.DEFAULT, waiting.id()).orElseThrow();

        assertThat(bench.engine.purge(Tenant.DEFAULT, A)).isEqualTo(Purged.DONE);

        assertThat(outcome.toCompletableFuture().get(20, TimeUnit.SECONDS)).isInstanceOf(MessageStatus.Cancelled.class);
        assertThat(bench.engine.read().waiting()).isZero();
        bench.advance(Duration.ofMinutes(1));
        bench.settle();
        assertThat(bench.engine.find(Tenant.DEFAULT, A)).isEmpty();
        assertThat(restarted().engine.find(Tenant.DEFAULT, A)).isEmpty();
    }

    @Test
    void doesNotPurgeAnAgentWhoseTurnIsUnderWay() throws InterruptedException {
        bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");

        assertThat(bench.engine.purge(Tenant.DEFAULT, A)).isEqualTo(Purged.BUSY);

        bench.agent.open("gate");
        bench.settle();
        assertThat(bench.numbers("tally/a")).containsExactly(0);
    }

    @Test
    void takesAPassiveAgentIntoMemoryWithItsNextMessage() {
        bench.run("tally/a", new Tally.Note(1));
        bench.settle();
        bench.advance(Bench.SETTINGS.passivateAfter());
        bench.sweep();
        assertThat(bench.engine.find(Tenant.DEFAULT, A).orElseThrow().state()).isEqualTo(AgentState.PASSIVE);
        assertThat(bench.numbers("tally/a")).containsExactly(1);

        bench.run("tally/a", new Tally.Note(2));

        assertThat(bench.engine.find(Tenant.DEFAULT, A).orElseThrow().state()).isEqualTo(AgentState.ACTIVE);
        assertThat(bench.numbers("tally/a")).containsExactly(1, 2);
    }

    /** Fails when it is told to. */
    private static final class FailingStore implements TurnStore {
        private final MemoryTurnStore behind = new MemoryTurnStore();
        private final AtomicReference<@Nullable StoreException> failure = new AtomicReference<>();
        private final AtomicReference<@Nullable CountDownLatch> gate = new AtomicReference<>();
        private final CountDownLatch entered = new CountDownLatch(1);
        private final AtomicBoolean broken = new AtomicBoolean();

        @Override
        public void commit(List<Change> changes) throws StoreException {
            var closed = gate.getAndSet(null);
            if (closed != null) {
                entered.countDown();
                awaitQuietly(closed);
            }
            if (broken.get()) {
                throw new AssertionError("something unforeseen");
            }
            var now = failure.get();
            if (now != null) {
                throw now;
            }
            behind.commit(changes);
        }

        @Override
        public Optional<byte[]> get(Key key) {
            return behind.get(key);
        }

        @Override
        public List<Entry> scan(Key from, Key before, int limit) {
            return behind.scan(from, before, limit);
        }

        @Override
        public List<Listed> list(Key from, Key before, int limit) {
            return behind.list(from, before, limit);
        }

        @Override
        public OptionalLong agent(AgentName name) {
            return behind.agent(name);
        }

        @Override
        public List<Named> names(AgentName behindName, int limit) {
            return behind.names(behindName, limit);
        }

        @Override
        public void checkpoint(Path folder) {
            behind.checkpoint(folder);
        }

        @Override
        public long largestCommit() {
            return behind.largestCommit();
        }

        @Override
        public long room() {
            return Long.MAX_VALUE;
        }

        @Override
        public void close() {}
    }

    @Test
    void takesNothingMoreWhenTheStoreHasFailedAndLosesNothingThatItHad() throws InterruptedException {
        var store = new FailingStore();
        var node = new Bench(Bench.SETTINGS, store).serving();
        var kept = node.accepted("tally/a", new Tally.Note(1));
        node.outcome(kept);
        store.failure.set(StoreException.failed("journal.stopped", new IOException("the disk is gone")));

        var refused = (Receipt.Refused) node.send("tally/a", new Tally.Note(2));
        assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
        assertThat(refused.refusal().code()).isEqualTo("journal.stopped");
        assertThat(refused.refusal().text()).contains("the disk is gone", "start this node again");
        assertThat(node.engine.obstacle()).contains("the disk is gone");
        store.failure.set(null);
        assertThat(Bench.code(node.send("tally/a", new Tally.Note(3)))).isEqualTo("journal.stopped");

        var next = node.again().serving();
        assertThat(next.numbers("tally/a")).containsExactly(1);
        assertThat(next.status(kept)).isInstanceOf(MessageStatus.Done.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException hurried) {
            throw new AssertionError(hurried);
        }
    }

    /** What one batch decides, in this order: the operator's deed, then a message. */
    private static Receipt inOneBatch(Bench node, FailingStore store, Runnable deed) throws Exception {
        var gate = new CountDownLatch(1);
        store.gate.set(gate);
        var first = Thread.ofVirtual().start(() -> node.send("tally/other", new Tally.Note(0)));
        awaitQuietly(store.entered);
        var operator = Thread.ofVirtual().start(deed);
        while (operator.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        var message = node.engine.offer(Tenant.DEFAULT, A, node.message(new Tally.Note(2)));
        gate.countDown();
        first.join();
        operator.join();
        return message.get(20, TimeUnit.SECONDS);
    }

    @Test
    void revivesNobodyWhoWasRetiredInTheSameBatch() throws Exception {
        var store = new FailingStore();
        var node = new Bench(Bench.SETTINGS, store).serving();
        node.run("tally/a", new Tally.Note(1));
        node.settle();

        var answer = inOneBatch(node, store, () -> node.engine.retire(Tenant.DEFAULT, A));

        assertThat(Bench.code(answer)).isEqualTo("agent.retired");
        node.settle();
        assertThat(node.again()
                        .serving()
                        .engine
                        .find(Tenant.DEFAULT, A)
                        .orElseThrow()
                        .state())
                .isEqualTo(AgentState.RETIRED);
    }

    @Test
    void beginsAnewForAMessageInTheBatchOfAPurge() throws Exception {
        var store = new FailingStore();
        var node = new Bench(Bench.SETTINGS, store).serving();
        node.run("tally/a", new Tally.Note(1));
        node.settle();

        var answer = inOneBatch(node, store, () -> node.engine.purge(Tenant.DEFAULT, A));

        node.outcome((Receipt.Accepted) answer);
        node.settle();
        assertThat(node.again().serving().numbers("tally/a")).containsExactly(2);
    }

    @Test
    void tellsEverybodyWhenSomethingUnforeseenHappensInACommit() {
        var store = new FailingStore();
        var node = new Bench(Bench.SETTINGS, store).serving();
        store.broken.set(true);

        assertThat(Bench.code(node.send("tally/a", new Tally.Note(1)))).isEqualTo("engine.broken");
        assertThat(Bench.code(node.send("tally/a", new Tally.Note(2)))).isEqualTo("engine.broken");
    }

    @Test
    void answersNobodyForEverWhenItHasStopped() throws InterruptedException {
        bench.run("tally/a", new Tally.Note(1));
        bench.engine.stop();

        assertThat(Bench.code(bench.send("tally/a", new Tally.Note(2)))).isEqualTo("node.stopping");
        assertThatThrownBy(() -> bench.engine.find(Tenant.DEFAULT, A)).hasMessageContaining("has stopped");
    }

    @Test
    void goesOnByItselfWhenTheStoreHasRoomAgain() throws Exception {
        var store = new FailingStore();
        var node = new Bench(Bench.SETTINGS, store).serving();
        store.failure.set(StoreException.unchanged("journal.disk-full", new IOException("no space")));
        var waiting = node.engine.offer(Tenant.DEFAULT, A, node.message(new Tally.Note(1)));

        assertThat(waiting).isNotDone();
        assertThat(Bench.code(node.send("tally/b", new Tally.Note(2)))).isEqualTo("journal.disk-full");
        store.failure.set(null);
        node.advance(Duration.ofSeconds(1));

        node.outcome((Receipt.Accepted) waiting.get(20, TimeUnit.SECONDS));
        assertThat(node.numbers("tally/a")).containsExactly(1);
        assertThat(node.engine.obstacle()).isEmpty();
        assertThat(node.run("tally/b", new Tally.Note(2))).isInstanceOf(MessageStatus.Done.class);
    }
}
