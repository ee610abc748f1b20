package org.openclaw.bench.container;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import org.awaitility.Awaitility;

/** How long a small bundle takes from the complete file to the first answer of its agent. */
public final class DropToServing {
    private DropToServing() {}

    /** Prints the measurement: {@code [rounds]}. */
    static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        var temp = Files.createTempDirectory("openclaw-bench");
        try (var container = Container.started(temp.resolve("home"))) {
            var plugins = Plugins.trustedBy(container, temp.resolve("plugins"));
            var took = new ArrayList<Double>();
            for (int round = 0; round < rounds; round++) {
                var version = "1.0." + round;
                var jar = plugins.echo(version);
                long dropped = System.nanoTime();
                container.drop(jar, "echo.jar");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> answers(container, version));
                took.add((System.nanoTime() - dropped) / 1e6);
                Files.delete(container.deploy().resolve("echo.jar"));
                Awaitility.await()
                        .until(() ->
                                container.json("/v1/bundles").path("bundles").isEmpty());
            }
            var first = took.getFirst();
            var sorted = took.stream().sorted().toList();
            System.out.printf(
                    "drop to first answer, %d rounds: first %.0f ms, median %.0f ms, maximum %.0f ms%n",
                    rounds, first, sorted.get(sorted.size() / 2), sorted.getLast());
            System.out.println("  beside: Apache Karaf 1200-1650 ms");
        }
    }

    private static boolean answers(Container container, String version) throws Exception {
        // a stranded type accepts and lets wait, so the wait is short and the answer decides
        var answer = container.call(
                "POST", "/v1/agents/echo/bench/messages?type=echo.Say", "{\"text\":\"x\"}", "Prefer", "wait=1");
        return answer.statusCode() == 200 && answer.body().contains("\"version\":\"" + version + "\"");
    }
}
