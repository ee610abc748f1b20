package org.openclaw.bench.engine;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.openclaw.agent.runtime.engine.Settings;

/**
 * Durable turns of a node that knows a million agents and has a hundred thousand at work, beside one that has ten thousand in all;
 * they take turns in one run, and in one heap.
 *
 * <p>Arguments: {@code [ROUNDS [SECONDS]]}.
 */
final class ManyAgents {
    private static final int KNOWN = 1_000_000;
    private static final int ACTIVE = 100_000;
    private static final int FEW = 10_000;
    private static final int IN_FLIGHT = 1_000;

    private ManyAgents() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench");
        var settings = Settings.fittingThisJvm();
        try (var many = new Node(folder.resolve("many"), settings, ACTIVE);
                var few = new Node(folder.resolve("few"), settings, FEW)) {
            many.create(KNOWN);
            few.create(FEW);
            many.load(IN_FLIGHT, 0);
            few.load(IN_FLIGHT, 0);
            many.round(seconds);
            few.round(seconds);
            for (int round = 0; round < rounds; round++) {
                double much = many.round(seconds);
                double little = few.round(seconds);
                System.out.printf(
                        Locale.ROOT,
                        "  %,d agents known and %,d at work %,9.0f turns/s   %,d agents %,9.0f turns/s: %3.0f %%%n",
                        KNOWN,
                        ACTIVE,
                        much,
                        FEW,
                        little,
                        100 * much / little);
            }
            System.gc();
            System.out.printf(
                    Locale.ROOT,
                    "heap in use %,d MiB of %,d%n",
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
                    Runtime.getRuntime().maxMemory() >> 20);
        } finally {
            DurableTurns.delete(folder);
        }
    }
}
