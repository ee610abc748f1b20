package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsCommandTest {
    private static final String TENANT = """
            {"of":"tenant","name":"default","weight":1,"running":5,"waiting":3,"waiters":["order/7","triage/b"]}""";
    private static final String ORDER = """
            {"of":"type","name":"order","weight":4,"concurrent":2,"perSecond":50,"running":2,"waiting":3,\
            "heldBy":"concurrent","waiters":["order/7"]}""";
    private static final String TRIAGE = """
            {"of":"type","name":"triage","weight":1,"perSecond":10,"running":0,"waiting":2,"heldBy":"perSecond",\
            "waiters":["triage/a","triage/b"]}""";
    private static final String OTHERS = """
            {"of":"type","name":"mail","weight":1,"concurrent":1,"running":1,"waiting":2,"heldBy":"concurrent","waiters":[]}""";

    private final ClientFixture fixture;

    LimitsCommandTest(@TempDir Path home) throws IOException {
        fixture = new ClientFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void serve(String... limits) {
        fixture.server.answer("GET /v1/limits", 200, "{\"limits\":[" + String.join(",", limits) + "]}");
    }

    @Test
    void listsThemAndWhoWaitsWhereABoundHolds() {
        serve(TENANT, ORDER, TRIAGE);

        assertThat(fixture.claw("limits").out()).isEqualToNormalizingNewlines("""
                OF      NAME     WEIGHT  RUNNING  PER SECOND  WAITING  HELD BY
                tenant  default       1  5                 -        3  -
                type    order         4  2 of 2           50        3  concurrent
                  waits: order/7 and 2 more
                type    triage        1  0                10        2  per second
                  waits: triage/a, triage/b""");
    }

    @Test
    void namesNoAgentsOfOtherTenants() {
        serve(OTHERS);

        assertThat(fixture.claw("limits").out()).endsWith("  waits: agents of other tenants");
    }

    @Test
    void saysWhatItMeansThatThereAreNone() {
        serve();

        assertThat(fixture.claw("limits").out())
                .isEqualTo(
                        "Your tenant and the agent types have no weight, no bound, and no turn under way or waiting.");
    }

    @Test
    void printsTheAnswerForScripts() {
        serve(OTHERS);

        assertThat(fixture.claw("limits", "--json").out()).isEqualTo("{\"limits\":[" + OTHERS + "]}");
    }

    @Test
    void passesARefusalOn() {
        fixture.server.answer(
                "GET /v1/limits", 503, "{\"code\":\"part.missing\",\"detail\":\"The agent runtime is not there.\"}");

        var result = fixture.claw("limits");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("The agent runtime is not there.");
    }
}
