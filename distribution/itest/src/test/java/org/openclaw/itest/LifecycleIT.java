package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.bench.container.Container;

/** One command starts it, says what to do next, and stops it; what stands in the way is one clear sentence. */
class LifecycleIT {
    @TempDir
    static Path temp;

    private static Container container;

    @BeforeAll
    static void start() throws Exception {
        container = Container.started(temp.resolve("a home"));
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    @Test
    void oneScreenSaysWhereEverythingIs() throws Exception {
        assertThat(container.screen())
                .contains("http://127.0.0.1:" + container.port)
                .contains("/system/console")
                .contains(container.deploy().toString())
                .contains("admin.token")
                .contains("curl");
        assertThat(container.screen().lines().count()).as("lines of the screen").isLessThanOrEqualTo(24);
    }

    @Test
    void secretsStayInTheirFiles() throws Exception {
        assertThat(container.screen()).doesNotContain(container.adminToken());
        assertThat(container.log()).doesNotContain(container.adminToken());
        for (var name : new String[] {"admin.token", "reader.token"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            container.home.resolve("conf").resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aSecondOneOnTheSameDataIsToldSoInOneSentence() throws Exception {
        var second = container.claw("run", "--port", Integer.toString(Container.freePort()));
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.out().strip().lines())
                .singleElement()
                .asString()
                .contains("data")
                .contains("in use")
                .contains(Long.toString(container.pid()));
    }

    @Test
    void aTakenPortIsToldInOneSentence() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            var second = Container.claw(
                    Container.INSTALLATION,
                    "run",
                    "--home",
                    temp.resolve("taken").toString(),
                    "--port",
                    port);
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.out().strip().lines()).singleElement().asString().contains(port);
        }
    }

    @Test
    void stopsCleanlyOnSigtermAndComesBack() throws Exception {
        try (var other = Container.started(temp.resolve("other"))) {
            assertThat(other.terminate()).isIn(0, 143);
            assertThat(other.log()).contains("Stopped").doesNotContain(" WARN ", " ERROR ");
            other.restart();
            assertThat(other.call("GET", "/v1/bundles", "").statusCode()).isEqualTo(200);
            assertThat(other.claw("stop").exit()).isZero();
        }
    }

    @Test
    void everyCallButTheProbesNeedsTheToken() throws Exception {
        for (var path : new String[] {"/v1/bundles", "/v1/agents", "/v1/types", "/v1/nothing"}) {
            assertThat(container.plain("GET", path, "").statusCode()).as(path).isEqualTo(401);
            assertThat(container
                            .plain("GET", path, "", "Authorization", "Bearer wrong")
                            .statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(container.plain("GET", "/healthz", "").statusCode()).isEqualTo(200);
        assertThat(container.plain("GET", "/system/console/bundles", "").body())
                .doesNotContain("org.openclaw.agent.runtime");
    }

    @Test
    void theReaderLooksAndChangesNothing() throws Exception {
        var reader = "Bearer "
                + Files.readString(container.home.resolve("conf/reader.token")).strip();
        assertThat(container
                        .plain("GET", "/v1/bundles", "", "Authorization", reader)
                        .statusCode())
                .isEqualTo(200);
        assertThat(container
                        .plain("GET", "/v1/limits", "", "Authorization", reader)
                        .body())
                .startsWith("{\"limits\":[");
        assertThat(container
                        .plain("DELETE", "/v1/bundles/none.jar", "", "Authorization", reader)
                        .statusCode())
                .isEqualTo(403);
    }
}
