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
import java.util.stream.Collectors;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.ShellWords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Puts jars into {@code deploy/} of the running container and prints the verdict on each.
 *
 * <p>The order of the jars does not matter: one that was refused because it misses what a later one brings is sent again
 * for as long as others begin to serve. Waiting, it also sees the agent types of the jars answer: a bundle may run although
 * its agent does not start.
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
            description = "Wait up to 60 s for each verdict and until the agent types answer, and fail without either."
                    + " Otherwise wait 10 s and leave a jar that is still arriving to itself.")
    private boolean wait;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    private final Duration patience;

    DeployCommand() {
        this(Duration.ofSeconds(10));
    }

    /** @param patience how long an agent type may take to answer once its bundle runs */
    DeployCommand(Duration patience) {
        this.patience = patience;
    }

    /**
     * What answers after a deployment.
     *
     * @param types the agent types that do
     * @param silent a sentence for each one that does not
     * @param millis from the first jar on its way to the last answer
     */
    private record Answers(List<ServedType> types, List<String> silent, long millis) {}

    @Override
    public Integer call() {
        var names = names();
        var reports = new LinkedHashMap<String, BundleReport>();
        try (var api = server.api()) {
            long begun = System.nanoTime();
            names.forEach((name, jar) -> reports.put(name, post(api, name, jar)));
            while (settleOthers(api, names, reports)) {
                // each round something began to serve, so there are at most as many rounds as jars
            }
            var all = List.copyOf(reports.values());
            var answers = wait ? answers(api, all, begun) : new Answers(List.of(), List.of(), 0);
            output.show(json(all, answers), text(all, answers));
            boolean failed = all.stream().anyMatch(report -> report.refused() || (wait && !report.settled()));
            return failed || !answers.silent().isEmpty() ? 1 : 0;
        }
    }

    private Answers answers(Api api, List<BundleReport> reports, long begun) {
        var types = new ArrayList<ServedType>();
        var silent = new ArrayList<String>();
        for (var report : reports) {
            for (var type : report.state().equals("serving") ? report.agents() : List.<String>of()) {
                ServedType.await(api, type, report.version(), patience)
                        .ifPresentOrElse(types::add, () -> silent.add(silent(report, type)));
            }
        }
        return new Answers(types, silent, (System.nanoTime() - begun) / 1_000_000);
    }

    private String silent(BundleReport report, String type) {
        return "%s runs, but its agent type '%s' does not answer in version %s (expected: within %d s). Look into logs/openclaw.log; 'claw agents types' shows what answers."
                .formatted(report.file(), type, report.version(), patience.toSeconds());
    }

    private Map<String, Object> json(List<BundleReport> reports, Answers answers) {
        var json = new LinkedHashMap<String, Object>();
        json.put("bundles", reports.stream().map(BundleReport::json).toList());
        if (wait) {
            json.put("answering", answers.types().stream().map(ServedType::name).toList());
            json.put("silent", answers.silent());
            json.put("tookMillis", answers.millis());
            json.put("next", attempts(answers));
        }
        return json;
    }

    private List<String> attempts(Answers answers) {
        var claw = ShellWords.claw(Installation.here());
        return answers.types().stream()
                .flatMap(type -> type.attempts(claw, server.asTyped()).stream())
                .toList();
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

    private String text(List<BundleReport> reports, Answers answers) {
        var terminal = Terminal.here();
        var lines = new ArrayList<String>();
        for (var report : reports) {
            var colour = report.refused() ? "red" : "green";
            lines.add(terminal.painted(colour, report.state()) + "  " + Terminal.printable(report.verdict()));
        }
        answers.silent().forEach(sentence -> lines.add(terminal.painted("red", "silent") + "   " + sentence));
        if (!answers.types().isEmpty()) {
            var versions = answers.types().stream()
                    .map(type -> type.name() + " " + type.version())
                    .collect(Collectors.joining(", "));
            lines.add("answers  %s, %d ms after it was sent. Try:".formatted(versions, answers.millis()));
            attempts(answers).forEach(command -> lines.add("  " + command));
        }
        return String.join(System.lineSeparator(), lines);
    }
}
