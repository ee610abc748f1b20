package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Checkout;
import org.openclaw.bench.container.Container;
import org.openclaw.bench.container.Load;
import org.openclaw.bench.container.Plugins;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator sees who drops files into the folder of a running container. */
class DeployIT {
    @TempDir
    static Path temp;

    private static Container container;
    private static Plugins plugins;

    @BeforeAll
    static void start() throws Exception {
        container = Container.started(temp.resolve("home"));
        plugins = Plugins.trustedBy(container, temp.resolve("plugins"));
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    @AfterEach
    void emptyTheFolder() throws Exception {
        for (var file : Checkout.list(container.deploy(), each -> true)) {
            Files.delete(file);
        }
        Awaitility.await()
                .until(() -> container.json("/v1/bundles").path("bundles").isEmpty()
                        && container.json("/v1/deployments").path("deployments").isEmpty());
    }

    @Test
    void aDroppedJarServes() throws Exception {
        container.drop(plugins.echo("1.0.0"), "echo.jar");
        container.awaitFile("echo.jar", "serving");
        assertThat(said("hello")).contains("\"text\":\"hello\"").contains("\"version\":\"1.0.0\"");
    }

    @Test
    void aNewerOneBesideItTakesOverAndGoingBackIsDeletingIt() throws Exception {
        container.drop(plugins.echo("1.0.0"), "echo-1.jar");
        container.awaitFile("echo-1.jar", "serving");
        container.drop(plugins.echo("1.1.0"), "echo-2.jar");
        container.awaitFile("echo-2.jar", "serving");
        container.awaitFile("echo-1.jar", "superseded");
        assertThat(said("after")).contains("\"version\":\"1.1.0\"");
        Files.delete(container.deploy().resolve("echo-2.jar"));
        container.awaitFile("echo-1.jar", "serving");
        assertThat(said("back")).contains("\"version\":\"1.0.0\"");
    }

    @Test
    void aNewerOneInItsPlaceTakesOverAndAgentsKeepTheirState() throws Exception {
        container.drop(plugins.echo("2.0.0"), "echo.jar");
        container.awaitFile("echo.jar", "serving");
        var before = told(said("one"));
        container.drop(plugins.echo("2.1.0"), "echo.jar");
        Awaitility.await().until(() -> said("next").contains("\"version\":\"2.1.0\""));
        assertThat(told(said("last"))).isGreaterThan(before);
    }

    @Test
    void aFileWrittenSlowlyIsTakenWhenItIsComplete() throws Exception {
        var bytes = Files.readAllBytes(plugins.echo("1.0.0"));
        var file = container.deploy().resolve("slow.jar");
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes, 0, bytes.length / 2));
            container.awaitFile("slow.jar", "arriving");
            channel.write(ByteBuffer.wrap(bytes, bytes.length / 2, bytes.length - bytes.length / 2));
        }
        container.awaitFile("slow.jar", "serving");
    }

    @Test
    void whatCannotRunIsRefusedWithAReasonAndDisturbsNothing() throws Exception {
        container.drop(plugins.echo("1.0.0"), "echo.jar");
        container.awaitFile("echo.jar", "serving");
        var good = Files.readAllBytes(plugins.echo("1.2.0"));

        var corrupt = good.clone();
        corrupt[corrupt.length / 2] ^= 1;
        Files.write(container.deploy().resolve("corrupt.jar"), corrupt);
        Files.write(container.deploy().resolve("half.jar"), Arrays.copyOf(good, good.length / 2));
        Files.copy(
                plugins.unsigned("plugin.echo", "1.3.0", Map.of(), List.of(Plugins.source("EchoAgent"))),
                container.deploy().resolve("unsigned.jar"));
        Files.writeString(container.deploy().resolve("notes.txt"), "not a jar");
        Files.copy(
                plugins.signed(
                        "plugin.needy",
                        "1.0.0",
                        Map.of("Import-Package", "org.openclaw.agent;version='[7,8)'"),
                        List.of(Plugins.source("Witness"))),
                container.deploy().resolve("needy.jar"));

        for (var name : List.of("corrupt.jar", "half.jar", "unsigned.jar", "notes.txt", "needy.jar")) {
            var row = container.awaitFile(name, "refused");
            assertThat(row.path("code").asString("")).as("code of %s", name).isNotEmpty();
            assertThat(row.path("cure").asString("")).as("cure of %s", name).isNotEmpty();
            var text = row.path("text").asString("");
            assertThat(text).contains(name);
            assertThat(container.log()).as("the log says the same").contains(text);
        }
        assertThat(container.file("unsigned.jar").path("code").asString("")).isEqualTo("signature.missing");
        assertThat(container.file("needy.jar").path("text").asString(""))
                .contains("org.openclaw.agent")
                .as("who has something near it")
                .contains("0.1");
        assertThat(said("still")).contains("\"version\":\"1.0.0\"");
        assertThat(container.claw("bundles").out()).contains("unsigned.jar").contains("signature.missing");
    }

    @Test
    void aBadOverwriteLeavesTheLastVerifiedOneServingAcrossRestarts() throws Exception {
        container.drop(plugins.echo("1.0.0"), "echo.jar");
        container.awaitFile("echo.jar", "serving");
        Files.writeString(container.deploy().resolve("echo.jar"), "this is no jar");
        var row = container.awaitFile("echo.jar", "refused");
        assertThat(row.path("serving").path("version").asString("")).isEqualTo("1.0.0");
        assertThat(said("still")).contains("\"version\":\"1.0.0\"");

        container.kill();
        container.restart();
        container.awaitFile("echo.jar", "refused");
        assertThat(said("again")).contains("\"version\":\"1.0.0\"");
    }

    @Test
    void clawDeployWaitsAndPrintsTheVerdict() throws Exception {
        var good = container.claw("deploy", "--wait", plugins.echo("1.0.0").toString());
        assertThat(good.exit()).as(good.out()).isZero();
        assertThat(good.out()).contains("Trusted").contains("publisher 'plugins'");

        var bad = container.claw(
                "deploy",
                "--wait",
                plugins.unsigned("plugin.echo", "1.3.0", Map.of(), List.of(Plugins.source("EchoAgent")))
                        .toString());
        assertThat(bad.exit()).isEqualTo(1);
        assertThat(bad.out()).contains("signature.missing");
    }

    @Test
    void aRevocationStopsARunningBundleWithinTwoSeconds() throws Exception {
        var jar = plugins.echo("1.0.7");
        container.drop(jar, "echo.jar");
        container.awaitFile("echo.jar", "serving");
        assertThat(container.claw("revoke", "file", jar.toString()).exit()).isZero();
        var revokedAt = System.nanoTime();
        var row = container.awaitFile("echo.jar", "refused");
        assertThat(System.nanoTime() - revokedAt).as("nanoseconds").isLessThan(2_000_000_000L);
        assertThat(row.path("code").asString("")).startsWith("revoked");
        assertThat(row.path("serving").isObject()).isFalse();
    }

    @Test
    void aRevocationOverHttpStopsARunningBundleWithinTwoSeconds() throws Exception {
        var jar = plugins.echo("1.0.8");
        container.drop(jar, "echo.jar");
        var digest = container.awaitFile("echo.jar", "serving").path("digest").asString("");
        var revokedAt = System.nanoTime();
        var answer = container.call("POST", "/v1/trust/revocations", "{\"file\":\"" + digest + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var row = container.awaitFile("echo.jar", "refused");
        assertThat(System.nanoTime() - revokedAt).as("nanoseconds").isLessThan(2_000_000_000L);
        assertThat(row.path("code").asString("")).isEqualTo("revoked.file");
        assertThat(row.path("serving").isObject()).isFalse();
        var trust = container.json("/v1/trust");
        assertThat(trust.path("publishers").findValuesAsString("name")).contains("plugins");
        assertThat(trust.path("revoked").path("entries").findValuesAsString("value"))
                .contains(digest);
        assertThat(trust.path("problems").isEmpty()).isTrue();
    }

    @Test
    void anOlderVersionIsPinnedAndLetGoUnderLoadWithoutAFailedCall() throws Exception {
        container.drop(plugins.echo("3.0.0"), "echo-1.jar");
        container.awaitFile("echo-1.jar", "serving");
        container.drop(plugins.echo("3.1.0"), "echo-2.jar");
        container.awaitFile("echo-2.jar", "serving");
        var load = new Load(container, 200, 50);
        try (load) {
            for (int round = 0; round < 5; round++) {
                assertThat(pin("3.0.0").path("serving").asString("")).isEqualTo("3.0.0");
                assertThat(said("old")).contains("\"version\":\"3.0.0\"");
                assertThat(unpin().path("serving").asString("")).isEqualTo("3.1.0");
                assertThat(said("new")).contains("\"version\":\"3.1.0\"");
            }
        }
        assertThat(load.calls().stream().filter(call -> !call.succeeded())).isEmpty();
        assertThat(load.calls()).hasSizeGreaterThan(50);
    }

    @Test
    void aPinHoldsAcrossRestartsAndWhateverComes() throws Exception {
        container.drop(plugins.echo("3.0.0"), "echo-1.jar");
        container.awaitFile("echo-1.jar", "serving");
        container.drop(plugins.echo("3.1.0"), "echo-2.jar");
        container.awaitFile("echo-2.jar", "serving");
        pin("3.0.0");

        container.kill();
        container.restart();
        assertThat(said("killed")).contains("\"version\":\"3.0.0\"");
        container.awaitFile("echo-2.jar", "superseded");

        assertThat(container.terminate()).isIn(0, 143);
        container.restart();
        assertThat(said("stopped")).contains("\"version\":\"3.0.0\"");

        container.drop(plugins.echo("3.2.0"), "echo-3.jar");
        var row = container.awaitFile("echo-3.jar", "superseded");
        assertThat(row.path("text").asString("")).endsWith("It is held back. plugin.echo is pinned to 3.0.0.");
        assertThat(said("held")).contains("\"version\":\"3.0.0\"");

        assertThat(unpin().path("serving").asString("")).isEqualTo("3.2.0");
        assertThat(said("forward")).contains("\"version\":\"3.2.0\"");
    }

    @Test
    void aPinIsWrittenByClawOrByHandAndADamagedOneUnpinsNothing() throws Exception {
        container.drop(plugins.echo("3.0.0"), "echo-1.jar");
        container.awaitFile("echo-1.jar", "serving");
        container.drop(plugins.echo("3.1.0"), "echo-2.jar");
        container.awaitFile("echo-2.jar", "serving");

        var pinned = container.claw("pin", "plugin.echo", "3.0.0");
        assertThat(pinned.exit()).as(pinned.out()).isZero();
        assertThat(pinned.out()).startsWith("Pinned: plugin.echo 3.0.0 serves.");
        assertThat(container.claw("pin", "plugin.echo", "9.9.9").out()).contains("expected one of: 3.1.0, 3.0.0");

        var pins = container.deploy().resolve("pins.json");
        Files.writeString(pins, "{\"plugin.echo\": ");
        var row = container.awaitFile("pins.json", "refused");
        assertThat(row.path("code").asString("")).isEqualTo("pins.malformed");
        assertThat(row.path("cure").asString("")).contains("plugin.echo 3.0.0");
        container.kill();
        container.restart();
        assertThat(said("kept")).contains("\"version\":\"3.0.0\"");

        Files.writeString(pins, "{\"plugin.echo\": \"3.1.0\"}");
        container.awaitFile("echo-2.jar", "serving");
        var unpinned = container.claw("unpin", "plugin.echo");
        assertThat(unpinned.out()).startsWith("Unpinned: plugin.echo 3.1.0 serves.");
    }

    private static JsonNode pin(String version) throws Exception {
        return changed("PUT", "{\"version\":\"" + version + "\"}");
    }

    private static JsonNode unpin() throws Exception {
        return changed("DELETE", "");
    }

    private static JsonNode changed(String method, String body) throws Exception {
        var answer = container.call(method, "/v1/deployments/plugin.echo/pin", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body());
    }

    private static String said(String text) throws Exception {
        var answer = container.call(
                "POST",
                "/v1/agents/echo/one/messages?type=echo.Say",
                "{\"text\":\"" + text + "\"}",
                "Prefer",
                "wait=10");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static long told(String said) {
        return Long.parseLong(said.replaceAll(".*\"told\":(\\d+).*", "$1"));
    }
}
