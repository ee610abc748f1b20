package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointCommandTest {
    private static final String ONE =
            "{\"name\":\"20261126T144500Z\",\"at\":\"2026-11-26T14:45:00Z\",\"bytes\":88080384}";

    private final ClientFixture fixture;
    private final Path home;

    CheckpointCommandTest(@TempDir Path home) throws IOException {
        this.home = home;
        fixture = new ClientFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void takesOneAndSaysWhereItIs() {
        fixture.server.answer("POST /v1/checkpoints", 201, ONE);

        assertThat(fixture.claw("checkpoint").out())
                .isEqualTo(
                        "Took 20261126T144500Z: 84 MiB in " + home.resolve("data/checkpoints/20261126T144500Z") + ".");
        assertThat(fixture.claw("checkpoint", "--json").out()).contains("\"bytes\":88080384", "\"path\":");
    }

    @Test
    void listsThem() {
        fixture.server.answer("GET /v1/checkpoints", 200, "{\"checkpoints\":[" + ONE + "]}");

        assertThat(fixture.claw("checkpoint", "list").out()).contains("20261126T144500Z", "84 MiB");
    }

    @Test
    void saysHowToTakeTheFirst() {
        fixture.server.answer("GET /v1/checkpoints", 200, "{\"checkpoints\":[]}");

        assertThat(fixture.claw("checkpoint", "list").out()).contains("Take one with 'claw checkpoint'");
    }

    @Test
    void deletesOne() {
        fixture.server.answer("DELETE /v1/checkpoints/20261126T144500Z", 204, "");

        assertThat(fixture.claw("checkpoint", "delete", "--yes", "20261126T144500Z")
                        .out())
                .isEqualTo("Deleted 20261126T144500Z.");
    }

    @Test
    void replacesDataByNothingButACheckpoint() {
        var result = fixture.claw("run", "--replace-data");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("--from CHECKPOINT");
    }
}
