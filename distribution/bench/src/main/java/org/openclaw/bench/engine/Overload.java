package org.openclaw.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.message.Body;
import org.openclaw.message.Receipt;

/**
 * Ten times as many messages from outside as the node can handle: what it gets done beside what it does at best, and whether it
 * grows. The senders are in the same process and take their part of the processors.
 *
 * <p>Arguments: {@code [SECONDS]}.
 */
final class Overload {
    private static final int AGENTS = 100_000;
    private static final int OUTSTANDING = 1_000;
    private static final int SECONDS_TO_PEAK = 20;
    private static final int TIMES = 10;
    private static final long BURST_NANOS = 1_000_000;

    private Overload() {}

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench");
        try (var node = new Node(folder.resolve("journal"), Settings.USUAL, AGENTS)) {
            double peak = peak(node);
            System.out.printf(Locale.ROOT, "at best %,.0f messages/s, %,d at a time%n", peak, OUTSTANDING);
            overload(node, peak, seconds);
        } finally {
            DurableTurns.delete(folder);
        }
    }

    /** With as many under way as it takes to keep it busy. */
    private static double peak(Node node) throws InterruptedException {
        var window = new Semaphore(OUTSTANDING);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_PEAK);
        long half = end - TimeUnit.SECONDS.toNanos(SECONDS_TO_PEAK / 2);
        long before = 0;
        long since = 0;
        for (long message = 0; System.nanoTime() < end; message++) {
            window.acquire();
            var _ = node.ask(message * 7919, "Ask", Node.ask(message)).whenComplete((_, _) -> window.release());
            if (before == 0 && System.nanoTime() > half) {
                before = node.engine().read().turns();
                since = System.nanoTime();
            }
        }
        double rate = (node.engine().read().turns() - before) * 1e9 / (System.nanoTime() - since);
        window.acquire(OUTSTANDING);
        return rate;
    }

    private static void overload(Node node, double peak, int seconds) throws IOException, InterruptedException {
        var refused = new LongAdder();
        var offered = new LongAdder();
        var sender = Thread.ofPlatform().daemon().start(() -> send(node, TIMES * peak, offered, refused));
        var residents = new ArrayList<Long>();
        TimeUnit.SECONDS.sleep(seconds / 6);
        long before = node.engine().read().turns();
        long offeredBefore = offered.sum();
        long start = System.nanoTime();
        for (int second = seconds / 6; second < seconds; second += 5) {
            TimeUnit.SECONDS.sleep(5);
            residents.add(residentKib());
        }
        double took = (System.nanoTime() - start) / 1e9;
        double done = (node.engine().read().turns() - before) / took;
        sender.interrupt();
        sender.join();
        System.out.printf(
                Locale.ROOT,
                "offered %,.0f/s (%.1f times): done %,.0f/s, %.0f %% of the best; refused %,d of %,d; resident half-way %,d MiB, at the end %,d MiB%n",
                (offered.sum() - offeredBefore) / took,
                (offered.sum() - offeredBefore) / took / peak,
                done,
                100 * done / peak,
                refused.sum(),
                offered.sum(),
                residents.get(residents.size() / 2) >> 10,
                residents.getLast() >> 10);
    }

    /** At a constant rate, as far as this thread can. */
    private static void send(Node node, double perSecond, LongAdder offered, LongAdder refused) {
        var body = Body.json(Node.ask(0));
        long start = System.nanoTime();
        long sent = 0;
        while (!Thread.currentThread().isInterrupted()) {
            long due = (long) ((System.nanoTime() - start) * perSecond / 1e9);
            for (; sent < due && !Thread.currentThread().isInterrupted(); sent++) {
                var _ = node.offer(Node.address(sent * 7919 % AGENTS), "Ask", body)
                        .thenAccept(receipt -> {
                            if (receipt instanceof Receipt.Refused) {
                                refused.increment();
                            }
                        });
                offered.increment();
            }
            LockSupport.parkNanos(BURST_NANOS);
        }
    }

    private static long residentKib() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IllegalStateException("no VmRSS in /proc/self/status (expected: Linux)");
    }
}
