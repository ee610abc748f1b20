package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.Agent;
import org.openclaw.agent.AgentFilter;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.Turn;
import org.openclaw.message.Address;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Tenant;

class SwapTest {
    private static final Address A = Address.of("tally", "a");

    private final Bench bench = new Bench();

    @Test
    void runsTheNextTurnOnTheHighestVersion() {
        bench.engine.add(bench.tally(2));
        bench.engine.add(bench.tally(1));

        assertThat(((MessageStatus.Done) bench.run("tally/a", new Tally.Note(1))).version())
                .isEqualTo("2.0.0");
        var view = bench.engine.types().getFirst();
        assertThat(view.serving()).contains("2.0.0");
        assertThat(view.resident()).containsExactly("2.0.0", "1.0.0");
    }

    @Test
    void endsATurnOnTheVersionItBeganOnAndWaitsForIt() throws Exception {
        var old = bench.tally(1);
        bench.engine.add(old);
        var inFlight = bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        bench.engine.add(bench.tally(2));
        var next = bench.accepted("tally/a", new Tally.Note(7));

        var removed = removing(bench, old);
        assertThat(((MessageStatus.Running) bench.status(inFlight)).version()).isEqualTo("1.0.0");
        assertThat(removed).isNotDone();
        bench.agent.open("gate");

        assertThat(removed.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(((MessageStatus.Done) bench.outcome(inFlight)).version()).isEqualTo("1.0.0");
        assertThat(((MessageStatus.Done) bench.outcome(next)).version()).isEqualTo("2.0.0");
        assertThat(bench.numbers("tally/a")).containsExactly(0, 7);
    }

    private static CompletableFuture<Boolean> removing(
            Bench bench, org.openclaw.agent.runtime.type.AgentVersion version) {
        var removed = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> {
            try {
                removed.complete(bench.engine.remove(version));
            } catch (InterruptedException | RuntimeException broken) {
                removed.completeExceptionally(broken);
            }
        });
        return removed;
    }

    @Test
    void leavesAnInterruptedTurnForTheNextVersion() throws Exception {
        var old = bench.tally(1);
        bench.engine.add(old);
        var inFlight = bench.accepted("tally/a", new Tally.Wait("never"));
        bench.agent.awaitReached("never");

        assertThat(bench.engine.remove(old)).isTrue();
        assertThat(bench.status(inFlight)).isInstanceOf(MessageStatus.Waiting.class);

        bench.agent.open("never");
        bench.engine.add(bench.tally(2));
        assertThat(bench.outcome(inFlight))
                .isInstanceOfSatisfying(
                        MessageStatus.Done.class,
                        done -> assertThat(done.version()).isEqualTo("2.0.0"));
        assertThat(bench.numbers("tally/a")).containsExactly(0);
    }

    @Test
    void quarantinesAnAgentWhoseTurnDoesNotEndAndDropsWhatItDoes() throws Exception {
        var deaf = new Deaf();
        var old = Fixtures.version("tally", 1, deaf, Tally.class, Tally.Noted.class);
        bench.engine.add(old);
        var inFlight = bench.accepted("tally/a", new Tally.Note(1));
        deaf.reached.get(20, TimeUnit.SECONDS);
        bench.engine.add(bench.tally(2));

        assertThat(bench.engine.remove(old)).isFalse();
        assertThat(bench.engine.find(Tenant.DEFAULT, A).orElseThrow().state()).isEqualTo(AgentState.QUARANTINED);
        deaf.released.set(true);

        assertThat(((MessageStatus.Done) bench.outcome(inFlight)).version()).isEqualTo("2.0.0");
        assertThat(bench.numbers("tally/a")).containsExactly(1);
    }

    /** Ignores every interrupt. */
    private static final class Deaf implements Agent<Tally, Tally.Noted> {
        final CompletableFuture<Void> reached = new CompletableFuture<>();
        final AtomicBoolean released = new AtomicBoolean();

        @Override
        public Tally.Noted initial(Address self) {
            return new Tally.Noted(List.of());
        }

        @Override
        public Tally.Noted handle(Tally message, Tally.Noted state, Turn turn) {
            reached.complete(null);
            while (!released.get()) {
                Thread.onSpinWait();
            }
            return new Tally.Noted(List.of(666));
        }
    }

    @Test
    void keepsMessagesWaitingWhileNoVersionIsThere() throws Exception {
        var old = bench.tally(1);
        bench.engine.add(old);
        bench.run("tally/a", new Tally.Note(1));
        bench.engine.remove(old);

        var waiting = bench.accepted("tally/a", new Tally.Note(2));
        assertThat(bench.status(waiting))
                .isInstanceOfSatisfying(
                        MessageStatus.Waiting.class,
                        status -> assertThat(status.reason())
                                .hasValueSatisfying(why ->
                                        assertThat(why).contains("No version of the agent type 'tally' is running")));
        assertThat(bench.engine.find(Tenant.DEFAULT, A).orElseThrow().state()).isEqualTo(AgentState.STRANDED);
        assertThat(bench.engine.types().getFirst().serving()).isEmpty();

        bench.engine.add(bench.tally(2));
        assertThat(bench.outcome(waiting)).isInstanceOf(MessageStatus.Done.class);
        assertThat(bench.numbers("tally/a")).containsExactly(1, 2);
    }

