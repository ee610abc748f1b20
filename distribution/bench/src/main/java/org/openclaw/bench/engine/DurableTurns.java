package org.openclaw.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.engine.Settings;
import org.openclaw.telemetry.Latencies;

/**
 * Durable turns a second, agent to agent: so many messages hop over so many agents, each hop a turn that consumes a message of
 * 300 bytes, changes a state of 200 bytes and sends the next message. And durable asks from outside, of turns without and with steps.
 *
 * <p>The latencies of hops are those of the engine, from the acceptance of a message to the commit of its turn; those of asks are as
 * the asker sees them, from the call to the answer.
 *
 * <p>Arguments: {@code hop AGENTS IN_FLIGHT SECONDS [SLEEP_MILLIS]}, or {@code ask AGENTS IN_FLIGHT SECONDS}, or the same
 * with {@code act}: turns of three steps each.
 */
final class DurableTurns {
    private static final int SLICE_MILLIS = 500;

    private DurableTurns() {}

    public static void main(String[] arguments) throws Exception {
        var what = arguments[0];
        int agents = Integer.parseInt(arguments[1]);
        int inFlight = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        int sleep = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 0;
        var folder = Files.createTempDirectory(Path.of("target"), "bench");
        try (var node = new Node(folder.resolve("journal"), Settings.fittingThisJvm(), agents)) {
            if (what.equals("hop")) {
                hop(node, inFlight, seconds, sleep);
            } else {
                ask(node, what, inFlight, seconds);
            }
        } finally {
            delete(folder);
        }
    }

    private static void hop(Node node, int inFlight, int seconds, int sleep) throws Exception {
        node.load(inFlight, sleep);
        node.go();
        measure(node, "hop", inFlight, seconds, () -> node.engine().read().latencies());
    }

    /** The first half warms up and is not counted. */
    private static void measure(Node node, String what, int inFlight, int seconds, Supplier<Latencies> waits)
            throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds / 2);
        var first = node.engine().read();
        var before = waits.get();
        long cpu = cpu();
        var rates = rates(node, seconds - seconds / 2);
        var last = node.engine().read();
        double perTurn = (cpu() - cpu) / 1e3 / Math.max(1, last.turns() - first.turns());
        var latencies = waits.get().since(before);
        System.out.printf(
                Locale.ROOT,
                "%s:%d  %,.0f turns/s (median; best half second %,.0f); CPU %.2f us a turn; p50 %s p99 %s%n",
                what,
                inFlight,
                median(rates),
                rates[rates.length - 1],
                perTurn,
                latencies.percentile(0.5).map(Object::toString).orElse("-"),
                latencies.percentile(0.99).map(Object::toString).orElse("-"));
    }

    /** Turns a second in each slice, in order. */
    static double[] rates(Node node, int seconds) throws InterruptedException {
        var rates = new double[seconds * 1000 / SLICE_MILLIS];
        long before = node.engine().read().turns();
        for (int slice = 0; slice < rates.length; slice++) {
            long began = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(SLICE_MILLIS);
            long now = node.engine().read().turns();
            rates[slice] = (now - before) * 1e9 / (System.nanoTime() - began);
            before = now;
        }
        Arrays.sort(rates);
        return rates;
    }

    static double median(double[] rates) {
        return rates[rates.length / 2];
    }

    private static void ask(Node node, String what, int inFlight, int seconds) throws InterruptedException {
        var next = new AtomicLong();
        var trouble = new AtomicReference<@Nullable Throwable>();
        var waits = new Latencies.Recorder();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int asker = 0; asker < inFlight; asker++) {
            again(node, what, next, end, waits, trouble);
        }
        measure(node, what, inFlight, seconds, waits::read);
        var first = trouble.get();
        if (first != null) {
            throw new IllegalStateException("an ask failed, so the figures above say nothing", first);
        }
    }

    private static void again(
            Node node,
            String what,
            AtomicLong next,
            long end,
            Latencies.Recorder waits,
            AtomicReference<@Nullable Throwable> trouble) {
        long token = next.incrementAndGet();
        long asked = System.nanoTime();
        var _ = node.ask(token * 7919L, what.equals("act") ? "Act" : "Ask", Node.ask(token))
                .whenComplete((status, failed) -> {
                    waits.record(Duration.ofNanos(System.nanoTime() - asked));
                    if (failed != null) {
                        trouble.compareAndSet(null, failed);
                    } else if (System.nanoTime() < end) {
                        Thread.startVirtualThread(() -> again(node, what, next, end, waits, trouble));
                    }
                });
    }

    private static long cpu() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
