package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemasCommandTest {
    private static final String PLACED = """
            {"digest":"ab12","kind":"message","type":"order","name":"order.Placed","version":"1.0.0",\
            "firstSeen":"2026-11-01T12:00:00Z","bytes":18}""";
    private static final String STATE = PLACED.replace("message", "state").replace("order.Placed", "order.state");

    private final ClientFixture fixture;

    SchemasCommandTest(@TempDir Path home) throws IOException {
        fixture = new ClientFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void listsThemPageByPage() {
        fixture.server.answer("GET /v1/schemas?limit=1000", 200, "{\"schemas\":[" + PLACED + "],\"next\":\"n1\"}");
        fixture.server.answer("GET /v1/schemas?limit=999&after=n1", 200, "{\"schemas\":[" + STATE + "]}");

        assertThat(fixture.claw("schemas").out()).isEqualToNormalizingNewlines("""
                TYPE   KIND     NAME          VERSION  FIRST SEEN            DIGEST
                order  message  order.Placed  1.0.0    2026-11-01T12:00:00Z  ab12
                order  state    order.state   1.0.0    2026-11-01T12:00:00Z  ab12""");
    }

    @Test
    void asksForSomeOfThem() {
        fixture.server.answer("GET /v1/schemas?limit=5&type=order&kind=state", 200, "{\"schemas\":[]}");

        assertThat(fixture.claw("schemas", "--type", "order", "--kind", "state", "--limit", "5")
                        .out())
                .startsWith("There are no such schemas.");
    }

    @Test
    void showsADocument() {
        fixture.server.answer("GET /v1/schemas/ab12", 200, "{\"type\":\"object\"}");

        assertThat(fixture.claw("schemas", "show", "ab12").out()).contains("\"type\" : \"object\"");
        assertThat(fixture.claw("schemas", "show", "ab12", "--json").out()).isEqualTo("{\"type\":\"object\"}");
    }

    @Test
    void refusesALimitThatIsNone() {
        assertThat(fixture.claw("schemas", "--limit", "0").exit()).isEqualTo(2);
    }
}
