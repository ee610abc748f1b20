package org.openclaw.bench.engine;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openclaw.agent.Waits;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.message.Body;
import org.openclaw.message.Tenant;

/**
 * What turns cost that wait for a signal: heap and threads of 100,000 of them, beside a node that has none; how fast they are
 * suspended, answered by 64 askers, and done; and the same after a restart.
 */
final class Suspended {
    private static final int TURNS = 100_000;
    private static final int WINDOW = 1_000;
    private static final int ASKERS = 64;
    private static final int PAGE = 1_000;

    private Suspended() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench");
        var settings = Settings.fittingThisJvm();
        var journal = folder.resolve("journal");
        try {
            long empty = empty(folder.resolve("empty"), settings);
            suspend(journal, settings, empty);
            answer(journal, settings, empty);
        } finally {
            DurableTurns.delete(folder);
        }
    }

    private static long empty(Path journal, Settings settings) throws Exception {
        try (var node = new Node(journal, settings, TURNS)) {
            node.ask(0, "Ask", Node.ask(0)).get(60, TimeUnit.SECONDS);
            return heap();
        }
    }

    private static void suspend(Path journal, Settings settings, long empty) throws Exception {
        try (var node = new Node(journal, settings, TURNS)) {
            int threads = threads();
            long start = System.nanoTime();
            var window = new Semaphore(WINDOW);
            for (int turn = 0; turn < TURNS; turn++) {
                window.acquire();
                var _ = node.send(turn, "Await", "{\"token\":" + turn + "}").whenComplete((_, _) -> window.release());
            }
            window.acquire(WINDOW);
            await(() -> suspended(node).size() == TURNS);
            System.out.printf(Locale.ROOT, "suspended %,.0f turns/s%n", TURNS * 1e9 / (System.nanoTime() - start));
            print("suspended", empty, threads);
        }
    }

    private static void answer(Path journal, Settings settings, long empty) throws Exception {
        int threads = threads();
        try (var node = new Node(journal, settings, TURNS)) {
            print("after a restart", empty, threads);
            var signals = suspended(node);
            long before = node.engine().read().turns();
            long start = System.nanoTime();
            var next = new AtomicInteger();
            var askers = new ArrayList<Thread>();
            for (int asker = 0; asker < ASKERS; asker++) {
                askers.add(Thread.startVirtualThread(() -> answer(node, signals, next)));
            }
            for (var asker : askers) {
                asker.join();
            }
            await(() -> node.engine().read().turns() - before == TURNS);
            System.out.printf(
                    Locale.ROOT, "answered and done %,.0f turns/s%n", TURNS * 1e9 / (System.nanoTime() - start));
        }
    }

    private static void answer(Node node, List<String> signals, AtomicInteger next) {
        for (int at = next.getAndIncrement(); at < TURNS; at = next.getAndIncrement()) {
            var answer = node.engine().waits().answer(Tenant.DEFAULT, signals.get(at), Body.json("1"));
            if (!(answer instanceof Waits.Answer.Taken)) {
                throw new IllegalStateException("not taken: " + answer);
            }
        }
    }

    private static List<String> suspended(Node node) {
        var signals = new ArrayList<String>();
        var next = Optional.<String>empty();
        do {
            var page = node.engine().waits().list(Tenant.DEFAULT, next, PAGE);
            page.waits().forEach(wait -> signals.add(wait.signal().orElseThrow()));
            next = page.next();
        } while (next.isPresent());
        return signals;
    }

    /** Something that will be so. */
    private interface Soon {
        boolean isSo();
    }

    private static void await(Soon soon) throws InterruptedException {
        while (!soon.isSo()) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void print(String when, long empty, int threads) throws InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%s: %d bytes of heap a turn, its agent and its message included; %d threads more%n",
                when,
                (heap() - empty) / TURNS,
                threads() - threads);
    }

    /** Platform threads: a virtual thread that waits is part of the heap. */
    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heap() throws InterruptedException {
        for (int times = 0; times < 3; times++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
