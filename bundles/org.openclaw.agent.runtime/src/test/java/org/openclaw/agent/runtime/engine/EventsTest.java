package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openclaw.agent.AgentEvent;
import org.openclaw.agent.EventFilter;
import org.openclaw.agent.EventPage;
import org.openclaw.agent.Signal;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.JsonCodec;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;

/** What is told of what agents do. */
class EventsTest {
    private static final Address A = Address.of("talk", "a");

    private final JsonCodec codec = new JsonCodec();
    private final TalkAgent agent = new TalkAgent();

    private Bench serving(Bench bench) {
        bench.engine.add(AgentVersion.bind(
                Fixtures.descriptor("talk", TalkAgent.class, Talk.class, Talk.Memory.class),
                agent,
                name -> Class.forName(name, false, TalkAgent.class.getClassLoader()),
                new Precedence(1, 0, 0, "", 0, 1)));
        return bench;
    }

    private Receipt.Accepted tell(Bench bench, Address to, String what) {
        var body = codec.encode(new Talk.Hear(what));
        var message = new Message(what, "/test", "talk.Hear", bench.now.get(), body);
        return (Receipt.Accepted) bench.engine.send(Tenant.DEFAULT, to, message);
    }

    private static List<AgentEvent> events(Bench bench, EventFilter filter) {
        var events = bench.engine.events();
        return ((EventPage.Read) events.read(Tenant.DEFAULT, filter, events.oldest(), 100)).events();
    }

    private static List<String> kinds(Bench bench, EventFilter filter) {
        return events(bench, filter).stream().map(event -> event.kind().text()).toList();
    }

    private static AgentEvent.TurnView turn(AgentEvent event) {
        return event.turn().orElseThrow();
    }

    @Test
    void tellsTheStepsAndTheWaitsOfATurnInOrder() {
        var bench = serving(new Bench());
        agent.with("a", (what, turn) -> {
                    turn.step("pay", () -> "paid");
                    Signal<String> signal = turn.signal("approval", String.class);
                    var said = turn.ask(Address.of("talk", "b"), new Talk.Hear("well"), Talk.Word.class)
                            .what();
                    return said + turn.awaitSignal(signal);
                })
                .with("b", (what, turn) -> turn.answer(new Talk.Word(what)).what());
        var receipt = tell(bench, A, "go");
        bench.settle();
        var signal =
                bench.engine.waits().of(Tenant.DEFAULT, A).getFirst().signal().orElseThrow();
        bench.engine.waits().answer(Tenant.DEFAULT, signal, Body.json("\"yes\""));
        bench.outcome(receipt);

        assertThat(kinds(bench, EventFilter.of(A)))
                .containsExactly(
                        "step.recorded",
                        "turn.suspended",
                        "turn.resumed",
                        "turn.suspended",
                        "turn.resumed",
                        "turn.done");
        var events = events(bench, EventFilter.of(A));
        assertThat(events).allSatisfy(event -> assertThat(turn(event).receipt()).isEqualTo(receipt.id()));
        assertThat(events).allSatisfy(event -> assertThat(turn(event).type()).isEqualTo("talk.Hear"));
        assertThat(turn(events.get(0)).subject()).contains("pay");
        assertThat(turn(events.get(0)).version()).contains("1.0.0");
        assertThat(turn(events.get(1)).subject()).contains("talk/b");
        assertThat(turn(events.get(2)).version()).isEmpty();
        assertThat(turn(events.get(3)).subject()).contains("approval");
        assertThat(kinds(bench, EventFilter.of(Address.of("talk", "b")))).containsExactly("turn.done");
    }

    @Test
    void tellsHowTurnsFailAndWhatIsDoneToAgents() {
        var bench = serving(new Bench());
        agent.with("a", (what, turn) -> {
            throw new IllegalStateException("no luck");
        });
        var receipt = tell(bench, A, "go");
        for (int attempt = 1; attempt <= 2; attempt++) {
            bench.settle();
            bench.advance(Duration.ofMinutes(1));
        }
        bench.outcome(receipt);
        bench.engine.suspend(Tenant.DEFAULT, A);
        bench.engine.suspend(Tenant.DEFAULT, A);
        var waiting = tell(bench, A, "wait");
        bench.engine.cancel(Tenant.DEFAULT, waiting.id());
        bench.engine.resume(Tenant.DEFAULT, A);
        bench.engine.retire(Tenant.DEFAULT, A);
        bench.engine.purge(Tenant.DEFAULT, A);
        bench.engine.create(Tenant.DEFAULT, A);

        assertThat(kinds(bench, EventFilter.of(A)))
                .containsExactly(
                        "turn.failed",
                        "turn.failed",
                        "turn.dead",
                        "agent.suspended",
                        "turn.cancelled",
                        "agent.resumed",
                        "agent.draining",
                        "agent.retired",
                        "agent.purged",
                        "agent.created");
        var failed = events(bench, EventFilter.of(A)).getFirst();
        assertThat(failed.code()).contains("turn.failed");
        assertThat(failed.cause()).hasValueSatisfying(cause -> assertThat(cause).contains("no luck"));
    }

    @Test
    void tellsNothingBeforeItIsCommitted() {
        Queue<Runnable> decisions = new ConcurrentLinkedQueue<>();
        Queue<Runnable> commits = new ConcurrentLinkedQueue<>();
        var bench = serving(
                new Bench(Bench.SETTINGS, new MemoryTurnStore(), decisions::add, (_, commit) -> commits.add(commit)));
        run(decisions, commits);
        var before = bench.engine.events().newest();
        var gate = new CountDownLatch(1);
        agent.with("a", (what, turn) -> {
            gate.await();
            return what;
        });
        var _ = bench.engine.offer(
                Tenant.DEFAULT,
                A,
                new Message("i", "/test", "talk.Hear", bench.now.get(), codec.encode(new Talk.Hear("x"))));
        run(decisions, commits);
        gate.countDown();
        bench.settle();
        while (!decisions.isEmpty()) {
            decisions.remove().run();
        }

        assertThat(commits).isNotEmpty();
        assertThat(bench.engine.events().newest()).isEqualTo(before);
        run(decisions, commits);
        assertThat(kinds(bench, EventFilter.of(A))).containsExactly("turn.done");
    }

    private static void run(Queue<Runnable> decisions, Queue<Runnable> commits) {
        while (!decisions.isEmpty() || !commits.isEmpty()) {
            (decisions.isEmpty() ? commits : decisions).remove().run();
        }
    }

    @Test
    void callsWhoeverWatches() throws InterruptedException {
        var bench = serving(new Bench());
        var called = new CountDownLatch(1);
        try (var watch = bench.engine.events().watch(called::countDown)) {
            watch.arm(bench.engine.events().newest());
            tell(bench, A, "go");

            assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
