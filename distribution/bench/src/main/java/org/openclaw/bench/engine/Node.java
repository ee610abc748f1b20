package org.openclaw.bench.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openclaw.agent.runtime.engine.AlarmClock;
import org.openclaw.agent.runtime.engine.Alarms;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.agent.runtime.engine.EngineThread;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.agent.runtime.engine.Surroundings;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Descriptor;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;
import org.openclaw.schema.Schema;
import org.openclaw.store.TurnStore;
import org.openclaw.store.journal.JournalTurnStore;
import org.openclaw.store.journal.Options;
import org.openclaw.telemetry.Latencies;

/** An engine on a journal, as the container has it. */
final class Node implements AutoCloseable {
    private static final int AT_ONCE = 500;
    private static final int WINDOW = 1_000;
    private static final String ASK_PADDING = ",\"padding\":\"" + "p".repeat(270) + "\"}";

    private final TurnStore store;
    private final EngineThread core = new EngineThread("openclaw-core");
    private final EngineThread disk = new EngineThread("openclaw-commit");
    private final AlarmClock alarmClock;
    private final Engine engine;
    private final int agents;
    private final Latencies.Recorder late = new Latencies.Recorder();
    private final AtomicLong ids = new AtomicLong();
    /** Another one for each node of a journal: the ids begin anew. */
    private final String source = "/bench/" + System.nanoTime();

    Node(Path folder, Settings settings, int agents) throws IOException {
        this.agents = agents;
        store = JournalTurnStore.open(folder, Options.ofThisMachine());
        var clock = Clock.systemUTC();
        var alarms = new Alarms();
        var random = new SecureRandom();
        engine = new Engine(
                settings,
                new Surroundings(
                        store,
                        core,
                        disk::commit,
                        clock,
                        System::nanoTime,
                        (name, work) -> Thread.ofVirtual()
                                .name(name)
                                .inheritInheritableThreadLocals(false)
                                .start(work),
                        alarms,
                        random::nextLong,
                        (_, _, _, _) -> false,
                        (_, _) -> {},
                        _ -> {}));
        alarmClock = new AlarmClock(clock, alarms, engine::sweep);
        engine.add(version(agents, late));
    }

    private static AgentVersion version(int agents, Latencies.Recorder late) {
        var forms = Arrays.stream(Hop.class.getPermittedSubclasses())
                .map(message -> new Descriptor.MessageForm(
                        HopAgent.TYPE + "." + message.getSimpleName(),
                        message.getName(),
                        false,
                        schema(message.getSimpleName())))
                .toList();
        var descriptor = new Descriptor(
                HopAgent.TYPE,
                HopAgent.class.getName(),
                new Descriptor.StateForm(Count.class.getName(), schema("state")),
                forms);
        return AgentVersion.bind(
                descriptor, new HopAgent(agents, late), Class::forName, new Precedence(1, 0, 0, "", 0, 1));
    }

    private static Schema schema(String name) {
        return new Schema(HopAgent.TYPE + "." + name, "0".repeat(64), "{}");
    }

    /** How late timers have fired. */
    Latencies.Recorder late() {
        return late;
    }

    Engine engine() {
        return engine;
    }

    /** Sends so many messages that hop without end, and has them wait until {@link #go}. */
    void load(int inFlight, int sleepMillis) throws InterruptedException {
        rest();
        var window = new Semaphore(WINDOW);
        for (int token = 0; token < inFlight; token++) {
            window.acquire();
            var _ = send(token * 7919L, "Pass", pass(token, Long.MAX_VALUE / 2, sleepMillis))
                    .whenComplete((_, _) -> window.release());
        }
        window.acquire(WINDOW);
        long waiting = engine.read().waiting();
        if (waiting != inFlight) {
            throw new IllegalStateException(waiting + " messages wait (expected: " + inFlight + ")");
        }
    }

    /** Turns begin. */
    void go() {
        engine.resumeType(HopAgent.TYPE);
    }

    /** No more turns begin. */
    void rest() {
        engine.suspendType(HopAgent.TYPE);
    }

    /** Turns a second, the median of so many seconds; it rests before and afterwards. */
    double round(int seconds) throws InterruptedException {
        go();
        double rate = DurableTurns.median(DurableTurns.rates(this, seconds));
        rest();
        return rate;
    }

    TurnStore store() {
        return store;
    }

    static Address address(long agent) {
        return Address.of(HopAgent.TYPE, Long.toString(agent));
    }

    /**
     * Brings so many agents into existence by a message to each, and waits for their turns. An agent sends it: of what comes
     * from outside the node remembers more.
     */
    void create(long count) throws InterruptedException {
        long before = engine.read().turns();
        long sent = 0;
        for (long first = 0; first < count; first += AT_ONCE) {
            long size = Math.min(AT_ONCE, count - first);
            var _ = outcome(offer(address(0), "Greet", "{\"first\":%d,\"count\":%d}".formatted(first, size)))
                    .join();
            sent += size + 1;
        }
        while (engine.read().turns() < before + sent) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Sends a message without waiting until it is durable. */
    CompletableFuture<Receipt> send(long agent, String type, String json) {
        return offer(address(agent % agents), type, json);
    }

    private CompletableFuture<Receipt> offer(Address to, String type, String json) {
        return offer(to, type, Body.json(json));
    }

    /** Sends a message without waiting until it is durable. */
    CompletableFuture<Receipt> offer(Address to, String type, Body body) {
        return offer(Tenant.DEFAULT, to, type, body);
    }

    private CompletableFuture<Receipt> offer(Tenant tenant, Address to, String type, Body body) {
        var message = new Message(
                Long.toString(ids.incrementAndGet()),
                source,
                HopAgent.TYPE + "." + type,
                Clock.systemUTC().instant(),
                body);
        return engine.offer(tenant, to, message);
    }

    /** Sends a message, and completes when its turn is committed. */
    CompletableFuture<MessageStatus> ask(long agent, String type, String json) {
        return outcome(send(agent, type, json));
    }

    /** The same, asking an agent of a tenant. */
    CompletableFuture<MessageStatus> ask(Tenant tenant, long agent, String json) {
        return outcome(tenant, offer(tenant, address(agent % agents), "Ask", Body.json(json)));
    }

    private CompletableFuture<MessageStatus> outcome(CompletableFuture<Receipt> sent) {
        return outcome(Tenant.DEFAULT, sent);
    }

    private CompletableFuture<MessageStatus> outcome(Tenant tenant, CompletableFuture<Receipt> sent) {
        return sent.thenCompose(receipt -> switch (receipt) {
            case Receipt.Accepted accepted ->
                engine.outcome(tenant, accepted.id()).orElseThrow().toCompletableFuture();
            case Receipt.Refused refused ->
                throw new IllegalStateException(refused.refusal().text());
        });
    }

    static String pass(long token, long hops, int sleepMillis) {
        return "{\"token\":%d,\"left\":%d,\"sleepMillis\":%d,\"padding\":\"%s\"}"
                .formatted(token, hops, sleepMillis, "p".repeat(240));
    }

    static String ask(long token) {
        return "{\"token\":" + token + ASK_PADDING;
    }

    @Override
    public void close() throws IOException {
        try {
            engine.stop();
            alarmClock.close();
            core.close();
            disk.close();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }
}
