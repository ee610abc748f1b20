package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadCommandTest {
    private static final String UNKNOWN =
            "{\"code\":\"dead-letter.unknown\",\"detail\":\"There is no dead letter with this receipt.\"}";

    private final ClientFixture fixture;

    DeadCommandTest(@TempDir Path home) throws IOException {
        fixture = new ClientFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void listsEveryPageWithWhyEachWasSetAside() {
        fixture.server
                .answer(
                        "GET /v1/dead-letters?limit=1000",
                        200,
                        "{\"deadLetters\":[" + letter("r1") + "],\"next\":\"r1\"}")
                .answer("GET /v1/dead-letters?limit=999&after=r1", 200, "{\"deadLetters\":[" + letter("r2") + "]}");

        assertThat(fixture.claw("dead").out()).isEqualToNormalizingNewlines("""
                AGENT     MESSAGE         ATTEMPTS  RECEIPT
                triage/a  triage.Webhook         2  r1
                  2026-11-01T00:00:02Z turn.failed: no disk
                triage/a  triage.Webhook         2  r2
                  2026-11-01T00:00:02Z turn.failed: no disk""");
    }

    @Test
    void listsThoseOfAType() {
        fixture.server.answer(
                "GET /v1/dead-letters?limit=1000&type=triage", 200, "{\"deadLetters\":[" + letter("r1") + "]}");

        assertThat(fixture.claw("dead", "list", "--type", "triage", "--json").out())
                .isEqualTo("{\"deadLetters\":[" + letter("r1") + "]}");
    }

    @Test
    void saysWhatItMeansThatThereAreNone() {
        fixture.server.answer("GET /v1/dead-letters?limit=1000", 200, "{\"deadLetters\":[]}");

        assertThat(fixture.claw("dead").out()).isEqualTo("There are no dead letters: no message has been set aside.");
    }

    @Test
    void showsHowEachAttemptFailed() {
        fixture.server.answer("GET /v1/dead-letters/r1", 200, letter("r1"));

        assertThat(fixture.claw("dead", "show", "r1").out())
                .contains("triage.Webhook to triage/a, 13 bytes")
                .contains("attempt: 2026-11-01T00:00:01Z, version 1.0.0, turn.failed: no network")
                .contains("attempt: 2026-11-01T00:00:02Z, no version, turn.failed: no disk")
                .doesNotContain("body:");
    }

    @Test
    void showsTheBodyWhenAsked() {
        fixture.server.answer(
                "GET /v1/dead-letters/r1?body=true",
                200,
                letter("r1").replace("\"bytes\"", "\"data\":{\"a\":1},\"bytes\""));

        assertThat(fixture.claw("dead", "show", "r1", "--body").out()).contains("\"a\" : 1");
    }

    @Test
    void redrivesTheOthersWhenOneIsRefused() {
        fixture.server
                .answer("POST /v1/dead-letters/r1/redrive", 202, "{\"receipt\":\"r1\"}")
                .answer("POST /v1/dead-letters/r2/redrive", 404, UNKNOWN)
                .answer("POST /v1/dead-letters/r3/redrive", 202, "{\"receipt\":\"r3\"}");

        var result = fixture.claw("dead", "redrive", "r1", "r2", "r3");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEqualToNormalizingNewlines("""
                Redrove r1.
                Redrove r3.
                Refused r2: There is no dead letter with this receipt.""");
    }

    @Test
    void saysAsJsonWhatBecameOfEach() {
        fixture.server.answer("DELETE /v1/dead-letters/r1", 204, "").answer("DELETE /v1/dead-letters/r2", 404, UNKNOWN);

        assertThat(fixture.claw("dead", "discard", "--yes", "--json", "r1", "r2")
                        .out())
                .contains("\"discarded\":[\"r1\"]")
                .contains("\"receipt\":\"r2\"")
                .contains("\"code\":\"dead-letter.unknown\"");
    }

    @Test
    void wantsToKnowWhichOnes() {
        assertThat(fixture.claw("dead", "redrive").exit()).isEqualTo(2);
    }

    private static String letter(String receipt) {
        return ("{\"receipt\":\"%s\",\"to\":\"triage/a\",\"type\":\"triage.Webhook\",\"source\":\"/x\",\"id\":\"7\","
                        + "\"acceptedAt\":\"2026-11-01T00:00:00Z\",\"deadAt\":\"2026-11-01T00:00:02Z\",\"bytes\":13,"
                        + "\"failures\":2,\"attempts\":[{\"at\":\"2026-11-01T00:00:01Z\",\"version\":\"1.0.0\",\"code\":\"turn.failed\","
                        + "\"cause\":\"no network\"},{\"at\":\"2026-11-01T00:00:02Z\",\"code\":\"turn.failed\","
                        + "\"cause\":\"no disk\"}]}")
                .formatted(receipt);
    }
}
