package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the doctor asks of the container that runs. */
class DoctorCommandTest {
    private final ClientFixture fixture;
    private final FileChannel lock;
    private final Path home;

    DoctorCommandTest(@TempDir Path home) throws IOException {
        this.home = home;
        fixture = new ClientFixture(home);
        lock = FileChannel.open(
                Files.writeString(home.resolve("data/lock"), "7"), StandardOpenOption.READ, StandardOpenOption.WRITE);
        assertThat(lock.tryLock()).isNotNull();
    }

    @AfterEach
    void close() throws IOException {
        lock.close();
        fixture.close();
    }

    @Test
    void saysWhatTheContainerWantsLookedAtInItsWords() {
        fixture.server.answer("GET /v1/status", 200, """
                {"ready":true,"attention":[{"id":"type.stranded","severity":"error","subject":"bot",
                 "text":"No version of 'bot' serves.","why":"Its messages wait.","cure":"Deploy one."}]}""");

        assertThat(finding("type.stranded").path("text").asString("")).isEqualTo("No version of 'bot' serves.");
        assertThat(fixture.claw("doctor").out())
                .contains("✗ No version of 'bot' serves. [type.stranded]", "  Its messages wait.", "  Deploy one.");
    }

    @Test
    void endsInOneWhenSomethingIsWrong() {
        fixture.server.answer("GET /v1/status", 200, "{\"ready\":false,\"missing\":[\"agents\"],\"attention\":[]}");

        assertThat(fixture.claw("doctor").exit()).isEqualTo(1);
        assertThat(finding("container.unready").path("text").asString("")).contains("agents");
    }

    @Test
    void hintsAtAContainerThatSaysLess() {
        fixture.server.answer("GET /readyz", 200, "{}");

        assertThat(finding("container.older").path("severity").asString("")).isEqualTo("hint");
    }

    @Test
    void findsATokenThatTheContainerDoesNotAccept() {
        fixture.server.answer("GET /v1/status", 401, "{\"code\":\"token.invalid\",\"detail\":\"Who are you?\"}");

        assertThat(finding("token.unusable").path("text").asString("")).isEqualTo("Who are you?");
    }

    @Test
    void findsAContainerThatDoesNotAnswer() {
        fixture.server.close();

        assertThat(finding("container.silent").path("severity").asString("")).isEqualTo("error");
    }

    @Test
    void looksAtAHomeThatIsNotThere() {
        var result = ClientFixture.typed("doctor", "--json", "--home", home + "/nowhere");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("\"id\":\"home.missing\"").doesNotContain("check.failed");
    }

    private JsonNode finding(String id) {
        var found = new JsonMapper().readTree(fixture.claw("doctor", "--json").out());
        return found.path("findings")
                .valueStream()
                .filter(finding -> finding.path("id").asString("").equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not in " + found));
    }
}
