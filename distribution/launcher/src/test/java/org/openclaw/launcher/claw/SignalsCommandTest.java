package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalsCommandTest {
    private static final String ID = "1f-2a-0-0123456789abcdef";
    private static final String TAKEN = "{\"signal\":\"" + ID + "\",\"duplicate\":false}";

    private final Path home;
    private final ClientFixture fixture;

    SignalsCommandTest(@TempDir Path home) throws IOException {
        this.home = home;
        fixture = new ClientFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void listsEveryPageWithHowASignalIsAnswered() {
        fixture.server
                .answer("GET /v1/signals?limit=1000", 200, "{\"waits\":[" + signal("a") + "],\"next\":\"1f\"}")
                .answer("GET /v1/signals?limit=999&after=1f", 200, "{\"waits\":[" + question("b") + "]}");

        assertThat(fixture.claw("signals").out()).isEqualToNormalizingNewlines("""
                AGENT    MESSAGE    WAITS FOR               UNTIL
                order/a  order.Pay  the signal 'approval'   2026-11-08T00:00:00Z
                  since 2026-11-01T00:00:00Z; answer with 'claw signals answer 1f-2a-0-0123456789abcdef JSON', which is read as java.lang.Boolean
                order/b  order.Pay  the reply of stock/a/b  2026-11-08T00:00:00Z
                  since 2026-11-01T00:00:00Z""");
    }

    @Test
    void listsAsJson() {
        fixture.server.answer("GET /v1/signals?limit=1000", 200, "{\"waits\":[" + signal("a") + "]}");

        assertThat(fixture.claw("signals", "list", "--json").out()).isEqualTo("{\"waits\":[" + signal("a") + "]}");
    }

    @Test
    void goesOnBehindAnEmptyPageAndStopsAtTheLimit() {
        fixture.server
                .answer("GET /v1/signals?limit=1", 200, "{\"waits\":[],\"next\":\"1f\"}")
                .answer("GET /v1/signals?limit=1&after=1f", 200, "{\"waits\":[" + signal("a") + "],\"next\":\"2f\"}");

        assertThat(fixture.claw("signals", "--limit", "1").out())
                .contains("order/a")
                .endsWith("There are more: raise --limit.");
    }

    @Test
    void refusesALimitOfNothing() {
        assertThat(fixture.claw("signals", "--limit", "0").exit()).isEqualTo(2);
    }

    @Test
    void saysThatNoTurnWaits() {
        fixture.server.answer("GET /v1/signals?limit=1000", 200, "{\"waits\":[]}");

        assertThat(fixture.claw("signals").out()).isEqualTo("No turn waits for a signal or a reply.");
    }

    @Test
    void letsNothingInANameSteerTheTerminal() {
        fixture.server.answer(
                "GET /v1/signals?limit=1000",
                200,
                "{\"waits\":[" + signal("a").replace("approval", "\\u001b[2J") + "]}");

        assertThat(fixture.claw("signals").out()).contains("the signal '?[2J'").doesNotContain("\u001b");
    }

    @Test
    void answersASignalWithTheBytesThatWereTyped() {
        fixture.server.answer("POST /v1/signals/" + ID, 200, TAKEN);

        var result = fixture.claw("signals", "answer", ID, "{ \"sum\": 1.00 }");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo("Answered, its turn goes on: " + ID);
        assertThat(fixture.server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.body()).isEqualTo("{ \"sum\": 1.00 }");
            assertThat(asked.headers()).containsEntry("content-type", "application/json");
        });
    }

    @Test
    void answersWithAFile() throws IOException {
        fixture.server.answer("POST /v1/signals/" + ID, 200, TAKEN);
        var file = Files.writeString(home.resolve("answer.json"), "\"yes\"\n");
        fixture.claw("signals", "answer", ID, "@" + file);

        assertThat(fixture.server.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.body()).isEqualTo("\"yes\"\n"));
    }

    @Test
    void answersWithWhatComesFromStandardInput() {
        fixture.server.answer("POST /v1/signals/" + ID, 200, TAKEN);
        var before = System.in;
        System.setIn(new ByteArrayInputStream("[1]".getBytes(StandardCharsets.UTF_8)));
        try {
            fixture.claw("signals", "answer", ID, "-");
        } finally {
            System.setIn(before);
        }

        assertThat(fixture.server.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.body()).isEqualTo("[1]"));
    }

    @Test
    void answersWithANegativeNumber() {
        fixture.server.answer("POST /v1/signals/" + ID, 200, TAKEN);

        var result = ClientFixture.typed("signals", "answer", "--home", home.toString(), "--", ID, "-5");

        assertThat(result.exit()).isZero();
        assertThat(fixture.server.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.body()).isEqualTo("-5"));
    }

    @Test
    void saysThatTheSameAnswerCameBefore() {
        fixture.server.answer("POST /v1/signals/" + ID, 200, TAKEN.replace("false", "true"));

        assertThat(fixture.claw("signals", "answer", ID, "true").out())
                .isEqualTo("Answered before with the same, nothing has changed: " + ID);
        assertThat(fixture.claw("signals", "answer", ID, "true", "--json").out())
                .isEqualTo(TAKEN.replace("false", "true"));
    }

    @Test
    void failsWithTheServersWordsWhenTheAnswerIsRefused() {
        fixture.server.answer(
                "POST /v1/signals/" + ID,
                409,
                "{\"code\":\"signal.answered\",\"detail\":\"It was answered before, with something else.\"}");

        var result = fixture.claw("signals", "answer", ID, "true");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("It was answered before, with something else.");
    }

    @Test
    void refusesAnAnswerThatIsNotJsonBeforeItIsSent() {
        var result = fixture.claw("signals", "answer", ID, "yes");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("The answer is not JSON").contains("(expected: JSON, @FILE or -");
        assertThat(fixture.server.asked()).isEmpty();
    }

    @Test
    void wantsToKnowWhatTheAnswerIs() {
        assertThat(fixture.claw("signals", "answer", ID).exit()).isEqualTo(2);
    }

    private static String signal(String key) {
        return ("{\"agent\":\"order/%s\",\"message\":\"r1\",\"messageType\":\"order.Pay\",\"name\":\"approval\","
                        + "\"kind\":\"signal\",\"signal\":\"%s\",\"answer\":\"java.lang.Boolean\","
                        + "\"since\":\"2026-11-01T00:00:00Z\",\"until\":\"2026-11-08T00:00:00Z\"}")
                .formatted(key, ID);
    }

    private static String question(String key) {
        return ("{\"agent\":\"order/%s\",\"message\":\"r2\",\"messageType\":\"order.Pay\",\"name\":\"stock/a/b\","
                        + "\"kind\":\"question\",\"asked\":\"stock/a/b\",\"answer\":\"order.Stock\","
                        + "\"since\":\"2026-11-01T00:00:00Z\",\"until\":\"2026-11-08T00:00:00Z\"}")
                .formatted(key);
    }
}
