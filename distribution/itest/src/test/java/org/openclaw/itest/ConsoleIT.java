package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openclaw.bench.container.Checkout;
import org.openclaw.bench.container.Container;
import org.openclaw.bench.container.Plugins;

/** The console as people use it, in a real browser, and clients of other makers, against launched containers. */
class ConsoleIT {
    /**
     * Parts that see what those before them left behind, one after the other. Much of each is waiting, for a browser or for a
     * page that asks every two seconds, so the lanes run beside each other, each with a container of its own.
     */
    private static final List<List<String>> LANES = List.of(
            List.of("looks", "clients"),
            List.of("overview", "agents", "letters"),
            List.of("topics", "capabilities", "bundles", "access"));

    @TempDir
    static Path temp;

    private static final List<Container> CONTAINERS = new ArrayList<>();
    private static final List<ExecutorService> THREADS = new ArrayList<>();
    private static final Map<String, Future<Browser.Ran>> RUNS = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        var browser = Browser.found();
        var first = started("home-0");
        var plugins = Plugins.trustedBy(first, temp.resolve("plugins"));
        var jars = jars(plugins);
        var deployed = new LinkedHashMap<String, Path>();
        deployed.put("echo-1.0.0.jar", plugins.echo("1.0.0"));
        deployed.put(
                "approval.jar",
                plugins.signed("plugin.approval", "1.0.0", Map.of(), List.of(Plugins.source("ApprovalAgent"))));
        deployed.put(
                "triage.jar",
                Checkout.list(Container.INSTALLATION.resolve("deploy"), each -> true)
                        .getFirst());
        for (int lane = 0; lane < LANES.size(); lane++) {
            var container = lane == 0 ? first : startedTrustingAs(first, "home-" + lane);
            for (var each : deployed.entrySet()) {
                container.drop(each.getValue(), each.getKey());
                container.awaitFile(each.getKey(), "serving");
            }
            var environment = Map.of(
                    "OPENCLAW_URL", "http://127.0.0.1:" + container.port,
                    "OPENCLAW_ADMIN_TOKEN", container.adminToken(),
                    "OPENCLAW_READER_TOKEN",
                            Files.readString(container.home.resolve("conf/reader.token"))
                                    .strip(),
                    "OPENCLAW_JARS", jars.toString());
            var thread = Executors.newSingleThreadExecutor();
            THREADS.add(thread);
            for (var part : LANES.get(lane)) {
                RUNS.put(part, thread.submit(() -> browser.run(part + ".test.js", environment)));
            }
        }
    }

    @AfterAll
    static void stop() {
        THREADS.forEach(ExecutorService::shutdownNow);
        CONTAINERS.forEach(Container::close);
    }

    static Stream<String> parts() {
        return LANES.stream().flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void worksInABrowser(String part) throws Exception {
        var ran = Objects.requireNonNull(RUNS.get(part)).get();
        assertThat(ran.exit()).as(ran.out()).isZero();
    }

    private static Container started(String home) throws Exception {
        var container = Container.started(temp.resolve(home));
        CONTAINERS.add(container);
        return container;
    }

    /** Starts another that trusts whom the first one trusts. */
    private static Container startedTrustingAs(Container first, String home) throws Exception {
        var trust = first.home.resolve("conf/trust");
        try (var files = Files.walk(trust)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = temp.resolve(home).resolve("conf/trust").resolve(trust.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return started(home);
    }

    /** What the parts deploy themselves. */
    private static Path jars(Plugins plugins) throws Exception {
        var jars = Files.createDirectory(temp.resolve("jars"));
        for (var name :
                List.of("spare-1.0.0", "pin-1.0.0", "pin-1.1.0", "held-1.0.0", "doomed-1.0.0", "ranged-1.0.0")) {
            Files.copy(echoAs(plugins, name), jars.resolve(name + ".jar"));
        }
        var unsigned = plugins.unsigned("plugin.unsigned", "1.0.0", Map.of(), List.of(Plugins.source("EchoAgent")));
        Files.copy(unsigned, jars.resolve("unsigned.jar"));
        Files.copy(Container.INSTALLATION.resolve("examples/firing-three-services.json"), jars.resolve("alert.json"));
        return jars;
    }

    /** The echo agent as a bundle and a type of another name, such as {@code pin-1.1.0}. */
    private static Path echoAs(Plugins plugins, String nameAndVersion) throws Exception {
        var name = nameAndVersion.replaceAll("-.*", "");
        var source = Plugins.source("EchoAgent")
                .replace("package plugin.echo;", "package plugin." + name + ";")
                .replace("@AgentType(\"echo\")", "@AgentType(\"" + name + "\")");
        return plugins.signed("plugin." + name, nameAndVersion.replaceAll(".*-", ""), Map.of(), List.of(source));
    }
}
