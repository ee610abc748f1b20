package org.openclaw.bench.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs what measures the durable engine, one after the other, each in a JVM of its own as a node of some size has it. */
final class Durable {
    private static final List<String> JVM = List.of(
            "-Xmx4g",
            "-XX:+UseParallelGC",
            "-Xmn" + 48 * Runtime.getRuntime().availableProcessors() + "m",
            "-XX:+UseTransparentHugePages",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED");

    private static final List<List<String>> MEASUREMENTS = List.of(
            List.of("Checks"),
            List.of("JournalAlone"),
            List.of("DurableTurns", "hop", "100000", "1000", "40"),
            List.of("DurableTurns", "hop", "100000", "50000", "40"),
            List.of("DurableTurns", "ask", "100000", "1000", "40"),
            List.of("DurableTurns", "ask", "100000", "1", "10"),
            List.of("DurableTurns", "act", "100000", "1000", "40"),
            List.of("DurableTurns", "act", "100000", "1", "10"),
            List.of("DurableTurns", "hop", "100000", "20000", "40", "50"),
            List.of("-Xmx2g", "ManyAgents"),
            List.of("IdleAgents"),
            List.of("Suspended"),
            List.of("Timers"),
            List.of("TopicFanOut"),
            List.of("Fairness"),
            List.of("Recovery"),
            // a heap that is touched from the beginning, so that growth is growth of what lies beside it
            List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "Overload"),
            List.of("Beside"));

    private Durable() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (var measurement : MEASUREMENTS) {
            System.out.println(String.join(" ", measurement));
            int exit = run(measurement);
            if (exit != 0) {
                throw new IllegalStateException(measurement + " ended with " + exit + ", as said above (expected: 0)");
            }
        }
    }

    /** Runs a class of this package with its arguments; what begins with a dash before it is for the JVM. */
    static int run(List<String> measurement) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(Arrays.asList("-classpath", System.getProperty("java.class.path")));
        int name = 0;
        while (measurement.get(name).startsWith("-")) {
            command.add(measurement.get(name));
            name++;
        }
        command.add(Durable.class.getPackageName() + "." + measurement.get(name));
        command.addAll(measurement.subList(name + 1, measurement.size()));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
