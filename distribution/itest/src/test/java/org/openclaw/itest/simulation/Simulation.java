package org.openclaw.itest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.engine.Alarms;
import org.openclaw.agent.runtime.engine.Engine;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.agent.runtime.engine.Surroundings;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.agent.runtime.type.Descriptor;
import org.openclaw.agent.runtime.type.JsonCodec;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.message.Address;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Tenant;
import org.openclaw.schema.Schema;
import org.openclaw.store.journal.JournalTurnStore;
import org.openclaw.store.journal.Options;
import org.openclaw.store.journal.SimulatedCheckpoints;
import org.openclaw.store.journal.SimulatedDisk;

/**
 * One run: clients and agents on one node that crashes again and again, on a disk that loses what was not forced, tears writes,
 * fails and fills up. One thing happens at a time, and the seed says which is next: a decision of the core, a handler, work on a
 * checkpoint, an alarm, a client's step, a fault. So a run of the same seed is the same run.
 */
final class Simulation {
    private static final Options SMALL = new Options(65_536, 2, 4, 2, 1, 1);
    private static final int TURN_BYTES = 32_000;
    private static final int LEAST_STEPS = 150;
    private static final int MORE_STEPS = 350;
    private static final int LONGEST_END = 200_000;

    private final long seed;
    private final SplittableRandom random;
    private final SimulatedDisk disk;
    private final SimulatedCheckpoints checkpoints;
    private final JsonCodec codec = new JsonCodec();
    private final List<Client> clients = new ArrayList<>();
    private final int agents;
    private final Queue<Runnable> core = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> commits = new ConcurrentLinkedQueue<>();
    private final List<Runnable> handlers = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Alarms alarms = new Alarms();
    private @Nullable JournalTurnStore store;
    private @Nullable Engine engine;
    private boolean healthy;
    private int lives;

    Simulation(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        disk = new SimulatedDisk(random.split());
        checkpoints = new SimulatedCheckpoints(disk, random.split());
        agents = random.nextInt(1, 6);
        int count = random.nextInt(1, 7);
        for (int client = 0; client < count; client++) {
            clients.add(new Client("client" + client, agent(random.nextInt(agents)), random.nextInt(1, 25)));
        }
    }

    private static Address agent(int number) {
        return Address.of(LedgerAgent.TYPE, "agent" + number);
    }

    /** @throws AssertionError when a promise is broken */
    void run() {
        try {
            int crashes = random.nextInt(1, 6);
            for (int life = 0; life < crashes; life++) {
                live(random.nextInt(LEAST_STEPS, LEAST_STEPS + MORE_STEPS));
                crash();
            }
            end();
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError("seed %d, life %d: %s".formatted(seed, lives, failed), failed);
        }
    }

    private void live(int steps) {
        if (random.nextInt(3) > 0) {
            disk.failAfter(random.nextInt(1, 400));
        }
        if (!open()) {
            return;
        }
        for (int step = 0; step < steps; step++) {
            step();
            if (random.nextInt(60) == 0) {
                disk.full(random.nextBoolean());
            }
        }
    }

    private boolean open() {
        lives++;
        try {
            store = JournalTurnStore.open(disk, checkpoints, SMALL, random::nextLong);
            alarms = new Alarms();
            engine = new Engine(
                    settings(),
                    new Surroundings(
                            store,
                            core::add,
                            (_, commit) -> commits.add(commit),
                            () -> now,
                            () -> now.toEpochMilli() * 1_000_000,
                            (_, work) -> handlers.add(work),
                            alarms,
                            random::nextLong,
                            (_, _, _) -> false,
                            (_, _) -> {},
                            _ -> {}));
            engine.add(version());
            return true;
        } catch (IOException | UncheckedIOException failed) {
            assertThat(healthy)
                    .as("the disk works, and the node does not begin: %s", failed)
                    .isFalse();
            return false;
        }
    }

    private static Settings settings() {
        var usual = Settings.USUAL;
        return new Settings(
                12,
                TURN_BYTES,
                usual.typeMessages(),
                usual.typeBytes(),
                usual.tenantMessages(),
                usual.tenantBytes(),
                40,
                usual.nodeBytes(),
                usual.reserveMessages(),
                usual.reserveBytes(),
                usual.agents(),
                2,
                usual.residentBytes(),
                Duration.ofSeconds(1),
                usual.timersPerAgent(),
                usual.queries(),
                TURN_BYTES,
                Duration.ofDays(1),
                usual.dedupCount(),
                Duration.ofDays(1),
                usual.retainCount(),
                usual.deadLetters(),
                usual.drain(),
                usual.longTurn(),
                Duration.ofDays(1),
                0);
    }