    @Test
    void answersAQueryThatCameBetweenTwoVersions() throws Exception {
        var old = bench.tally(1);
        bench.engine.add(old);
        bench.run("tally/a", new Tally.Note(1));
        bench.engine.remove(old);
        var query = bench.accepted("tally/a", new Tally.Look());

        bench.engine.add(bench.tally(2));

        assertThat(bench.outcome(query)).isInstanceOf(MessageStatus.Done.class);
    }

    @Test
    void givesUpAQueryForWhichNoVersionComes() throws Exception {
        var old = bench.tally(1);
        bench.engine.add(old);
        bench.run("tally/a", new Tally.Note(1));
        bench.engine.remove(old);
        var query = bench.accepted("tally/a", new Tally.Look());
        while (bench.alarms.next().isEmpty()) {
            Thread.onSpinWait();
        }

        bench.advance(Duration.ofSeconds(10));

        assertThat(bench.outcome(query))
                .isInstanceOfSatisfying(
                        MessageStatus.Dead.class,
                        dead -> assertThat(dead.code()).isEqualTo("type.stranded"));
    }

    /** Another form of the state: the numbers became a required text. */
    record Renamed(String text) {}

    @Test
    void keepsMessagesWaitingWhenAVersionCannotReadTheState() throws Exception {
        bench.engine.add(bench.tally(1));
        bench.run("tally/a", new Tally.Note(1));
        var stranger = Fixtures.version("tally", 2, bench.agent, Tally.class, Renamed.class);
        bench.engine.add(stranger);

        var waiting = bench.accepted("tally/a", new Tally.Note(2));
        while (bench.engine.find(Tenant.DEFAULT, A).orElseThrow().state() != AgentState.QUARANTINED) {
            Thread.onSpinWait();
        }
        assertThat(bench.status(waiting).toString()).contains("tally 2.0.0 cannot read the state of tally/a");

        bench.engine.remove(stranger);
        assertThat(bench.outcome(waiting)).isInstanceOf(MessageStatus.Done.class);
        assertThat(bench.numbers("tally/a")).containsExactly(1, 2);
    }

    @Test
    void losesAndDoublesNothingOverAHundredReplacementsUnderLoad() throws Exception {
        var current = bench.tally(1);
        bench.engine.add(current);
        var stop = new AtomicBoolean();
        var sent = new AtomicInteger();
        var failed = new AtomicInteger();
        var senders = IntStream.range(0, 4)
                .mapToObj(sender -> Thread.ofVirtual().start(() -> {
                    while (!stop.get()) {
                        int number = sent.incrementAndGet();
                        var noted = bench.run("tally/" + sender + "." + number / 40, new Tally.Note(number));
                        var looked = bench.run("tally/" + sender + "." + number / 40, new Tally.Look());
                        if (!(noted instanceof MessageStatus.Done) || !(looked instanceof MessageStatus.Done)) {
                            failed.incrementAndGet();
                        }
                    }
                }))
                .toList();
        for (int version = 2; version <= 101; version++) {
            var next = bench.tally(version);
            bench.engine.add(next);
            assertThat(bench.engine.remove(current)).isTrue();
            current = next;
        }
        stop.set(true);
        for (var sender : senders) {
            sender.join();
        }

        assertThat(failed).hasValue(0);
        var all = bench.engine.list(Tenant.DEFAULT, AgentFilter.ALL, Optional.empty(), 1000).agents().stream()
                .flatMap(view -> bench.numbers(view.address().toString()).stream())
                .toList();
        assertThat(all).hasSize(sent.get()).doesNotHaveDuplicates();
    }

    @Test
    void keepsWhatWaitsWhenItStopsAndRefusesTheRest() throws Exception {
        bench.serving();
        var running = bench.accepted("tally/a", new Tally.Wait("gate"));
        bench.agent.awaitReached("gate");
        var receipts = IntStream.range(0, 40)
                .mapToObj(number -> bench.accepted("tally/a", new Tally.Note(number)))
                .toList();
        bench.engine.close();
        bench.agent.open("gate");
        bench.engine.stop();
        assertThat(Bench.code(bench.send("tally/a", new Tally.Note(99)))).isEqualTo("node.stopping");

        var next = bench.again().serving();

        assertThat(receipts)
                .allSatisfy(receipt -> assertThat(next.outcome(receipt)).isInstanceOf(MessageStatus.Done.class));
        assertThat(next.status(running)).isInstanceOf(MessageStatus.Done.class);
        assertThat(next.numbers("tally/a")).hasSize(41).startsWith(0, 0, 1, 2).endsWith(38, 39);
    }

    @Test
    void repeatsATurnThatDidNotEndBeforeTheNodeStopped() throws Exception {
        bench.serving();
        var running = bench.accepted("tally/a", new Tally.Wait("never"));
        bench.agent.awaitReached("never");
        var waiter = bench.engine.outcome(Tenant.DEFAULT, running.id()).orElseThrow();

        bench.engine.stop();

        assertThat(waiter.toCompletableFuture().get(20, TimeUnit.SECONDS).toString())
                .contains("what was accepted is kept");
        var next = bench.again().serving();
        next.agent.open("never");
        assertThat(next.outcome(running)).isInstanceOf(MessageStatus.Done.class);
        assertThat(next.numbers("tally/a")).containsExactly(0);
    }
}
