package org.openclaw.bench.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
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

/** An engine on a journal, as the container has it. */
final class Node implements AutoCloseable {
    private final TurnStore store;
    private final EngineThread core = new EngineThread("openclaw-core");
    private final EngineThread disk = new EngineThread("openclaw-commit");
    private final AlarmClock alarmClock;
    private final Engine engine;
    private final int agents;
    private final AtomicLong ids = new AtomicLong();

    Node(Path folder, Settings settings, int agents) throws IOException {
        this.agents = agents;
        store = JournalTurnStore.open(folder, Options.USUAL);
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
                        (_, _, _) -> false,
                        (_, _) -> {},
                        _ -> {}));
        alarmClock = new AlarmClock(clock, alarms, engine::sweep);
        engine.add(version(agents));
    }

    private static AgentVersion version(int agents) {
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
        return AgentVersion.bind(descriptor, new HopAgent(agents), Class::forName, new Precedence(1, 0, 0, "", 0, 1));
    }

    private static Schema schema(String name) {
        return new Schema(HopAgent.TYPE + "." + name, "0".repeat(64), "{}");
    }

    Engine engine() {
        return engine;
    }

    /** Sends a message without waiting until it is durable. */
    CompletableFuture<Receipt> send(long agent, String type, String json) {
        var message = new Message(
                Long.toString(ids.incrementAndGet()),
                "/bench",
                HopAgent.TYPE + "." + type,
                Clock.systemUTC().instant(),
                Body.json(json));
        return engine.offer(Tenant.DEFAULT, Address.of(HopAgent.TYPE, Long.toString(agent % agents)), message);
    }

    /** Sends a message, and completes when its turn is committed. */
    CompletableFuture<MessageStatus> ask(long agent, String json) {
        return send(agent, "Ask", json).thenCompose(receipt -> switch (receipt) {
            case Receipt.Accepted accepted ->
                engine.outcome(Tenant.DEFAULT, accepted.id()).orElseThrow().toCompletableFuture();
            case Receipt.Refused refused ->
                throw new IllegalStateException(refused.refusal().text());
        });
    }

    static String pass(long token, long hops, int sleepMillis) {
        return "{\"token\":%d,\"left\":%d,\"sleepMillis\":%d,\"padding\":\"%s\"}"
                .formatted(token, hops, sleepMillis, "p".repeat(240));
    }

    static String ask(long token) {
        return "{\"token\":%d,\"padding\":\"%s\"}".formatted(token, "p".repeat(270));
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
