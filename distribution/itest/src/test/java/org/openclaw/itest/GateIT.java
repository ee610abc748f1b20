package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Checkout;
import org.openclaw.bench.container.Container;
import org.openclaw.bench.container.Plugins;
import org.openclaw.deploy.trust.PublisherKeys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every way into the framework, tried on the launched container. The witness is a bundle whose activator writes a file: as
 * long as the file is not there, none of its code has run.
 */
class GateIT {
    @TempDir
    static Path temp;

    private static Container container;
    private static Plugins plugins;
    private static Path witness;

    @BeforeAll
    static void start() throws Exception {
        container = Container.started(temp.resolve("home"), "core", "gateway", "console", "shell");
        plugins = Plugins.trustedBy(container, temp.resolve("plugins"));
        witness = plugins.unsigned(
                "plugin.witness",
                "1.0.0",
                Map.of("Bundle-Activator", "plugin.witness.Witness"),
                List.of(Plugins.source("Witness")));
        container.drop(plugins.echo("1.0.0"), "echo.jar");
        container.drop(
                plugins.signed("plugin.intruder", "1.0.0", Map.of(), List.of(Plugins.source("IntruderAgent"))),
                "intruder.jar");
        container.awaitFile("echo.jar", "serving");
        container.awaitFile("intruder.jar", "serving");
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    @Test
    void theDropFolder() throws Exception {
        container.drop(witness, "witness.jar");
        var row = container.awaitFile("witness.jar", "refused");
        assertThat(row.path("code").asString("")).isEqualTo("signature.missing");
        noCodeRan();
    }

    @Test
    void theHttpApi() throws Exception {
        var jar = Files.readAllBytes(witness);
        var answer = container.upload("/v1/bundles?name=uploaded.jar", jar);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("signature.missing").contains("uploaded.jar");
        noCodeRan();
    }

    @Test
    void theStandardConsole() throws Exception {
        var cookie = container.login();
        assertThat(container
                        .plain("GET", "/system/console/bundles", "", "Cookie", cookie)
                        .statusCode())
                .isEqualTo(200);
        for (var action : List.of("install", "update", "refresh", "uninstall", "refreshPackages")) {
            var answer = container.plain(
                    "POST",
                    "/system/console/bundles",
                    "action=" + action,
                    "Cookie",
                    cookie,
                    "Content-Type",
                    "application/x-www-form-urlencoded");
            assertThat(answer.statusCode()).as(action).isEqualTo(403);
            assertThat(answer.body()).as(action).contains("deploy");
        }
        var upload =
                "--x\r\nContent-Disposition: form-data; name=\"bundlefile\"; filename=\"a.jar\"\r\n\r\nPK\r\n--x--\r\n";
        assertThat(container
                        .plain(
                                "POST",
                                "/system/console/bundles",
                                upload,
                                "Cookie",
                                cookie,
                                "Content-Type",
                                "multipart/form-data; boundary=x")
                        .statusCode())
                .isEqualTo(403);
        assertThat(container
                        .plain("GET", "/system/console/bundles", "", "Cookie", cookie, "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theShell() throws Exception {
        var installed = intruder("Gogo", Map.of("line", "felix:install " + witness.toUri()));
        var id = installed.path("text").asString("").replaceAll("(?s).*?(\\d+).*", "$1");
        var started = intruder("Gogo", Map.of("line", "felix:start " + id));
        assertThat(started.path("text").asString("")).contains("gate.bypass");
        noCodeRan();
    }

    @Test
    void aBundleThatInstallsAnother() throws Exception {
        var unsigned = intruder("Install", Map.of("location", "anywhere", "path", witness.toString()));
        assertThat(unsigned.path("state").asString("")).isEqualTo("INSTALLED");
        assertThat(unsigned.path("text").asString("")).contains("gate.bypass");

        var signed = plugins.sign(witness);
        var trusted = intruder("Install", Map.of("location", "elsewhere", "path", signed.toString()));
        assertThat(trusted.path("text").asString(""))
                .as("signed, but past the gate")
                .contains("gate.bypass");
        noCodeRan();
    }

    @Test
    void aReferenceInstall() throws Exception {
        var outcome = intruder("Install", Map.of("location", "reference:" + witness.toUri(), "path", ""));
        assertThat(outcome.path("text").asString("")).contains("gate.bypass");
        noCodeRan();
    }

    @Test
    void anUpdateOfABundleThatRuns() throws Exception {
        var outcome = intruder("Update", Map.of("name", "plugin.echo", "path", witness.toString()));
        assertThat(outcome.path("text").asString("")).contains("gate.bypass");
        noCodeRan();
        // and the damage is healed: what deploy/ says serves again
        Awaitility.await().untilAsserted(() -> {
            var answer = container.call(
                    "POST", "/v1/agents/echo/healed/messages?type=echo.Say", "{\"text\":\"x\"}", "Prefer", "wait=5");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        });
    }

    @Test
    void aFragmentOfABundleThatRuns() throws Exception {
        var fragment = plugins.unsigned(
                "plugin.fragment", "1.0.0", Map.of("Fragment-Host", "plugin.echo"), List.of(Plugins.source("Witness")));
        var outcome = intruder("Install", Map.of("location", "fragment", "path", fragment.toString()));
        assertThat(outcome.path("state").asString("")).isIn("INSTALLED", "NONE");
        noCodeRan();
    }

    @Test
    void aFrameworkExtension() throws Exception {
        var extension = extension();
        intruder("Install", Map.of("location", "extension", "path", extension.toString()));
        noCodeRan();
        container.drop(plugins.sign(extension), "extension.jar");
        assertThat(container.awaitFile("extension.jar", "refused").path("code").asString(""))
                .isNotEmpty();
        noCodeRan();
    }

    @Test
    void aPublisherOutsideItsNames() throws Exception {
        var home = container.home.resolve("conf");
        assertThat(container.claw("keygen", "acme", "--bundles", "acme.*").exit())
                .isZero();
        var acme = new Plugins(
                Files.createDirectories(temp.resolve("acme")),
                PublisherKeys.load(home.resolve("keys/acme"), Optional.empty()));
        container.drop(acme.echo("9.0.0"), "foreign-name.jar");
        assertThat(container
                        .awaitFile("foreign-name.jar", "refused")
                        .path("code")
                        .asString(""))
                .isEqualTo("publisher.bundle");

        container.drop(acme.signed("acme.witness", "1.0.0", Map.of(), List.of(Plugins.source("Witness"))), "acme.jar");
        container.awaitFile("acme.jar", "serving");

        container.drop(
                acme.signed(
                        "acme.hooks",
                        "1.0.0",
                        Map.of("Import-Package", "org.osgi.framework.hooks.resolver"),
                        List.of(Plugins.source("Witness"))),
                "hooks.jar");
        assertThat(container.awaitFile("hooks.jar", "refused").path("code").asString(""))
                .isEqualTo("system.import");

        container.drop(
                acme.signed(
                        "acme.exporter",
                        "1.0.0",
                        Map.of("Export-Package", "org.openclaw.agent;version=9", "-includepackage", ""),
                        List.of(Plugins.source("Witness"), "package org.openclaw.agent;\n\npublic class Fake {}\n")),
                "exporter.jar");
        assertThat(container.awaitFile("exporter.jar", "refused").path("code").asString(""))
                .isEqualTo("system.export");
    }

    @Test
    void aWorkerPlacement() throws Exception {
        assertThat(container.claw("keygen", "guest", "--bundles", "guest.*").exit())
                .isZero();
        var file = container.home.resolve("conf/trust/publishers/guest.json");
        Files.writeString(file, Files.readString(file).replace("in-process", "worker"));
        var guest = new Plugins(
                Files.createDirectories(temp.resolve("guest")),
                PublisherKeys.load(container.home.resolve("conf/keys/guest"), Optional.empty()));
        container.drop(
                guest.signed("guest.witness", "1.0.0", Map.of(), List.of(Plugins.source("Witness"))), "guest.jar");
        assertThat(container.awaitFile("guest.jar", "refused").path("code").asString(""))
                .isEqualTo("placement.worker.unavailable");
    }

    @Test
    void aFileOfTheStoreThatWasSwappedBetweenTwoStarts() throws Exception {
        try (var other = Container.started(temp.resolve("swapped"))) {
            var plugins = Plugins.trustedBy(other, temp.resolve("swapped-plugins"));
            other.drop(plugins.echo("1.0.0"), "echo.jar");
            var digest = other.awaitFile("echo.jar", "serving").path("digest").asString("");
            other.kill();
            var stored = Checkout.list(
                            other.home.resolve("data/artifacts"),
                            each -> each.toString().contains(digest))
                    .getFirst();
            Files.setPosixFilePermissions(stored, PosixFilePermissions.fromString("rw-------"));
            Files.copy(
                    plugins.signed(
                            "plugin.echo",
                            "6.6.6",
                            Map.of("Bundle-Activator", "plugin.witness.Witness"),
                            List.of(Plugins.source("Witness"))),
                    stored,
                    StandardCopyOption.REPLACE_EXISTING);
            other.restart();
            var row = other.awaitFile("echo.jar", "serving");
            assertThat(row.path("serving").path("version").asString("")).isEqualTo("1.0.0");
            assertThat(other.home.resolve("witness")).doesNotExist();
        }
    }

    @Test
    void aBundleOfTheContainerThatWasSwapped() throws Exception {
        var copy = Container.copyOfTheInstallation(temp.resolve("installation"));
        var bundle = Checkout.list(
                        copy.resolve("bundles"), each -> each.toString().contains("org.openclaw.agent.runtime"))
                .getFirst();
        Files.copy(witness, bundle, StandardCopyOption.REPLACE_EXISTING);
        var run = Container.claw(
                copy,
                "run",
                "--home",
                temp.resolve("never").toString(),
                "--port",
                Integer.toString(Container.freePort()));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains(bundle.getFileName().toString());
    }

    @Test
    void aJarOfTheClassPathThatWasSwapped() throws Exception {
        var copy = Container.copyOfTheInstallation(temp.resolve("class-path"));
        var jar = Checkout.list(copy.resolve("lib"), each -> each.toString().contains("bcutil"))
                .getFirst();
        Files.write(jar, new byte[1], StandardOpenOption.APPEND);
        var run = Container.claw(
                copy,
                "run",
                "--home",
                temp.resolve("ended").toString(),
                "--port",
                Integer.toString(Container.freePort()));
        assertThat(run.exit()).as(run.out()).isEqualTo(1);
        assertThat(run.out()).contains(jar.getFileName().toString(), "[file.changed]");
    }

    private static void noCodeRan() {
        assertThat(container.home.resolve("witness")).doesNotExist();
    }

    private static JsonNode intruder(String order, Map<String, String> body) throws Exception {
        var json = new JsonMapper();
        var answer = container.call(
                "POST",
                "/v1/agents/intruder/one/messages?type=intruder." + order,
                json.writeValueAsString(body),
                "Prefer",
                "wait=20");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    /** An unsigned framework extension whose activator is the witness. */
    private static Path extension() throws Exception {
        var classes = new JarFile(witness.toFile());
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "plugin.extension");
        main.putValue("Bundle-Version", "1.0.0");
        main.putValue("Fragment-Host", "system.bundle; extension:=framework");
        main.putValue("ExtensionBundle-Activator", "plugin.witness.Witness");
        var out = temp.resolve("extension.jar");
        try (classes;
                var jar = new JarOutputStream(Files.newOutputStream(out), manifest)) {
            jar.putNextEntry(new JarEntry("plugin/witness/Witness.class"));
            jar.write(classes.getInputStream(classes.getEntry("plugin/witness/Witness.class"))
                    .readAllBytes());
            jar.closeEntry();
        }
        return out;
    }
}
