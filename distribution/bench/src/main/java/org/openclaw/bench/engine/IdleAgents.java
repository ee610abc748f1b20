package org.openclaw.bench.engine;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.Key;
import org.openclaw.store.TurnStore;
import org.openclaw.store.journal.JournalTurnStore;
import org.openclaw.store.journal.Options;

/**
 * What an agent costs that has nothing to do: heap while it is in memory and when it has left, and what it takes to bring it back:
 * what the store is asked then, and an ask of one that rests beside an ask of one that is in memory.
 */
final class IdleAgents {
    private static final int AGENTS = 100_000;
    private static final int LOOKS_PER_SECOND = 20_000;
    private static final int ASKS = 3_000;
    private static final int READS = 20_000;

    private IdleAgents() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench");
        var journal = folder.resolve("journal");
        var settings = Settings.fittingThisJvm();
        try {
            long empty = heapOf(folder.resolve("empty"), settings);
            fill(journal, settings);
            long passive = heapOf(journal, settings);
            try (var node = new Node(journal, settings, AGENTS)) {
                var resting = ask(node, new SplittableRandom(1));
                node.create(AGENTS);
                // as long as it takes to look at each once
                TimeUnit.SECONDS.sleep(AGENTS / LOOKS_PER_SECOND + 3);
                long live = heap();
                var resident = ask(node, new SplittableRandom(2));
                long state = node.engine()
                        .find(Tenant.DEFAULT, Node.address(1))
                        .flatMap(view -> view.memory())
                        .orElseThrow()
                        .size();
                System.out.printf(
                        Locale.ROOT,
                        "heap of an agent: in memory %d bytes beside its state of %d; at rest %.1f%n",
                        (live - passive) / AGENTS - state,
                        state,
                        (double) (passive - empty) / AGENTS);
                print("an ask of one in memory", resident);
                print("an ask of one at rest", resting);
            }
            try (var store = JournalTurnStore.open(journal, Options.ofThisMachine())) {
                print("what the store is asked to bring one back, after a restart", reads(store));
            }
        } finally {
            DurableTurns.delete(folder);
        }
    }

    /** Nanoseconds of asks of agents at random, one at a time, in order. */
    private static long[] ask(Node node, SplittableRandom random) throws Exception {
        var took = new long[ASKS];
        for (int ask = 0; ask < ASKS; ask++) {
            long agent = random.nextInt(AGENTS);
            long start = System.nanoTime();
            node.ask(agent, "Ask", Node.ask(agent)).get(60, TimeUnit.SECONDS);
            took[ask] = System.nanoTime() - start;
        }
        Arrays.sort(took);
        return took;
    }

    private static long[] reads(TurnStore store) throws Exception {
        var random = new SplittableRandom(4);
        var took = new long[READS];
        for (int read = 0; read < READS; read++) {
            var name = new AgentName(Tenant.DEFAULT, Node.address(random.nextInt(AGENTS)));
            long start = System.nanoTime();
            long number = store.agent(name).orElseThrow();
            boolean found = store.get(Key.agent(number)).isPresent();
            took[read] = System.nanoTime() - start;
            if (!found) {
                throw new IllegalStateException(name + " is not stored");
            }
        }
        Arrays.sort(took);
        return took;
    }

    /** In a method of its own, so that nothing of the node is left behind it. */
    private static void fill(Path journal, Settings settings) throws Exception {
        try (var node = new Node(journal, settings, AGENTS)) {
            node.create(AGENTS);
        }
    }

    /** Of a node that has just begun, without what all nodes of a process share. */
    private static long heapOf(Path journal, Settings settings) throws Exception {
        try (var node = new Node(journal, settings, AGENTS)) {
            node.ask(0, "Ask", Node.ask(0)).get(60, TimeUnit.SECONDS);
            return heap();
        }
    }

    private static long heap() throws InterruptedException {
        for (int times = 0; times < 3; times++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void print(String what, long[] took) {
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %.0f us, p99 %.0f us, slowest %.0f us%n",
                what,
                took[took.length / 2] / 1e3,
                took[took.length * 99 / 100] / 1e3,
                took[took.length - 1] / 1e3);
    }
}
