package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentsCommandTest {
    private final ClientFixture fixture;

    AgentsCommandTest(@TempDir Path home) throws IOException {
        fixture = new ClientFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void listsEveryPage() {
        fixture.server
                .answer("GET /v1/agents?limit=1000", 200, "{\"agents\":[" + agent("a") + "],\"next\":\"triage/a\"}")
                .answer("GET /v1/agents?limit=999&after=triage%2Fa", 200, "{\"agents\":[" + agent("b") + "]}");

        assertThat(fixture.claw("agents").out()).isEqualToNormalizingNewlines("""
                AGENT     STATE   VERSION  WAITING  TURNS  FAILED
                triage/a  active  1.0.0          0      3       0
                triage/b  active  1.0.0          0      3       0""");
    }

    @Test
    void stopsAtTheLimitAndSaysThatThereAreMore() {
        fixture.server.answer(
                "GET /v1/agents?limit=1&type=triage", 200, "{\"agents\":[" + agent("a") + "],\"next\":\"triage/a\"}");

        assertThat(fixture.claw("agents", "--type", "triage", "--limit", "1").out())
                .endsWith("There are more: raise --limit.");
    }

    @Test
    void showsOneAgentWithItsState() {
        fixture.server.answer("GET /v1/agents/triage/a", 200, agent("a"));

        assertThat(fixture.claw("agents", "show", "triage/a").out())
                .contains("triage/a is active, version 1.0.0", "turns: 3, failed: 0", "\"open\" : 1");
    }

    @Test
    void showsWhatMessagesAndTimersHoldWhenAsked() {
        fixture.server.answer(
                "GET /v1/agents/triage/a?body=true",
                200,
                "{\"address\":\"triage/a\",\"state\":\"suspended\",\"inbox\":[{\"type\":\"triage.Webhook\",\"source\":\"/x\","
                        + "\"acceptedAt\":\"2026-11-01T00:00:00Z\",\"bytes\":9,\"priority\":9,\"expirytime\":\"2026-11-01T01:00:00Z\",\"data\":{\"n\":1}}],\"steps\":[{\"name\":\"pay\",\"millis\":7,\"attempts\":2,\"bytes\":1,\"data\":3},"
                        + "{\"name\":\"fetch\",\"millis\":9,\"attempts\":1,\"bytes\":5000000,\"beside\":true}],\"timers\":[{\"name\":\"late\","
                        + "\"due\":\"2026-11-01T00:01:00Z\",\"type\":\"triage.Late\",\"data\":{\"n\":2}}]}");

        assertThat(fixture.claw("agents", "show", "--body", "triage/a").out())
                .contains(
                        "waits: 2026-11-01T00:00:00Z triage.Webhook from /x, priority 9, expirytime 2026-11-01T01:00:00Z: {\"n\":1}")
                .contains("step: pay in 7 ms, attempts 2: 3")
                .contains("step: fetch in 9 ms, attempts 1, resulted in 5000000 bytes, kept beside it")
                .contains("timer: late sends triage.Late at 2026-11-01T00:01:00Z: {\"n\":2}");
    }

    @Test
    void saysWhatASuspendedTurnWaitsForAndHowToAnswerIt() {
        fixture.server.answer(
                "GET /v1/agents/triage/a",
                200,
                "{\"address\":\"triage/a\",\"state\":\"active\",\"waitsFor\":[{\"name\":\"approval\",\"kind\":\"signal\","
                        + "\"signal\":\"1f-2a-0-0b\",\"answer\":\"java.lang.Boolean\",\"since\":\"2026-11-01T00:00:00Z\","
                        + "\"until\":\"2026-11-08T00:00:00Z\"},{\"name\":\"stock/b\",\"kind\":\"question\","
                        + "\"asked\":\"stock/b\",\"answer\":\"triage.Stock\",\"since\":\"2026-11-01T00:00:00Z\","
                        + "\"until\":\"2026-11-02T00:00:00Z\"}]}");

        assertThat(fixture.claw("agents", "show", "triage/a").out())
                .contains("waits for: the signal 'approval', since 2026-11-01T00:00:00Z, until 2026-11-08T00:00:00Z;"
                        + " answer with 'claw signals answer 1f-2a-0-0b JSON', which is read as java.lang.Boolean\n")
                .contains("waits for: the reply of stock/b, since 2026-11-01T00:00:00Z, until 2026-11-02T00:00:00Z\n");
    }

    @Test
    void listsTheTypesWithTheirMessages() {
        fixture.server.answer(
                "GET /v1/types",
                200,
                "{\"types\":[{\"name\":\"triage\",\"serving\":\"1.1.0\",\"resident\":[\"1.1.0\",\"1.0.0\"],\"agents\":2,"
                        + "\"messages\":[{\"type\":\"triage.Webhook\",\"query\":false},{\"type\":\"triage.Status\",\"query\":true}]}]}");

        assertThat(fixture.claw("agents", "types").out()).isEqualToNormalizingNewlines("""
                TYPE    SERVING  RESIDENT     AGENTS
                triage  1.1.0    1.1.0 1.0.0       2
                  triage.Webhook, triage.Status (query)""");
    }

    @Test
    void retiresAnAgent() {
        fixture.server.answer("DELETE /v1/agents/triage/a", 204, "");

        assertThat(fixture.claw("agents", "retire", "triage/a").out()).isEqualTo("Retired triage/a.");
    }

    @Test
    void saysThatARetiringAgentHandlesWhatWaits() {
        fixture.server.answer("DELETE /v1/agents/triage/a", 202, agent("a"));

        assertThat(fixture.claw("agents", "retire", "triage/a").out()).contains("handles what waits first");
    }

    @Test
    void listsAgentsInAState() {
        fixture.server.answer("GET /v1/agents?limit=1000&state=retired", 200, "{\"agents\":[" + agent("a") + "]}");

        assertThat(fixture.claw("agents", "--state", "retired").out()).contains("triage/a");
    }

    @Test
    void saysWhatHoldsAnAgentUpAndHowItsLatestTurnsEnded() {
        fixture.server.answer(
                "GET /v1/agents/triage/a",
                200,
                "{\"address\":\"triage/a\",\"state\":\"quarantined\",\"obstacle\":\"it failed\",\"recentTurns\":[{"
                        + "\"at\":\"2026-11-01T00:00:00Z\",\"type\":\"triage.Webhook\",\"outcome\":\"failed\","
                        + "\"code\":\"turn.failed\",\"cause\":\"no disk\"}]}");

        assertThat(fixture.claw("agents", "show", "triage/a").out())
                .contains("held up: it failed")
                .contains("turn: 2026-11-01T00:00:00Z triage.Webhook failed, turn.failed: no disk");
    }

    @Test
    void suspendsAndResumesAnAgent() {
        fixture.server.answer("PATCH /v1/agents/triage/a", 200, agent("a"));

        assertThat(fixture.claw("agents", "suspend", "triage/a").out()).startsWith("Suspended triage/a");
        assertThat(fixture.claw("agents", "resume", "triage/a").out()).startsWith("Resumed triage/a");
        assertThat(fixture.server.asked())
                .extracting(FakeServer.Asked::body)
                .containsExactly("{\"suspended\":true}", "{\"suspended\":false}");
    }

    @Test
    void suspendsAndResumesAType() {
        fixture.server
                .answer("POST /v1/types/triage/suspend", 200, "{\"name\":\"triage\",\"suspended\":true}")
                .answer("POST /v1/types/triage/resume", 200, "{\"name\":\"triage\",\"suspended\":false}");

        assertThat(fixture.claw("agents", "suspend-type", "triage", "--json").out())
                .contains("\"suspended\":true");
        assertThat(fixture.claw("agents", "resume-type", "triage").out()).startsWith("Resumed the type triage");
    }

    @Test
    void suggestsTheTypeThatMayHaveBeenMeant() {
        fixture.server
                .answer(
                        "POST /v1/types/triaje/suspend",
                        404,
                        "{\"code\":\"type.unknown\",\"detail\":\"There is no such agent type.\"}")
                .answer("GET /v1/types", 200, "{\"types\":[{\"name\":\"triage\"}]}");

        var result = fixture.claw("agents", "suspend-type", "triaje");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("Did you mean 'triage'?");
    }

    @Test
    void marksASuspendedType() {
        fixture.server.answer(
                "GET /v1/types",
                200,
                "{\"types\":[{\"name\":\"triage\",\"serving\":\"1.1.0\",\"suspended\":true,\"resident\":[\"1.1.0\"],"
                        + "\"agents\":2,\"messages\":[]}]}");

        assertThat(fixture.claw("agents", "types").out()).contains("1.1.0, suspended");
    }

    @Test
    void purgesAnAgentWithoutAskingWhereThereIsNoTerminal() {
        fixture.server.answer("DELETE /v1/agents/triage/a?purge=true", 204, "");

        assertThat(fixture.claw("agents", "purge", "triage/a").out()).startsWith("Purged triage/a");
    }

    @Test
    void saysWhenToPurgeAgainWhatIsBusy() {
        fixture.server.answer(
                "DELETE /v1/agents/triage/a?purge=true",
                409,
                "{\"code\":\"agent.busy\",\"detail\":\"Its turn is under way.\"}",
                "Retry-After",
                "1");

        var result = fixture.claw("agents", "purge", "triage/a", "--yes");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("Its turn is under way.").contains("Try again in 1 s.");
    }

    private static String agent(String key) {
        return ("{\"address\":\"triage/%s\",\"type\":\"triage\",\"key\":\"%s\",\"state\":\"active\",\"version\":\"1.0.0\","
                        + "\"waiting\":0,\"turns\":3,\"failures\":0,\"createdAt\":\"2026-11-01T00:00:00Z\",\"memory\":{\"open\":1},\"timers\":[]}")
                .formatted(key, key);
    }
}
