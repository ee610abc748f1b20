package org.openclaw.bench.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openclaw.agent.runtime.engine.Settings;

/**
 * A million timers: how fast they are set, ten by each turn of 100,000 agents, and how late they fire, 10,000 a second: from the time
 * of the timer to the beginning of the handler for its message.
 */
final class Timers {
    private static final int AGENTS = 100_000;
    private static final int EACH = 10;
    private static final int PER_SECOND = 10_000;
    private static final int WINDOW = 2_000;
    private static final int SECONDS = 30;

    private Timers() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench");
        try (var node = new Node(folder.resolve("journal"), Settings.fittingThisJvm(), AGENTS)) {
            node.create(AGENTS);
            long start = System.nanoTime();
            // so late that all are set before the first one fires
            long first = Clock.systemUTC().millis() + TimeUnit.SECONDS.toMillis(60);
            var window = new Semaphore(WINDOW);
            for (int agent = 0; agent < AGENTS; agent++) {
                window.acquire();
                var _ = node.ask(agent, "Remind", remind(first, agent)).whenComplete((_, _) -> window.release());
            }
            window.acquire(WINDOW);
            double took = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "set %,d timers in %.1f s: %,.0f/s, by %,.0f turns/s%n",
                    AGENTS * EACH,
                    took,
                    AGENTS * EACH / took,
                    AGENTS / took);
            TimeUnit.MILLISECONDS.sleep(first - Clock.systemUTC().millis() + 5_000);
            var before = node.late().read();
            TimeUnit.SECONDS.sleep(SECONDS);
            var late = node.late().read().since(before);
            System.out.printf(
                    Locale.ROOT,
                    "fired %,d in %d s, %,d a second meant: late p50 %.1f p99 %.1f p99.9 %.1f ms%n",
                    late.count(),
                    SECONDS,
                    PER_SECOND,
                    late.percentile(0.5).orElseThrow().toNanos() / 1e6,
                    late.percentile(0.99).orElseThrow().toNanos() / 1e6,
                    late.percentile(0.999).orElseThrow().toNanos() / 1e6);
        } finally {
            DurableTurns.delete(folder);
        }
    }

    /** The timers of all agents together are spread evenly. */
    private static String remind(long first, int agent) {
        long apart = 1_000L * AGENTS / PER_SECOND;
        return "{\"first\":%d,\"apart\":%d,\"count\":%d}".formatted(first + 1_000L * agent / PER_SECOND, apart, EACH);
    }
}
