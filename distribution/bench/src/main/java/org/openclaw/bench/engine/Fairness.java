package org.openclaw.bench.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Tenant;
import org.openclaw.telemetry.Latencies;

/**
 * What a tenant sees of the backlog of another: asks at a quarter of what the node can do, from the call to the answer, alone and
 * beside a tenant that has 1,000 and 100,000 messages under way without end. The asker is in the same process, and takes its part of
 * the processors.
 *
 * <p>Arguments: {@code [SECONDS [ROUNDS]]}.
 */
final class Fairness {
    private static final int AGENTS = 100_000;
    private static final int[] BACKLOGS = {0, 1_000, 100_000};
    private static final int OUTSTANDING = 1_000;
    private static final long BURST_NANOS = 500_000;
    private static final Tenant QUIET = new Tenant("quiet");

    private Fairness() {}

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        double capacity = run(node -> peak(node, seconds));
        System.out.printf(Locale.ROOT, "at best %,.0f asks/s, %,d at a time%n", capacity, OUTSTANDING);
        var p99 = new double[BACKLOGS.length][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int which = 0; which < BACKLOGS.length; which++) {
                int backlog = BACKLOGS[which];
                p99[which][round] = run(node -> beside(node, backlog, capacity / 4, seconds));
            }
        }
        double alone = median(p99[0]);
        System.out.printf(
                Locale.ROOT,
                "p99, median of %d rounds: alone %.1f ms; beside %,d %.1f ms, %.2f times; beside %,d %.1f ms, %.2f times%n",
                rounds,
                alone,
                BACKLOGS[1],
                median(p99[1]),
                median(p99[1]) / alone,
                BACKLOGS[2],
                median(p99[2]),
                median(p99[2]) / alone);
    }

    private static double median(double[] of) {
        var sorted = of.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** What is measured on a node. */
    private interface Measure {
        double of(Node node) throws InterruptedException;
    }

    private static double run(Measure measure) throws Exception {
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench");
        try (var node = new Node(folder.resolve("journal"), Settings.fittingThisJvm(), AGENTS)) {
            return measure.of(node);
        } finally {
            DurableTurns.delete(folder);
        }
    }

    /** With as many under way as it takes to keep it busy; the first half warms up. */
    private static double peak(Node node, int seconds) throws InterruptedException {
        var window = new Semaphore(OUTSTANDING);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long half = end - TimeUnit.SECONDS.toNanos(seconds) / 2;
        long before = 0;
        long since = 0;
        for (long message = 0; System.nanoTime() < end; message++) {
            window.acquire();
            var _ = node.ask(QUIET, message * 7919, Node.ask(message)).whenComplete((_, _) -> window.release());
            if (before == 0 && System.nanoTime() > half) {
                before = node.engine().read().turns();
                since = System.nanoTime();
            }
        }
        double rate = (node.engine().read().turns() - before) * 1e9 / (System.nanoTime() - since);
        window.acquire(OUTSTANDING);
        return rate;
    }

    /** The p99 of the quiet tenant in milliseconds; the first third warms up. */
    private static double beside(Node node, int backlog, double perSecond, int seconds) throws InterruptedException {
        if (backlog > 0) {
            node.load(backlog, 0);
            node.go();
        }
        var waits = new Latencies.Recorder();
        var failed = new AtomicLong();
        long start = System.nanoTime();
        long length = TimeUnit.SECONDS.toNanos(seconds);
        Latencies before = waits.read();
        long turns = node.engine().read().turns();
        long sent = 0;
        boolean warm = false;
        for (long passed = 0; passed < length; passed = System.nanoTime() - start) {
            if (!warm && passed > length / 3) {
                warm = true;
                before = waits.read();
                turns = node.engine().read().turns();
            }
            for (long due = (long) (passed * perSecond / 1e9); sent < due; sent++) {
                long asked = System.nanoTime();
                var _ = node.ask(QUIET, sent * 7919, Node.ask(sent)).whenComplete((status, thrown) -> {
                    waits.record(Duration.ofNanos(System.nanoTime() - asked));
                    if (thrown != null || !(status instanceof MessageStatus.Done)) {
                        failed.incrementAndGet();
                    }
                });
            }
            LockSupport.parkNanos(BURST_NANOS);
        }
        var latencies = waits.read().since(before);
        double p99 = millis(latencies, 0.99);
        System.out.printf(
                Locale.ROOT,
                "beside %,7d: %,.0f asks/s of the quiet tenant, p50 %.1f p99 %.1f ms; all turns %,.0f/s; failed %d%n",
                backlog,
                perSecond,
                millis(latencies, 0.5),
                p99,
                (node.engine().read().turns() - turns) * 1.5 / seconds,
                failed.get());
        return p99;
    }

    private static double millis(Latencies of, double part) {
        return of.percentile(part).orElse(Duration.ZERO).toNanos() / 1e6;
    }
}
