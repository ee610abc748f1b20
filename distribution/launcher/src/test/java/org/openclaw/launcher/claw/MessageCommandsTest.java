package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageCommandsTest {
    private static final String POST = "POST /v1/agents/triage/db/messages?type=triage.Status";
    private static final String RECEIPT =
            "{\"receipt\":\"r-1\",\"acceptedAt\":\"2026-11-01T00:00:00Z\",\"dedupUntil\":\"2026-11-02T00:00:00Z\",\"duplicate\":false}";

    private final Path home;
    private final ClientFixture fixture;

    MessageCommandsTest(@TempDir Path home) throws IOException {
        this.home = home;
        fixture = new ClientFixture(home);
    }

    @BeforeEach
    void accept() {
        fixture.server.answer(POST, 202, RECEIPT);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void sendsAShortTypeOfTheAddressedAgent() {
        var result = fixture.claw("send", "triage/db", "Status");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo("Accepted by triage/db: receipt r-1");
        assertThat(fixture.server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.line()).isEqualTo(POST);
            assertThat(asked.body()).isEqualTo("{}");
            assertThat(asked.headers())
                    .containsEntry("authorization", "Bearer " + ClientFixture.TOKEN)
                    .containsEntry("content-type", "application/json")
                    .containsKey("idempotency-key")
                    .doesNotContainKey("prefer");
        });
    }

    @Test
    void sendsAFullTypeAndAKeyWithSlashesAsTheyAre() {
        fixture.server.answer("POST /v1/agents/triage/eu/db%20%C3%A4/messages?type=ops.Ping", 202, RECEIPT);

        assertThat(fixture.claw("send", "triage/eu/db ä", "ops.Ping").exit()).isZero();
    }

    @Test
    void sendsAFileByteForByte() throws IOException {
        var file = home.resolve("alert.json");
        Files.writeString(file, "{ \"n\": 1.00 }\n");
        fixture.claw("send", "triage/db", "Status", "@" + file);

        assertThat(fixture.server.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.body()).isEqualTo("{ \"n\": 1.00 }\n"));
    }

    @Test
    void sendsHowItIsToBeDelivered() {
        fixture.server.answer(
                POST + "&priority=9&deadline=2026-11-01T12%3A00%3A00Z&expirytime=2026-11-01T13%3A00%3A00%2B01%3A00",
                202,
                RECEIPT);
        var result = fixture.claw(
                "send",
                "triage/db",
                "Status",
                "--priority",
                "9",
                "--deadline",
                "2026-11-01T12:00:00Z",
                "--expires",
                "2026-11-01T13:00:00+01:00");

        assertThat(result.exit()).isZero();
    }

    @Test
    void sendsTheIdThatItWasGiven() {
        fixture.claw("send", "triage/db", "Status", "{}", "--id", "alert-7");

        assertThat(fixture.server.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.headers()).containsEntry("idempotency-key", "alert-7"));
    }

    @Test
    void printsTheReceiptAsJson() {
        assertThat(fixture.claw("send", "triage/db", "Status", "--json").out()).isEqualTo(RECEIPT);
    }

    @Test
    void refusesABodyThatIsNotJsonBeforeItIsSent() {
        var result = fixture.claw("send", "triage/db", "Status", "{oops");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("The body is not JSON").contains("(expected: JSON, @FILE or -");
        assertThat(fixture.server.asked()).isEmpty();
    }

    @Test
    void refusesAnAddressWithoutAKey() {
        var result = fixture.claw("send", "triage", "Status");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("'triage' is no address of an agent (expected: type/key)");
    }

    @Test
    void printsTheReplyForPeople() {
        reply(200, "{\"open\":2}");
        var result = fixture.claw("ask", "triage/api", "Status", "--timeout", "5");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualToNormalizingNewlines("{\n  \"open\" : 2\n}");
        assertThat(fixture.server.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.headers()).containsEntry("prefer", "wait=5"));
    }

    @Test
    void printsTheReplyAsItIsForScripts() {
        reply(200, "{\"open\":2}");

        assertThat(fixture.claw("ask", "triage/api", "Status", "--json").out()).isEqualTo("{\"open\":2}");
    }

    @Test
    void saysThatThereWasNoReply() {
        reply(204, "");

        assertThat(fixture.claw("ask", "triage/api", "Status").out()).isEqualTo("Done. triage/api replied nothing.");
    }

    @Test
    void failsWhenTheReplyIsLateAndNamesTheReceipt() {
        reply(202, RECEIPT);
        var result = fixture.claw("ask", "triage/api", "Status", "--timeout", "1");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("did not reply within 1 s", "receipt r-1");
    }

    private static final String EVENTS = "GET /v1/messages/r-1/events";
    private static final String END = "id: b-end\nevent: end\ndata: {\"receipt\":\"r-1\",\"status\":";

    private void streams(String events) {
        reply(202, RECEIPT);
        fixture.server.answer(EVENTS, 200, "retry: 1\n\n" + events, "Content-Type", "text/event-stream");
    }

    private static String piece(String id, int attempt, String text) {
        return "id: " + id + "\nevent: preview\ndata: {\"attempt\":" + attempt + ",\"offset\":0,\"text\":\"" + text
                + "\"}\n\n";
    }

    @Test
    void showsWhatIsShownOfTheReplyAndThenTheReply() {
        streams(piece("a", 1, "Once") + "id: c\nevent: preview\ndata: half");
        streams(piece("b", 2, "Once upon")
                + piece("b", 2, " a \\u001btime")
                + END
                + "\"done\",\"reply\":{\"data\":{\"open\":2}}}\n\n");
        var result = fixture.claw("ask", "triage/api", "Status", "--stream");

        assertThat(result.out())
                .isEqualToNormalizingNewlines("Once\n(once more)\nOnce upon a ?time\n{\n  \"open\" : 2\n}");
        assertThat(fixture.server.asked().getFirst().headers()).doesNotContainKey("prefer");
        assertThat(fixture.server.asked().getLast().headers()).containsEntry("last-event-id", "a");
    }

    @Test
    void streamsJsonForScripts() {
        streams(piece("a", 1, "Once") + END + "\"done\"}\n\n");

        assertThat(fixture.claw("ask", "triage/api", "Status", "--stream", "--json")
                        .out()
                        .lines())
                .containsExactly("{\"attempt\":1,\"offset\":0,\"text\":\"Once\"}", "null");
    }

    @Test
    void saysThatTheTurnFailedBehindWhatItHasShown() {
        streams(piece("a", 1, "Once") + END + "\"dead\",\"code\":\"turn.failed\",\"cause\":\"no luck\"}\n\n");
        var result = fixture.claw("ask", "triage/api", "Status", "--stream");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("Once");
        assertThat(result.err()).contains("The agent's turn failed: no luck");
    }

    @Test
    void saysThatAStreamedReplyIsLate() {
        streams(piece("a", 1, "Once"));
        var result = fixture.claw("ask", "triage/api", "Status", "--stream", "--timeout", "1");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("did not reply within 1 s", "receipt r-1");
    }

    @Test
    void boundsTheTimeout() {
        assertThat(fixture.claw("ask", "triage/db", "Status", "--timeout", "0").exit())
                .isEqualTo(2);
    }

    @Test
    void answersAQuery() {
        fixture.server.answer(
                "GET /v1/types/triage", 200, "{\"messages\":[{\"type\":\"triage.Status\",\"query\":true}]}");
        reply(200, "{\"open\":2}");

        assertThat(fixture.claw("query", "triage/api", "Status", "--json").out())
                .isEqualTo("{\"open\":2}");
    }

    @Test
    void sendsNothingThatMayChangeTheAgentWithQuery() {
        fixture.server.answer(
                "GET /v1/types/triage", 200, "{\"messages\":[{\"type\":\"triage.Status\",\"query\":false}]}");
        var result = fixture.claw("query", "triage/db", "Status");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("'triage.Status' is no query", "claw ask");
        assertThat(fixture.server.asked()).extracting(FakeServer.Asked::line).containsExactly("GET /v1/types/triage");
    }

    private void reply(int status, String body) {
        fixture.server.answer("POST /v1/agents/triage/api/messages?type=triage.Status", status, body);
    }
}
