package org.openclaw.bench.container;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Replaces an agent type again and again while it is asked at a constant rate. */
public final class Replacement {
    /**
     * What came of it.
     *
     * @param calls every call
     * @param before the calls due in the second before each new jar was dropped
     * @param after the calls due in the second behind each
     * @param swaps how long each took, from the drop until the file served, in milliseconds
     */
    public record Result(List<Load.Call> calls, List<Load.Call> before, List<Load.Call> after, List<Double> swaps) {
        /** The calls that the agent did not answer. */
        public List<Load.Call> failed() {
            return calls.stream().filter(call -> !call.succeeded()).toList();
        }
    }

    private final Container container;
    private final List<Path> jars = new ArrayList<>();

    /** Builds the versions 1.0.0, 1.0.1, … up to {@code count}, and deploys the first one. */
    public Replacement(Container container, Plugins plugins, int count) throws Exception {
        this.container = container;
        for (int version = 0; version <= count; version++) {
            jars.add(plugins.echo("1.0." + version));
        }
        container.drop(jars.getFirst(), "echo.jar");
        container.awaitFile("echo.jar", "serving");
    }

    /**
     * Replaces the jar in its place, one version after the other, from {@code first} to {@code last}.
     *
     * @param calm how long to wait between two replacements
     */
    public Result run(int first, int last, int perSecond, Duration calm) throws Exception {
        var drops = new ArrayList<Long>();
        var swaps = new ArrayList<Double>();
        var load = new Load(container, perSecond, 100);
        try (load) {
            pause(calm);
            for (int version = first; version <= last; version++) {
                long dropped = System.nanoTime();
                container.drop(jars.get(version), "echo.jar");
                awaitServing("1.0." + version);
                drops.add(dropped);
                swaps.add((System.nanoTime() - dropped) / 1e6);
                pause(calm);
            }
        }
        var calls = load.calls();
        long second = Duration.ofSeconds(1).toNanos();
        return new Result(
                calls,
                calls.stream()
                        .filter(call -> drops.stream()
                                .anyMatch(drop -> call.dueNanos() < drop && call.dueNanos() >= drop - second))
                        .collect(Collectors.toList()),
                calls.stream()
                        .filter(call -> drops.stream()
                                .anyMatch(drop -> call.dueNanos() >= drop && call.dueNanos() < drop + second))
                        .collect(Collectors.toList()),
                swaps);
    }

    /** Prints the measurement: {@code [replacements] [calls per second]}. */
    static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        int rate = args.length > 1 ? Integer.parseInt(args[1]) : 500;
        var temp = Files.createTempDirectory("openclaw-bench");
        try (var container = Container.started(temp.resolve("home"))) {
            var replacement =
                    new Replacement(container, Plugins.trustedBy(container, temp.resolve("plugins")), count + 10);
            replacement.run(1, 10, rate, Duration.ofSeconds(1)); // warms up
            // longer than two seconds, so that no call counts both as after one drop and as before the next
            var result = replacement.run(11, count + 10, rate, Duration.ofMillis(2100));
            System.out.printf(
                    "replacement: %d times at %d calls/s: %d calls, %d failed%n",
                    count, rate, result.calls().size(), result.failed().size());
            System.out.printf(
                    "  p99 of the second before %.2f ms, after the drop %.2f ms; p50 %.2f / %.2f ms; maximum %.2f / %.2f ms%n",
                    Load.percentile(result.before(), 0.99),
                    Load.percentile(result.after(), 0.99),
                    Load.percentile(result.before(), 0.5),
                    Load.percentile(result.after(), 0.5),
                    Load.percentile(result.before(), 1),
                    Load.percentile(result.after(), 1));
            var swaps = result.swaps().stream().sorted().toList();
            System.out.printf(
                    "  drop to serving under this load: median %.0f ms, maximum %.0f ms%n",
                    swaps.get(swaps.size() / 2), swaps.getLast());
            System.out.println(
                    "  beside: Apache Karaf in place 16-29 ms without service; 86 ms of HTTP 500 in the other OpenClaw");
            result.failed().stream().limit(5).forEach(call -> System.out.println("  failed: " + call));
        }
    }

    private void awaitServing(String version) {
        Awaitility.await("echo.jar " + version)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    var row = container.file("echo.jar");
                    return row.path("state").asString("").equals("serving")
                            && row.path("serving").path("version").asString("").equals(version);
                });
    }

    private static void pause(Duration calm) {
        long end = System.nanoTime() + calm.toNanos();
        for (long left = calm.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
