package org.openclaw.agent.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.agent.runtime.type.JsonCodec;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;
import org.openclaw.store.TurnStore;
import org.openclaw.telemetry.RuntimeEvent;

/** An engine with real virtual threads and a clock that the test moves. */
final class Bench {
    static final Settings SETTINGS = settings(StepBounds.USUAL);

    static Settings settings(StepBounds steps) {
        return new Settings(
                50,
                10_000,
                100_000,
                100_000_000,
                100_000,
                100_000_000,
                200,
                100_000,
                1_000,
                1_000_000,
                1_000,
                500,
                1_000_000,
                Duration.ofSeconds(60),
                3,
                20,
                4,
                4,
                Shares.EQUAL,
                1_000_000,
                steps,
                Duration.ofMinutes(1),
                1_000,
                Duration.ofMinutes(1),
                1_000,
                1_000,
                Duration.ofMillis(300),
                Duration.ofSeconds(60),
                Duration.ofSeconds(600),
                0,
                new TopicBounds(5, 8, 3, Duration.ofMinutes(10), 100_000));
    }

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    final Alarms alarms = new Alarms();
    final Settings settings;
    final TurnStore store;
    final TallyAgent agent = new TallyAgent();
    final List<RuntimeEvent> events = new CopyOnWriteArrayList<>();
    final Engine engine;
    private final AtomicLong ids = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();
    private final JsonCodec codec = new JsonCodec();

    Bench() {
        this(SETTINGS);
    }

    Bench(Settings settings) {
        this(settings, new MemoryTurnStore());
    }

    Bench(Settings settings, TurnStore store) {
        this(settings, store, Runnable::run, (_, commit) -> commit.run());
    }

    /** One whose test says when something is decided, and when it is committed. */
    Bench(Settings settings, TurnStore store, Executor core, Surroundings.Committer committer) {
        this.settings = settings;
        this.store = store;
        var seeds = new AtomicLong();
        engine = new Engine(
                settings,
                new Surroundings(
                        store,
                        core,
                        committer,
                        now::get,
                        () -> ChronoUnit.NANOS.between(Instant.EPOCH, now.get()),
                        this::start,
                        alarms,
                        () -> seeds.addAndGet(0x9E3779B97F4A7C15L),
                        (_, _, _, _) -> false,
                        (_, _) -> {},
                        events::add));
    }

    /** Another engine on the same store, as after a restart: at the same time, without a version. */
    Bench again() {
        var next = new Bench(settings, store);
        next.now.set(now.get());
        next.ids.set(ids.get());
        return next;
    }

    private void start(String name, Runnable work) {
        underWay.incrementAndGet();
        Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } finally {
                underWay.decrementAndGet();
            }
        });
    }

    /** Waits until nothing happens any more: no handler may be at a gate. */
    void settle() {
        while (underWay.get() > 0) {
            Thread.onSpinWait();
        }
    }

    Bench serving() {
        engine.add(tally(1));
        return this;
    }

    AgentVersion tally(int major) {
        return Fixtures.version("tally", major, agent, Tally.class, Tally.Noted.class);
    }

    void advance(Duration by) {
        now.updateAndGet(before -> before.plus(by));
        alarms.fire(now.get());
    }

    /** Sweeps, and waits until that has been decided: another thread may be about it. */
    void sweep() {
        engine.sweep();
        engine.find(Tenant.DEFAULT, Address.of("tally", "nobody"));
    }

    Message message(Object record) {
        return message("id-" + ids.incrementAndGet(), record);
    }

    Message message(String id, Object record) {
        return message(id, MessageNames.of("tally", record.getClass()), codec.encode(record));
    }

    Message message(String id, String type, Body body) {
        return new Message(id, "/test", type, now.get(), body);
    }

    Receipt send(String to, Object record) {
        return engine.send(Tenant.DEFAULT, Address.parse(to), message(record));
    }

    Receipt.Accepted accepted(String to, Object record) {
        var receipt = send(to, record);
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        return (Receipt.Accepted) receipt;
    }

    MessageStatus outcome(Receipt.Accepted receipt) {
        return engine.outcome(Tenant.DEFAULT, receipt.id())
                .orElseThrow()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    MessageStatus run(String to, Object record) {
        return outcome(accepted(to, record));
    }

    MessageStatus status(Receipt.Accepted receipt) {
        return engine.find(Tenant.DEFAULT, receipt.id()).orElseThrow().status();
    }

    List<Integer> numbers(String of) {
        var done = (MessageStatus.Done) run(of, new Tally.Look());
        return ((Tally.Noted)
                        ((Decoded.Fit) codec.decode(done.reply().orElseThrow().body(), Tally.Noted.class)).value())
                .numbers();
    }

    static String code(Receipt receipt) {
        assertThat(receipt).isInstanceOf(Receipt.Refused.class);
        return ((Receipt.Refused) receipt).refusal().code();
    }
}
