package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.json.JsonMapper;

class BundlesCommandTest {
    private static final String BOT =
            "{\"file\":\"bot-1.0.0.jar\",\"state\":\"serving\",\"text\":\"Trusted\",\"version\":\"1.0.0\",\"publisher\":\"acme\",\"flags\":[]}";
    private static final String BAD =
            "{\"file\":\"bad.jar\",\"state\":\"refused\",\"text\":\"Refused bad.jar: it is not signed. Sign it with 'claw sign'. [signature.missing]\"}";

    @Test
    void showsReasonAndCureUnderARefusedFile() {
        assertThat(table(80, Ansi.OFF, BAD, BOT)).isEqualToNormalizingNewlines("""
                STATE    FILE           VERSION  PUBLISHER
                refused  bad.jar        -        -
                  Refused bad.jar: it is not signed. Sign it with 'claw sign'.
                  [signature.missing]
                serving  bot-1.0.0.jar  1.0.0    acme""");
    }

    @Test
    void standsBelowEachOtherWhereTheTerminalIsTooNarrow() {
        assertThat(table(30, Ansi.OFF, BOT)).isEqualToNormalizingNewlines("""
                serving
                  file: bot-1.0.0.jar
                  version: 1.0.0
                  publisher: acme""");
    }

    @Test
    void showsColoursOnlyOnATerminal() {
        assertThat(table(80, Ansi.ON, BOT)).contains("\u001b[32mserving");
        assertThat(table(80, Ansi.OFF, BOT)).doesNotContain("\u001b");
    }

    @Test
    void showsAHostileFileNameAsText() {
        var table = table(80, Ansi.OFF, "{\"file\":\"\\u001b[2J@|red x|@.jar\",\"state\":\"serving\"}");

        assertThat(table).contains("?[2J@|red x|@.jar");
    }

    @Test
    void warnsOfWhatRunsAlthoughItsSignerExpired() {
        var flagged =
                BOT.replace("[]", "[{\"code\":\"signer.expired\",\"text\":\"The signer's certificate expired.\"}]");

        assertThat(table(80, Ansi.OFF, flagged)).endsWith("The signer's certificate expired.");
    }

    @Test
    void saysThatAPinHoldsAFileBack() {
        var held = BOT.replace("serving", "superseded").replace("}", ",\"note\":\"bot is pinned to 0.9.0.\"}");

        assertThat(table(80, Ansi.OFF, held)).endsWith("  bot is pinned to 0.9.0.");
    }

    @Test
    void printsWhatTheServerSaidAsJson(@TempDir Path home) throws IOException {
        try (var fixture = new ClientFixture(home)) {
            fixture.server.answer("GET /v1/bundles", 200, "{\"bundles\":[" + BOT + "]}");

            assertThat(fixture.claw("bundles", "--json").out()).isEqualTo("{\"bundles\":[" + BOT + "]}");
        }
    }

    @Test
    void saysHowToBeginWhenNothingIsDeployed() {
        assertThat(table(80, Ansi.OFF)).contains("Nothing is deployed", "claw deploy");
    }

    private static String table(int width, Ansi ansi, String... bundles) {
        var reports = List.of(bundles).stream()
                .map(json -> new BundleReport(new JsonMapper().readTree(json)))
                .toList();
        return BundlesCommand.table(reports, new Terminal(width, ansi));
    }
}
