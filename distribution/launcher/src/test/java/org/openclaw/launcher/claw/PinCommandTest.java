package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinCommandTest {
    private static final String PIN = "PUT /v1/deployments/acme.bot/pin";
    private static final String UNPIN = "DELETE /v1/deployments/acme.bot/pin";

    private final ClientFixture fixture;

    PinCommandTest(@TempDir Path home) throws IOException {
        fixture = new ClientFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void pinsAndWaitsUntilItServes() {
        fixture.server.answer(PIN, 200, "{\"name\":\"acme.bot\",\"serving\":\"1.4.0\",\"pinned\":\"1.4.0\"}");
        var result = fixture.claw("pin", "acme.bot", "1.4.0");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("Pinned: acme.bot 1.4.0 serves.").contains("claw unpin acme.bot");
        assertThat(fixture.server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.body()).isEqualTo("{\"version\":\"1.4.0\"}");
            assertThat(asked.headers())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("prefer", "wait=60");
        });
    }

    @Test
    void failsWithTheReasonWhenThePinnedVersionDoesNotServe() {
        fixture.server.answer(
                PIN, 202, "{\"name\":\"acme.bot\",\"serving\":\"1.5.0\",\"pinned\":\"1.4.0\",\"text\":\"It fails.\"}");
        var result = fixture.claw("pin", "acme.bot", "1.4.0");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("Pinned, but it does not serve: It fails.");
    }

    @Test
    void saysWhichVersionsThereAre() {
        fixture.server.answer(
                PIN, 422, "{\"code\":\"version.unknown\",\"detail\":\"No such version (expected one of: 1.5.0).\"}");
        var result = fixture.claw("pin", "acme.bot", "9.9.9");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("No such version (expected one of: 1.5.0).");
    }

    @Test
    void unpinsAndWaitsUntilTheHighestServes() {
        fixture.server.answer(UNPIN, 200, "{\"name\":\"acme.bot\",\"serving\":\"1.5.0\"}");
        var result = fixture.claw("unpin", "acme.bot");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("Unpinned: acme.bot 1.5.0 serves.");
        assertThat(fixture.server.asked().getFirst().headers()).containsEntry("prefer", "wait=60");
    }

    @Test
    void failsWhenNothingServesOnceItIsUnpinned() {
        fixture.server.answer(UNPIN, 202, "{\"name\":\"acme.bot\",\"text\":\"No version of it serves.\"}");

        assertThat(fixture.claw("unpin", "acme.bot").exit()).isEqualTo(1);
    }

    @Test
    void printsTheDeploymentAsJson() {
        var deployment = "{\"name\":\"acme.bot\",\"serving\":\"1.4.0\",\"pinned\":\"1.4.0\"}";
        fixture.server.answer(PIN, 200, deployment);

        assertThat(fixture.claw("pin", "acme.bot", "1.4.0", "--json").out()).isEqualTo(deployment);
    }

    @Test
    void showsHostileTextAsText() {
        fixture.server.answer(PIN, 202, "{\"text\":\"\\u001b[2Jgone\"}");

        assertThat(fixture.claw("pin", "acme.bot", "1.4.0").out()).contains("?[2Jgone");
    }

    @Test
    void keepsAHostileNameOutOfThePath() {
        fixture.claw("unpin", "../trust");

        assertThat(fixture.server.asked().getFirst().line()).isEqualTo("DELETE /v1/deployments/..%2Ftrust/pin");
    }

    @Test
    void misuseIsExitCodeTwo() {
        assertThat(fixture.claw("pin").exit()).isEqualTo(2);
        assertThat(fixture.claw("pin", "acme.bot").exit()).isEqualTo(2);
        assertThat(fixture.claw("unpin").exit()).isEqualTo(2);
        assertThat(fixture.server.asked()).isEmpty();
    }
}