    private AgentVersion version() {
        var forms = Arrays.stream(Ledger.class.getPermittedSubclasses())
                .map(message -> new Descriptor.MessageForm(
                        LedgerAgent.TYPE + "." + message.getSimpleName(),
                        message.getName(),
                        false,
                        schema(message.getSimpleName())))
                .toList();
        var descriptor = new Descriptor(
                LedgerAgent.TYPE,
                LedgerAgent.class.getName(),
                new Descriptor.StateForm(LedgerState.class.getName(), schema("state")),
                forms);
        return AgentVersion.bind(
                descriptor,
                new LedgerAgent(agents, () -> !healthy && random.nextInt(8) == 0),
                Class::forName,
                new Precedence(1, 0, 0, "", 0, 1));
    }

    private static Schema schema(String name) {
        return new Schema(LedgerAgent.TYPE + "." + name, "0".repeat(64), "{}");
    }

    private Engine engine() {
        return Objects.requireNonNull(engine);
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> runNext(core);
            case 3, 4 -> runNext(commits);
            case 5, 6 -> handle();
            case 7, 8, 9 -> client();
            case 10 -> pass(Duration.ofMillis(random.nextInt(2_000)));
            default -> work();
        }
    }

    private static boolean runNext(Queue<Runnable> tasks) {
        var next = tasks.poll();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    private void handle() {
        if (!handlers.isEmpty()) {
            handlers.remove(random.nextInt(handlers.size())).run();
        }
    }

    private void client() {
        var client = clients.get(random.nextInt(clients.size()));
        if (random.nextInt(10) == 0) {
            client.repeat(engine(), now);
        } else {
            client.step(engine(), now);
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
        alarms.fire(now);
        engine().sweep();
    }

    private void work() {
        try {
            Objects.requireNonNull(store).work();
        } catch (IOException failed) {
            assertThat(healthy).as("the disk works: %s", failed).isFalse();
        }
    }

    /** The process ends here and now, and the power with it. */
    private void crash() {
        core.clear();
        commits.clear();
        handlers.clear();
        clients.forEach(Client::restarted);
        disk.crash();
        checkpoints.crash();
        disk.full(false);
    }

    /** Nothing fails any more: all that was begun comes to its end, and the promises are checked. */
    private void end() {
        healthy = true;
        assertThat(open()).isTrue();
        for (int step = 0; !isQuiet(); step++) {
            assertThat(step).as("steps until the end").isLessThan(LONGEST_END);
            step();
        }
        check();
    }

    private boolean isQuiet() {
        return core.isEmpty()
                && commits.isEmpty()
                && handlers.isEmpty()
                && clients.stream().allMatch(Client::isDone)
                && alarms.next().isEmpty()
                && engine().read().waiting() == 0;
    }

    private void check() {
        var states = new ArrayList<LedgerState>();
        for (int number = 0; number < agents; number++) {
            states.add(state(agent(number)));
        }
        for (int number = 0; number < agents; number++) {
            var state = states.get(number);
            var self = "agent" + number;
            assertThat(state.violations()).as("what %s saw", self).isEmpty();
            assertThat(state.ticks()).as("timers of %s that fired", self).isEqualTo(state.timers());
            for (int other = 0; other < agents; other++) {
                assertThat(states.get(other).last().getOrDefault(self, 0L))
                        .as("what agent%d has from %s", other, self)
                        .isEqualTo(state.sent().getOrDefault("agent" + other, 0L));
            }
        }
        for (var client : clients) {
            assertThat(state(client.to()).last().getOrDefault(client.name(), 0L))
                    .as("what %s has from %s", client.to(), client.name())
                    .isEqualTo(client.acknowledged());
            client.latest()
                    .ifPresent(receipt -> assertThat(await(() -> engine().find(Tenant.DEFAULT, receipt)
                                    .orElseThrow()
                                    .status()))
                            .as("what became of the last message of %s", client.name())
                            .isInstanceOf(MessageStatus.Done.class));
        }
    }

    private LedgerState state(Address agent) {
        return await(() -> engine().find(Tenant.DEFAULT, agent))
                .flatMap(view -> view.memory())
                .map(memory -> (LedgerState) ((Decoded.Fit) codec.decode(memory, LedgerState.class)).value())
                .orElse(LedgerState.EMPTY);
    }

    /** Asks a question that waits for the core, which has no thread here. */
    private <T> T await(Callable<T> question) {
        var answer = new FutureTask<>(question);
        var asker = Thread.ofVirtual().start(answer);
        try {
            while (!answer.isDone()) {
                if (!runNext(core) && !runNext(commits)) {
                    Thread.onSpinWait();
                }
            }
            asker.join();
            return answer.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
