package org.openclaw.bench.container;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** How long a small bundle takes from the complete file to the first answer of its agent. */
public final class DropToServing {
    private DropToServing() {}

    /** Prints the measurement: {@code [rounds]}. */
    static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        var temp = Files.createTempDirectory("openclaw-bench");
        var home = temp.resolve("home");
        for (var shipped : Checkout.list(Container.INSTALLATION.resolve("deploy"), each -> true)) {
            Files.createDirectories(home.resolve("deploy"));
            Files.copy(shipped, home.resolve("deploy").resolve(shipped.getFileName()));
        }
        var took = measure(home, temp.resolve("plugins"), rounds);
        var empty = measure(temp.resolve("empty"), temp.resolve("more-plugins"), 1);
        var sorted = took.stream().sorted().toList();
        System.out.printf(
                "drop to first answer, %d rounds beside the shipped example: first %.0f ms, median %.0f ms, maximum %.0f ms%n",
                rounds, took.getFirst(), sorted.get(sorted.size() / 2), sorted.getLast());
        System.out.printf(
                "  the very first drop into a container that has never deployed anything: %.0f ms%n", empty.getFirst());
        System.out.println("  beside: Apache Karaf 1200-1650 ms");
    }

    private static List<Double> measure(Path home, Path work, int rounds) throws Exception {
        var took = new ArrayList<Double>();
        try (var container = Container.started(home)) {
            var plugins = Plugins.trustedBy(container, work);
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
                Awaitility.await().until(() -> container.file("echo.jar").isMissingNode());
            }
        }
        return took;
    }

    private static boolean answers(Container container, String version) throws Exception {
        // a stranded type accepts and lets wait, so the wait is short and the answer decides
        var answer = container.call(
                "POST", "/v1/agents/echo/bench/messages?type=echo.Say", "{\"text\":\"x\"}", "Prefer", "wait=1");
        return answer.statusCode() == 200 && answer.body().contains("\"version\":\"" + version + "\"");
    }
}
