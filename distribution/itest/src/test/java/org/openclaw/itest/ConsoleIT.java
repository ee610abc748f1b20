package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.bench.container.Checkout;
import org.openclaw.bench.container.Container;
import org.openclaw.bench.container.Plugins;

/** The console as people use it, in a real browser, and clients of other makers, against the launched container. */
class ConsoleIT {
    @TempDir
    static Path temp;

    private static Browser browser;
    private static Map<String, String> environment;
    private static @Nullable Container container;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.found();
        container = Container.started(temp.resolve("home"));
        var plugins = Plugins.trustedBy(container, temp.resolve("plugins"));
        var jars = Files.createDirectory(temp.resolve("jars"));
        for (var name :
                List.of("spare-1.0.0", "pin-1.0.0", "pin-1.1.0", "held-1.0.0", "doomed-1.0.0", "ranged-1.0.0")) {
            Files.copy(echoAs(plugins, name), jars.resolve(name + ".jar"));
        }
        var unsigned = plugins.unsigned("plugin.unsigned", "1.0.0", Map.of(), List.of(Plugins.source("EchoAgent")));
        Files.copy(unsigned, jars.resolve("unsigned.jar"));
        Files.copy(Container.INSTALLATION.resolve("examples/firing-three-services.json"), jars.resolve("alert.json"));
        container.drop(plugins.echo("1.0.0"), "echo-1.0.0.jar");
        container.awaitFile("echo-1.0.0.jar", "serving");
        container.drop(
                plugins.signed("plugin.approval", "1.0.0", Map.of(), List.of(Plugins.source("ApprovalAgent"))),
                "approval.jar");
        container.awaitFile("approval.jar", "serving");
        container.drop(
                Checkout.list(Container.INSTALLATION.resolve("deploy"), each -> true)
                        .getFirst(),
                "triage.jar");
        container.awaitFile("triage.jar", "serving");
        environment = Map.of(
                "OPENCLAW_URL", "http://127.0.0.1:" + container.port,
                "OPENCLAW_ADMIN_TOKEN", container.adminToken(),
                "OPENCLAW_READER_TOKEN",
                        Files.readString(container.home.resolve("conf/reader.token"))
                                .strip(),
                "OPENCLAW_JARS", jars.toString());
    }

    @AfterAll
    static void stop() {
        if (container != null) {
            container.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overview",
                "agents",
                "letters",
                "topics",
                "capabilities",
                "bundles",
                "access",
                "looks",
                "clients"
            })
    void worksInABrowser(String part) throws Exception {
        var ran = browser.run(part + ".test.js", environment);
        assertThat(ran.exit()).as(ran.out()).isZero();
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
