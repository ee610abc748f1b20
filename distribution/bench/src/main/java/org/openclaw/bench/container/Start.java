package org.openclaw.bench.container;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.nop.NOPServiceProvider;

/**
 * What a start takes: {@code bin/claw run} in the profile {@code small} until {@code /readyz} says yes, with the console and
 * the example serving, beside a {@linkplain BareFelix bare Felix} with the same options of the JVM until its console answers;
 * in turn, in one run. Memory is what is resident three seconds later. And what {@code claw status} takes, beside
 * {@code java -version}.
 */
public final class Start {
    private static final int PATIENCE_SECONDS = 60;
    private static final long SETTLE_SECONDS = 3;
    private static final double TICKS_PER_SECOND = 100;
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms32m",
            "-Xmx256m",
            "-XX:+UseCompactObjectHeaders",
            "--sun-misc-unsafe-memory-access=deny",
            "--add-opens",
            "java.base/java.net=ALL-UNNAMED",
            "-Djava.awt.headless=true");
    private static final List<String> BARE_BUNDLES = List.of(
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component",
            "org.apache.felix.scr",
            "org.apache.felix.http.servlet-api",
            "commons-io",
            "commons-fileupload",
            "encoder",
            "org.apache.felix.configadmin",
            "org.apache.felix.inventory",
            "org.apache.felix.http.jetty12",
            "org.apache.felix.webconsole");

    private final Path folder;
    private final Path installation;
    private final String java;

    private Start(Path folder) {
        this.folder = folder;
        this.installation = folder.resolve("installation");
        this.java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * One start.
     *
     * @param seconds from the process's begin to the first good answer
     * @param cpuSeconds of all its threads until then
     * @param mebibytes resident three seconds later
     */
    private record Measured(double seconds, double cpuSeconds, double mebibytes) {}

    /** Prints the measurement: {@code [rounds]}. */
    static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
        new Start(Files.createTempDirectory("openclaw-bench-start")).measure(rounds);
    }

    private void measure(int rounds) throws Exception {
        Container.copyOfTheInstallation(installation);
        train();
        var bare = new ArrayList<Measured>();
        var claw = new ArrayList<Measured>();
        for (int round = -1; round < rounds; round++) {
            var one = bare();
            var other = claw();
            if (round >= 0) { // the round before is for the disk's cache, and the first start of a home
                bare.add(one);
                claw.add(other);
            }
        }
        System.out.printf("start to ready, %d rounds in turn, medians (minimum):%n", rounds);
        print("bare Felix", bare);
        print("bin/claw run", claw);
        System.out.printf(
                "  ratios of the medians: wall %.2f, CPU %.2f; resident %+.0f MiB%n",
                median(claw, Measured::seconds) / median(bare, Measured::seconds),
                median(claw, Measured::cpuSeconds) / median(bare, Measured::cpuSeconds),
                median(claw, Measured::mebibytes) - median(bare, Measured::mebibytes));
        status(rounds);
    }

    private void train() throws Exception {
        var command = claw("aot", "--home", folder.resolve("home").toString());
        run(command);
    }

    private Measured bare() throws Exception {
        var libraries = installation.resolve("lib");
        var classPath = Stream.of(
                        jar(libraries, "org.apache.felix.framework"),
                        jar(libraries, "org.osgi.service.log"),
                        jar(libraries, "slf4j-api"),
                        path(BareFelix.class),
                        path(NOPServiceProvider.class))
                .map(Path::toString)
                .toList();
        int port = Container.freePort();
        var words = new ArrayList<String>();
        words.add(java);
        words.addAll(SMALL);
        words.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), BareFelix.class.getName()));
        words.addAll(List.of(folder.resolve("bare").toString(), Integer.toString(port)));
        for (var name : BARE_BUNDLES) {
            words.add(jar(installation.resolve("bundles"), name).toString());
        }
        // it asks for a name and a password
        return measured(
                new ProcessBuilder(words), port, "/system/console/bundles", HttpURLConnection.HTTP_UNAUTHORIZED);
    }

    private Measured claw() throws Exception {
        int port = Container.freePort();
        var command = claw("run", "--home", folder.resolve("home").toString(), "--port", Integer.toString(port));
        return measured(command, port, "/readyz", HttpURLConnection.HTTP_OK);
    }

    private Measured measured(ProcessBuilder command, int port, String path, int expected) throws Exception {
        long begun = System.nanoTime();
        var process = command.redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            awaitAnswer(process, port, path, expected);
            double seconds = (System.nanoTime() - begun) / 1e9;
            double cpu = cpuSeconds(process);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            return new Measured(seconds, cpu, resident(process));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private void awaitAnswer(Process process, int port, String path, int expected) throws Exception {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (status(port, path) == expected) {
                    return;
                }
            } catch (IOException notYet) {
                // it does not listen yet
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new IllegalStateException("not ready: " + Files.readString(folder.resolve("out")));
    }

    private static int status(int port, String path) throws IOException {
        var request = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        try {
            request.setInstanceFollowRedirects(false);
            return request.getResponseCode();
        } finally {
            request.disconnect();
        }
    }

    private static double cpuSeconds(Process process) throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        // utime, stime, and those of the children that bin/claw waited for (proc(5), fields 14 to 17)
        long ticks = 0;
        for (int at = 11; at <= 14; at++) {
            ticks += Long.parseLong(fields[at]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static double resident(Process process) throws IOException {
        var status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
        var found = RESIDENT.matcher(status);
        return found.find() ? Long.parseLong(found.group(1)) / 1024.0 : Double.NaN;
    }

    private void status(int rounds) throws Exception {
        int port = Container.freePort();
        var home = folder.resolve("home").toString();
        var container = claw("run", "--home", home, "--port", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            awaitAnswer(container, port, "/readyz", HttpURLConnection.HTTP_OK);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            var times = new TreeMap<String, List<Double>>();
            for (int round = 0; round < rounds; round++) {
                times.computeIfAbsent("claw status", name -> new ArrayList<>())
                        .add(run(claw("status", "--home", home)));
                times.computeIfAbsent("java -version", name -> new ArrayList<>())
                        .add(run(new ProcessBuilder(java, "-version")));
            }
            System.out.printf("commands, %d rounds in turn, medians (minimum):%n", rounds);
            times.forEach((name, seconds) -> System.out.printf(
                    "  %-14s %4.0f ms (%.0f)%n",
                    name,
                    1000 * median(seconds),
                    1000 * seconds.stream().min(Double::compare).orElseThrow()));
        } finally {
            container.destroy();
            container.waitFor();
        }
    }

    private double run(ProcessBuilder command) throws Exception {
        long begun = System.nanoTime();
        var out = folder.resolve("command.out");
        var process =
                command.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        process.getOutputStream().close();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command.command() + ": " + Files.readString(out));
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private ProcessBuilder claw(String... words) {
        var line = new ArrayList<String>();
        line.add(installation.resolve("bin/claw").toString());
        line.addAll(List.of(words));
        var command = new ProcessBuilder(line);
        command.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "CLAW_PROFILE", "small"));
        return command;
    }

    private static Path jar(Path folder, String name) {
        var found = Checkout.list(
                folder, file -> file.getFileName().toString().matches(Pattern.quote(name) + "-\\d.*\\.jar"));
        return found.getFirst();
    }

    private static Path path(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void print(String name, List<Measured> starts) {
        System.out.printf(
                "  %-14s wall %.2f s (%.2f)   CPU %.2f s (%.2f)   resident %.0f MiB (%.0f)%n",
                name,
                median(starts, Measured::seconds),
                least(starts, Measured::seconds),
                median(starts, Measured::cpuSeconds),
                least(starts, Measured::cpuSeconds),
                median(starts, Measured::mebibytes),
                least(starts, Measured::mebibytes));
    }

    private static double median(List<Measured> starts, ToDoubleFunction<Measured> figure) {
        return median(starts.stream().map(figure::applyAsDouble).toList());
    }

    private static double least(List<Measured> starts, ToDoubleFunction<Measured> figure) {
        return starts.stream().mapToDouble(figure).min().orElseThrow();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
