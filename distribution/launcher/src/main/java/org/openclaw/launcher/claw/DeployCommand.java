package org.openclaw.launcher.claw;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Puts jars into {@code deploy/} of the running container and prints the verdict on each.
 *
 * <p>The order of the jars does not matter: one that was refused because it misses what a later one brings is sent again
 * for as long as others begin to serve.
 */
@Command(name = "deploy", description = "Deploy signed jars and print the verdict on each.")
final class DeployCommand implements Callable<Integer> {
    /** Refusals that another jar of the same call may cure. */
    private static final Set<String> CURABLE = Set.of("bundle.unresolved", "bundle.start.failed", "agent.unsatisfied");

    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(60);

    @Parameters(arity = "1..*", paramLabel = "JAR", description = "The jars; their order does not matter.")
    private List<Path> jars = List.of();

    @Option(
            names = "--wait",
            description = "Wait up to 60 s for each verdict, and fail without one. Otherwise wait 10 s and leave a jar"
                    + " that is still arriving to itself.")
    private boolean wait;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        var names = names();
        var reports = new LinkedHashMap<String, BundleReport>();
        try (var api = server.api()) {
            names.forEach((name, jar) -> reports.put(name, post(api, name, jar)));
            while (settleOthers(api, names, reports)) {
                // each round something began to serve, so there are at most as many rounds as jars
            }
        }
        var all = List.copyOf(reports.values());
        output.show(Map.of("bundles", all.stream().map(BundleReport::json).toList()), text(all));
        boolean failed = all.stream().anyMatch(report -> report.refused() || (wait && !report.settled()));
        return failed ? 1 : 0;
    }

    /** The jars by the names that they will have in the folder. */
    private Map<String, Path> names() {
        var names = new LinkedHashMap<String, Path>();
        for (var jar : jars) {
            var name = String.valueOf(jar.getFileName());
            if (!name.endsWith(".jar") || !Files.isRegularFile(jar)) {
                throw ClawException.misused(
                        jar + " is no jar (expected: a file whose name ends in .jar). Nothing was deployed.");
            }
            if (names.put(name, jar) != null) {
                throw ClawException.misused("Two of the jars are called " + name
                        + ": in deploy/ one would replace the other." + " Nothing was deployed.");
            }
        }
        return names;
    }

    /** Looks again at what others may have cured; whether anything began to serve by that. */
    private boolean settleOthers(Api api, Map<String, Path> names, Map<String, BundleReport> reports) {
        boolean othersServe = reports.values().stream().anyMatch(report -> !report.refused());
        var curable = new ArrayList<String>();
        reports.forEach((name, report) -> {
            if (report.refused() && CURABLE.contains(report.code())) {
                curable.add(name);
            }
        });
        boolean progress = false;
        for (var name : curable) {
            if (othersServe || progress) {
                var report = again(api, name, names.getOrDefault(name, Path.of(name)));
                reports.put(name, report);
                progress |= !report.refused();
            }
        }
        return progress;
    }

    /** The container may have tried again by itself; else it is asked to. */
    private BundleReport again(Api api, String name, Path jar) {
        var now = new BundleReport(
                api.get("/v1/bundles/" + Api.encoded(name)).orThrow().json());
        return now.refused() ? post(api, name, jar) : now;
    }

    private BundleReport post(Api api, String name, Path jar) {
        var answer = api.post("/v1/bundles?name=" + Api.encoded(name), jar, wait ? LONG : SHORT);
        boolean verdict = answer.status() == 422 && !answer.json().path("state").isMissingNode();
        var report = verdict ? answer.json() : answer.orThrow().json();
        if (report.path("file").isMissingNode()) {
            // the server has nothing but this to say while the file arrives
            return new BundleReport(
                    api.get("/v1/bundles/" + Api.encoded(name)).orThrow().json());
        }
        return new BundleReport(report);
    }

    private String text(List<BundleReport> reports) {
        var terminal = Terminal.of(spec);
        var lines = reports.stream()
                .map(report -> report.refused()
                        ? terminal.painted("red", "refused") + "  " + Terminal.printable(report.verdict())
                        : terminal.painted("green", report.state()) + "  " + Terminal.printable(report.verdict()))
                .toList();
        return String.join(System.lineSeparator(), lines);
    }
}
