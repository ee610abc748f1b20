package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.launcher.JsonTree;
import picocli.CommandLine.Help.Ansi;

/** Each test ends with a refusal: a tail has no end of its own. */
class TailCommandTest {
    private static final String OVER = "{\"code\":\"token.wrong\",\"detail\":\"The token is not valid here.\"}";
    private static final String DONE = event("7-1", "turn.done", ",\"messageType\":\"triage.Webhook\",\"millis\":3");

    private final ClientFixture fixture;

    TailCommandTest(@TempDir Path home) throws IOException {
        fixture = new ClientFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String event(String id, String kind, String more) {
        return "id: " + id + "\nevent: " + kind + "\ndata: {\"id\":\"" + id
                + "\",\"at\":\"2026-11-01T12:00:00.5Z\",\"kind\":\"" + kind + "\",\"agent\":\"triage/a\"" + more
                + "}\n\n";
    }

    private TailCommandTest stream(String line, String events) {
        fixture.server.answer(line, 200, "retry: 1\nid: 7-0\n\n" + events, "Content-Type", "text/event-stream");
        return this;
    }

    private TailCommandTest over(String line) {
        fixture.server.answer(line, 401, OVER);
        return this;
    }

    private static String text(String more) {
        var event = JsonTree.read("{\"at\":\"2026-11-01T12:00:00.5Z\",\"agent\":\"triage/a\"," + more + "}");
        return new EventText(new Terminal(80, Ansi.OFF), ZoneOffset.UTC).line(event);
    }

    @Test
    void printsEventsAboutMessagesOfATypeAlone() {
        var other = event("7-3", "turn.done", ",\"messageType\":\"triage.Status\"");
        for (int times = 0; times < 2; times++) {
            stream("GET /v1/events", DONE + event("7-2", "agent.retired", "") + other)
                    .over("GET /v1/events");
        }

        assertThat(fixture.claw("tail", "--message", "triage.Webhook").out().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("triage.Webhook"));
        assertThat(fixture.claw("tail", "--message", "triage.*").out().lines()).hasSize(2);
    }

    @Test
    void printsOneLineForEachEvent() {
        stream("GET /v1/events", DONE + event("7-2", "agent.retired", "")).over("GET /v1/events");

        assertThat(fixture.claw("tail").out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("  turn.done          triage/a ", "triage.Webhook, 3 ms"),
                        line -> assertThat(line).endsWith("  agent.retired      triage/a"));
    }

    @Test
    void printsEachAsItCameForScripts() {
        stream("GET /v1/events", DONE).over("GET /v1/events");

        assertThat(fixture.claw("tail", "--json").out().lines().findFirst())
                .hasValueSatisfying(
                        line -> assertThat(line).startsWith("{\"id\":\"7-1\",").endsWith("\"millis\":3}"));
    }

    @Test
    void asksForOneAgentATypeKindsAndTheBeginning() {
        over("GET /v1/agents/triage/a/b/events?kind=turn.failed%2Cturn.dead&last=5")
                .over("GET /v1/events?type=triage&since=start");
        var one = fixture.claw("tail", "triage/a/b", "--kind", "turn.failed", "--kind", "turn.dead", "--last", "5");
        var type = fixture.claw("tail", "triage", "--since-start");

        assertThat(one.err()).isEqualTo("The token is not valid here.");
        assertThat(type.err()).isEqualTo("The token is not valid here.");
        assertThat(fixture.server.asked().getFirst().headers())
                .containsEntry("authorization", "Bearer " + ClientFixture.TOKEN);
    }

    @Test
    void goesOnBehindTheLastEventWhenTheConnectionBreaks() {
        stream("GET /v1/events?last=1", DONE + "id: 7-9\ndata: half an event");
        stream("GET /v1/events", event("7-2", "turn.dead", "")).over("GET /v1/events");
        var result = fixture.claw("tail", "--last", "1");

        assertThat(result.out().lines()).hasSize(2);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .contains(
                        "The connection broke. It is tried again", "The connection is there again.", "not valid here");
        assertThat(fixture.server.asked().get(1).headers()).containsEntry("last-event-id", "7-1");
        assertThat(fixture.server.asked().get(2).headers()).containsEntry("last-event-id", "7-2");
    }

    @Test
    void waitsForAContainerThatIsStartedAgain() {
        stream("GET /v1/events", DONE);
        fixture.server
                .answer("GET /v1/events", 503, "{\"code\":\"unavailable\",\"detail\":\"Not there.\"}")
                .answer("GET /v1/events", 404, "");
        over("GET /v1/events");

        assertThat(fixture.claw("tail").err()).doesNotContain("Not there").endsWith("not valid here.");
        assertThat(fixture.server.asked()).hasSize(4);
    }

    @Test
    void saysThatEventsAreMissingAndGoesOnWithWhatIsRemembered() {
        stream("GET /v1/events", DONE);
        fixture.server.answer(
                "GET /v1/events", 410, "{\"code\":\"events.forgotten\",\"detail\":\"It is of an earlier start.\"}");
        stream(
                "GET /v1/events?since=start",
                "event: events.missed\ndata: {\"kind\":\"events.missed\",\"cause\":\"Too slow.\"}\n\n");
        over("GET /v1/events");
        var result = fixture.claw("tail");

        assertThat(result.out().lines()).hasSize(1);
        assertThat(result.err()).contains("Events are missing here. It is of an earlier start.", "Too slow.");
    }

    @Test
    void saysWhichTypeMayHaveBeenMeant() {
        fixture.server
                .answer("GET /v1/events?type=triaje", 404, "{\"code\":\"type.unknown\",\"detail\":\"No such type.\"}")
                .answer("GET /v1/types", 200, "{\"types\":[{\"name\":\"triage\"}]}");
        var result = fixture.claw("tail", "triaje");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("No such type. Did you mean", "triage");
    }

    @Test
    void refusesWhatIsTypedWrong() {
        assertThat(fixture.claw("tail", "--last", "1001").exit()).isEqualTo(2);
        assertThat(fixture.claw("tail", "--last", "1", "--since-start").exit()).isEqualTo(2);
        assertThat(fixture.claw("tail", "triage/").exit()).isEqualTo(2);
    }

    @Test
    void saysWhatIsNoContainer() {
        fixture.server.answer("GET /v1/events", 200, "{}", "Content-Type", "application/json");

        assertThat(fixture.claw("tail").err()).contains("no events, as no container does");
    }

    @Test
    void tellsWhatHappened() {
        assertThat(text(
                        "\"kind\":\"step.recorded\",\"messageType\":\"triage.Webhook\",\"version\":\"1.0.0\",\"millis\":12,"
                                + "\"step\":\"pay\""))
                .isEqualTo(
                        "12:00:00.500  step.recorded      triage/a                  triage.Webhook on 1.0.0, step 'pay',"
                                + " 12 ms");
        assertThat(text("\"kind\":\"turn.suspended\",\"messageType\":\"t.M\",\"waitsFor\":\"approval\""))
                .endsWith("t.M, waits for approval");
        assertThat(
                        text(
                                "\"kind\":\"turn.failed\",\"messageType\":\"t.M\",\"code\":\"turn.failed\",\"cause\":\"one\\n\\u001btwo\""))
                .endsWith("t.M, turn.failed: one ?two");
        assertThat(text("\"kind\":\"agent.quarantined\",\"cause\":\"It failed.\""))
                .endsWith("  It failed.");
    }
}
