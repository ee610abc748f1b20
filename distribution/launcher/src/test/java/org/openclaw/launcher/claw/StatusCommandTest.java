package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class StatusCommandTest {
    private final Path home;
    private final ClientFixture fixture;
    private final FileChannel lock;

    StatusCommandTest(@TempDir Path home) throws IOException {
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
    void showsTheScreenOfAContainerThatIsReady() {
        fixture.server.answer("GET /v1/status", 200, StatusScreenTest.FULL);
        var result = fixture.claw("status");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("OpenClaw 0.1.0 is ready", "12,300 accepted", "x.jar is refused");
    }

    @Test
    void addsWhereItRunsToTheDocument() {
        fixture.server.answer("GET /v1/status", 200, "{\"version\":\"0.1.0\",\"ready\":true,\"missing\":[]}");

        assertThat(new JsonMapper().readTree(fixture.claw("status", "--json").out()))
                .isEqualTo(new JsonMapper()
                        .readTree(
                                "{\"pid\":7,\"url\":\"%s\",\"home\":\"%s\",\"version\":\"0.1.0\",\"ready\":true,\"missing\":[]}"
                                        .formatted(fixture.server.url(), home)));
    }

    @Test
    void endsInOneWhileItIsNotReady() {
        fixture.server.answer(
                "GET /v1/status", 200, "{\"version\":\"0.1.0\",\"ready\":false,\"missing\":[\"agents\"]}");
        var result = fixture.claw("status");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("not ready: agents");
    }

    @Test
    void endsInOneWhenNothingRuns() throws IOException {
        lock.close();
        var result = fixture.claw("status", "--json");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("\"code\":\"not.running\"");
    }

    @Test
    void saysOfAnOlderReleaseWhetherItIsReady() {
        fixture.server.answer("GET /readyz", 200, "{}");
        var result = fixture.claw("status");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("OpenClaw is ready", "process 7", "says no more of itself");
    }

    @Test
    void saysWithoutATokenWhetherItIsReady() throws IOException {
        Files.delete(home.resolve("conf/admin.token"));
        fixture.server.answer("GET /readyz", 503, "{\"missing\":[\"agents\"]}");
        var result = fixture.claw("status", "--json");

        assertThat(result.exit()).isEqualTo(1);
        var status = new JsonMapper().readTree(result.out());
        assertThat(status.path("ready").asBoolean(true)).isFalse();
        assertThat(status.path("missing").path(0).asString("")).contains("503", "agents");
        assertThat(status.path("unknown").asString("")).contains("There is no token in");
    }

    @Test
    void saysThatAProcessDoesNotListen() throws IOException {
        fixture.running("");
        var result = fixture.claw("status");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("not ready: it does not listen yet");
    }

    @Test
    void saysThatAProcessDoesNotAnswer() throws IOException {
        fixture.server.close();
        var result = fixture.claw("status");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("not ready: it does not answer");
    }

    @Test
    void asksAnotherServerWithItsToken() {
        fixture.server.answer("GET /v1/status", 200, "{\"ready\":true}");
        var result = ClientFixture.typed(
                "status", "--json", "--url", fixture.server.url(), "--token-file", home + "/conf/admin.token");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo("{\"url\":\"" + fixture.server.url() + "\",\"ready\":true,\"missing\":[]}");
    }

    @Test
    void watchesWithALineOfJsonEach() throws Exception {
        fixture.server
                .answer("GET /v1/status", 200, "{\"ready\":true,\"missing\":[],\"n\":1}")
                .answer("GET /v1/status", 200, "{\"ready\":false,\"missing\":[],\"n\":2}");

        var watched = watched(false, true, 2);

        assertThat(watched.lines()).hasSize(2).first().asString().contains("\"n\":1");
        assertThat(watched.lines().toList().getLast()).contains("\"n\":2");
    }

    @Test
    void redrawsOnATerminalInPlace() throws Exception {
        fixture.server.answer("GET /v1/status", 200, StatusScreenTest.FULL);

        var watched = watched(true, false, 2);

        assertThat(watched).startsWith("\u001b[?1049h\u001b[?25l\u001b[H").doesNotContain("\n\n");
        assertThat(watched.split("\u001b\\[H", -1)).hasSize(3);
        assertThat(watched.lines().count())
                .as("lines of two screens of 10 lines")
                .isLessThanOrEqualTo(2 * 9 + 1);
    }

    @Test
    void goesOnWatchingWhenTheContainerHasStopped() throws Exception {
        lock.close();

        assertThat(watched(false, false, 2)).contains("No container runs on").containsPattern("(?s)runs on.*runs on");
    }

    private String watched(boolean interactive, boolean json, int frames) throws Exception {
        var out = new StringWriter();
        var probe = new TerminalProbe(interactive, Map.of("LINES", "10", "COLUMNS", "80"), "UTF-8", Optional::empty);
        var left = new int[] {frames};
        var command = new StatusCommand();
        ClawCommand.commandLine().addSubcommand("watched", command).parseArgs("watched", "--home", home.toString());
        new StatusWatch(new PrintWriter(out), probe, json, () -> --left[0] > 0).show(command.source());
        return out.toString();
    }
}
