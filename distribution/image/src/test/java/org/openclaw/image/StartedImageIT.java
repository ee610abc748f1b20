package org.openclaw.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Plugins;
import org.openclaw.deploy.trust.Grants;
import org.openclaw.deploy.trust.PublisherKeys;
import org.openclaw.deploy.trust.PublisherKeys.Algorithm;

/** What an operator has who starts the image with a read-only root file system, volumes and a mounted secret. */
class StartedImageIT {
    private static final String TOKEN = "oc_0123456789abcdef0123456789abcdef";

    @TempDir
    static Path temp;

    private static Path root;
    private static RunningImage image;

    @BeforeAll
    static void start() throws Exception {
        var obstacle = RunningImage.obstacle();
        if (!obstacle.isEmpty()) {
            System.out.println(obstacle);
        }
        assumeTrue(obstacle.isEmpty(), obstacle);
        root = temp.resolve("root");
        BuiltImage.unpack(root);
        var volumes = temp.resolve("volumes");
        Files.createDirectories(volumes.resolve("secrets"));
        Files.writeString(volumes.resolve("secrets/admin.token"), TOKEN + "\n");
        long begun = System.nanoTime();
        image = RunningImage.started(
                root, volumes, Map.of("CLAW_PROFILE", "small", "CLAW_ADMIN_TOKEN_FILE", "/run/secrets/admin.token"));
        System.out.printf(
                "Image: start to ready %d ms; then %s.%n",
                (System.nanoTime() - begun) / 1_000_000, image.status("VmRSS"));
    }

    @AfterAll
    static void stop() {
        if (image != null) {
            image.close();
        }
    }

    @Test
    void isProcess1WithoutAnyRight() throws Exception {
        assertThat(image.status("NSpid")).endsWith("\t1");
        assertThat(image.status("Uid")).isEqualTo("10001\t10001\t10001\t10001");
        assertThat(image.status("Gid")).isEqualTo("10001\t10001\t10001\t10001");
        assertThat(image.status("CapEff")).matches("0+");
        assertThat(image.status("NoNewPrivs")).isEqualTo("1");
    }

    @Test
    void writesIntoItsVolumesAlone() throws Exception {
        assertThat(Files.readAllLines(Path.of("/proc/" + image.init().pid() + "/mountinfo")))
                .as("the root file system")
                .anyMatch(line -> line.matches("\\d+ \\d+ \\S+ \\S+ / ro,.*"));
        try (var logs = Files.list(root.resolve("var/lib/openclaw/logs"))) {
            assertThat(logs).isEmpty();
        }
    }

    @Test
    void takesTheOptionsOfItsProfileFromTheBuild() throws Exception {
        var line = Files.readString(Path.of("/proc/" + image.init().pid() + "/cmdline"))
                .split("\0");
        assertThat(line)
                .startsWith("/opt/java/bin/java", "@/opt/openclaw/image/small.options")
                .endsWith("--port", line[line.length - 1]);
        assertThat(root.resolve("opt/openclaw/image/small.options"))
                .content()
                .contains("\"-XX:+UseSerialGC\"")
                .contains("\"-Dfelix.extensions.disable=true\"");
    }

    @Test
    void logsToItsStandardOutput() throws Exception {
        assertThat(image.printed())
                .contains("INFO  [main] org.openclaw.launcher.Container: Ready at http://127.0.0.1:")
                .contains("OpenClaw 0.1.0 is ready.")
                .doesNotContain(TOKEN);
    }

    @Test
    void theMountedTokenIsTheAdministrators() throws Exception {
        assertThat(image.token()).isEqualTo(TOKEN);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(image.conf().resolve("admin.token"))))
                .isEqualTo("rw-------");
        assertThat(image.call("GET", "/v1/bundles", "").statusCode()).isEqualTo(200);
    }

    @Test
    void answersAsLocalhostAndToNoOtherName() throws Exception {
        assertThat(image.answerTo("localhost:8080")).contains(" 200 ");
        assertThat(image.answerTo("attacker.example:8080")).contains(" 403 ");
    }

    @Test
    void theHealthCheckPassesWhileItIsReady() throws Exception {
        var probe = image.exec("/usr/bin/claw", "probe");
        assertThat(probe.out()).isEqualTo("ready");
        assertThat(probe.exit()).isZero();
    }

    @Test
    void clawWorksInside() throws Exception {
        assertThat(image.exec("/usr/bin/claw", "token").out()).isEqualTo(TOKEN);
        assertThat(image.exec("/usr/bin/claw", "bundles").exit()).isZero();
        assertThat(image.exec("/usr/bin/claw", "no-such-verb").exit()).isEqualTo(2);
    }

    @Test
    void aBundleThatIsDroppedIntoItsVolumeAnswers() throws Exception {
        var keys = PublisherKeys.generate(
                "plugins",
                Algorithm.ED25519,
                false,
                Optional.empty(),
                temp.resolve("keys"),
                image.conf().resolve("trust"),
                Grants.inProcess(List.of("plugin.*")),
                InstantSource.system(),
                new SecureRandom());
        var work = Files.createDirectories(temp.resolve("plugins"));
        Files.copy(new Plugins(work, keys).echo("1.0.0"), image.deploy().resolve("echo.jar"));
        image.awaitServing("echo.jar");

        var answer = image.call(
                "POST", "/v1/agents/echo/one/messages?type=echo.Say", "{\"text\":\"hello\"}", "Prefer", "wait=10");

        assertThat(answer.body()).contains("\"text\":\"hello\"");
    }

    @Test
    void withoutASecretItMakesATokenStopsCleanlyAndKeepsTheToken() throws Exception {
        try (var other = RunningImage.started(root, temp.resolve("others"), Map.of("CLAW_PROFILE", "server"))) {
            var token = other.token();
            assertThat(other.printed()).contains("'claw token'").doesNotContain(token);
            assertThat(other.exec("/usr/bin/claw", "token").out()).isEqualTo(token);

            assertThat(other.terminate()).as("exit code after SIGTERM").isZero();

            other.restart();
            assertThat(other.token()).isEqualTo(token);
        }
    }
}
