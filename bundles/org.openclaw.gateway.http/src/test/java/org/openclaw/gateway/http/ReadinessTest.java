package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openclaw.deploy.DeployedFile;

class ReadinessTest {
    private final MemoryFolder folder = new MemoryFolder();
    private boolean bus = true;
    private boolean deployments = true;
    private final Readiness readiness = new Readiness(
            List.of(new Part<>("the message bus", () -> bus ? Optional.of(new ScriptedBus()) : Optional.empty())),
            new Part<>("the drop folder", () -> deployments ? Optional.of(folder) : Optional.empty()));

    private void arriving() {
        folder.files.put(
                "a.jar",
                new DeployedFile(
                        "a.jar",
                        DeployedFile.State.ARRIVING,
                        Optional.empty(),
                        Optional.empty(),
                        Instant.EPOCH,
                        Duration.ZERO));
    }

    @Test
    void isReadyWhenEverythingIsThere() {
        assertThat(readiness.response().status()).isEqualTo(200);
    }

    @Test
    void namesWhatIsMissing() {
        bus = false;
        deployments = false;

        assertThat(readiness.response().status()).isEqualTo(503);
        assertThat(TestDoor.json(readiness.response()).get("missing").toString())
                .isEqualTo("[\"the message bus\",\"the drop folder\"]");
    }

    @Test
    void waitsForTheVerdictsOnTheFilesOfTheStart() {
        arriving();

        assertThat(TestDoor.json(readiness.response()).get("missing").toString())
                .isEqualTo("[\"the verdict on a.jar\"]");
        folder.files.clear();
        assertThat(readiness.response().status()).isEqualTo(200);
    }

    @Test
    void staysReadyWhenAFileArrivesLater() {
        assertThat(readiness.response().status()).isEqualTo(200);
        arriving();

        assertThat(readiness.response().status()).isEqualTo(200);
    }
}
