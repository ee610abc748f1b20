package org.openclaw.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openclaw.agent.runtime.engine.Settings;

/**
 * From the start of the store to the first turn, after a process has ended without a word in which a million messages waited for a
 * hundred thousand agents. What it reads is in the page cache.
 */
final class Recovery {
    private static final int AGENTS = 100_000;
    private static final int MESSAGES = 1_000_000;
    private static final int WINDOW = 4_000;
    private static final int RESTARTS = 3;

    private Recovery() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            measure();
        } else if (arguments[0].equals("fill")) {
            fill(Path.of(arguments[1]));
        } else {
            restart(Path.of(arguments[1]));
        }
    }

    private static void measure() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "bench");
        try {
            Durable.run(Arrays.asList("Recovery", "fill", folder.toString()));
            for (int restart = 0; restart < RESTARTS; restart++) {
                Durable.run(Arrays.asList("Recovery", "restart", folder.toString()));
            }
        } finally {
            DurableTurns.delete(folder);
        }
    }

    private static Node open(Path folder) throws IOException {
        return new Node(folder.resolve("journal"), Settings.fittingThisJvm(), AGENTS);
    }

    @SuppressWarnings("resource") // it ends as a process does that is killed
    private static void fill(Path folder) throws Exception {
        var node = open(folder);
        node.rest();
        var window = new Semaphore(WINDOW);
        for (long message = 0; message < MESSAGES; message++) {
            window.acquire();
            var _ = node.send(message, "Pass", Node.pass(message, 0, 0)).whenComplete((_, _) -> window.release());
        }
        window.acquire(WINDOW);
        Runtime.getRuntime().halt(0);
    }

    @SuppressWarnings("resource") // it ends as a process does that is killed
    private static void restart(Path folder) throws Exception {
        long start = System.nanoTime();
        var node = open(folder);
        double open = (System.nanoTime() - start) / 1e6;
        long waiting = node.engine().read().waiting();
        node.go();
        while (node.engine().read().turns() == 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        System.out.printf(
                Locale.ROOT,
                "%,d messages waited: open after %.0f ms, the first turn after %.0f ms%n",
                waiting,
                open,
                (System.nanoTime() - start) / 1e6);
        Runtime.getRuntime().halt(0);
    }
}
