package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
    private final Path home;
    private final ClientFixture fixture;

    ConnectionTest(@TempDir Path home) throws IOException {
        this.home = home;
        fixture = new ClientFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void saysThatNoContainerRunsOnTheHome() throws IOException {
        Files.delete(home.resolve("data/running.json"));
        var result = fixture.claw("bundles");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("No container runs on " + home).contains("claw run");
    }

    @Test
    void saysInOneSentenceThatNothingAnswers() throws IOException {
        fixture.running("http://127.0.0.1:" + freePort());
        var result = fixture.claw("bundles");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("Nothing answers at http://127.0.0.1:")
                .hasLineCount(1);
    }

    @Test
    void saysItAsJsonToScripts() throws IOException {
        fixture.running("http://127.0.0.1:" + freePort());

        assertThat(fixture.claw("bundles", "--json").out()).contains("\"code\":\"connection.refused\"");
    }

    @Test
    void sendsTheTokenOfThisInstallationToNoOtherMachine() {
        var result = fixture.claw("bundles", "--url", "http://192.0.2.1:8080");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("--token-file");
    }

    @Test
    void takesATokenFromAnotherFile() throws IOException {
        var file = home.resolve("reader");
        Files.writeString(file, "oc_reader");
        fixture.server.answer("GET /v1/bundles", 200, "{\"bundles\":[]}");
        var result = ClientFixture.typed("bundles", "--url", fixture.server.url(), "--token-file", file.toString());

        assertThat(result.exit()).isZero();
        assertThat(fixture.server.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.headers()).containsEntry("authorization", "Bearer oc_reader"));
    }

    @Test
    void refusesAnAddressThatIsNoServer() {
        assertThat(fixture.claw("bundles", "--url", "localhost:8080").exit()).isEqualTo(2);
    }

    @Test
    void saysWhichTokenIsMissing() throws IOException {
        Files.delete(home.resolve("conf/admin.token"));
        var result = fixture.claw("bundles");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("There is no token in", "admin.token");
    }

    @Test
    void refusesATokenThatWouldBreakTheRequest() throws IOException {
        Files.writeString(home.resolve("conf/admin.token"), "oc_a\r\nX: y");
        var result = fixture.claw("bundles");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("holds no token").doesNotContain("oc_a");
    }

    @Test
    void printsAProblemAsOneParagraphWithItsCure() {
        fixture.server.answer(
                "GET /v1/bundles",
                503,
                "{\"code\":\"unavailable\",\"detail\":\"The folder is not there.\",\"cure\":\"Start it.\"}",
                "Retry-After",
                "3");
        var result = fixture.claw("bundles");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("The folder is not there. Start it. Try again in 3 s.");
    }

    @Test
    void printsEachViolationOfASchema() {
        fixture.server.answer("GET /v1/bundles", 422, """
                {"code":"body.invalid","detail":"The body does not fit.","violations":[
                 {"pointer":"/n","rule":"an integer","found":"a string"},
                 {"pointer":"/by","rule":"a value","found":"nothing"}]}""");

        assertThat(fixture.claw("bundles").err()).isEqualToNormalizingNewlines("""
                The body does not fit.
                  /n: expected an integer, found a string
                  /by: expected a value, found nothing""");
    }

    @Test
    void printsNothingThatSteersTheTerminal() {
        fixture.server.answer("GET /v1/bundles", 404, "{\"code\":\"x\",\"detail\":\"a\\u001b[31mb\\u202ec\"}");

        assertThat(fixture.claw("bundles").err()).isEqualTo("a?[31mb?c");
    }

    @Test
    void doubtsAServerThatSpeaksNoJson() {
        fixture.server.answer("GET /v1/bundles", 200, "<html>");

        assertThat(fixture.claw("bundles").err()).contains("not JSON", "--url");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
