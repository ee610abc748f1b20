package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DeployCommandTest {
    private static final String A = "POST /v1/bundles?name=a.jar";
    private static final String B = "POST /v1/bundles?name=b.jar";

    private final Path home;
    private final ClientFixture fixture;

    DeployCommandTest(@TempDir Path home) throws IOException {
        this.home = home;
        fixture = new ClientFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void postsTheJarAndPrintsTheVerdict() throws IOException {
        fixture.server.answer(A, 201, serving("a.jar"));
        var result = fixture.claw("deploy", jar("a.jar"), "--wait");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo("serving  Trusted a.jar");
        assertThat(fixture.server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.body()).isEqualTo("bytes of a.jar");
            assertThat(asked.headers())
                    .containsEntry("content-type", "application/java-archive")
                    .containsEntry("prefer", "wait=60");
        });
    }

    @Test
    void failsWhenOneIsRefusedAndSaysWhyInTheSameWords() throws IOException {
        fixture.server.answer(A, 422, refused("a.jar", "signature.missing")).answer(B, 201, serving("b.jar"));
        var result = fixture.claw("deploy", jar("a.jar"), jar("b.jar"));

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out())
                .isEqualToNormalizingNewlines("refused  Refused a.jar [signature.missing]\nserving  Trusted b.jar");
        assertThat(fixture.server.asked()).as("no second try cures a signature").hasSize(2);
    }

    @Test
    void deploysAJarAgainOnceAnotherBroughtWhatItNeeds() throws IOException {
        fixture.server
                .answer(A, 422, refused("a.jar", "bundle.unresolved"))
                .answer(A, 201, serving("a.jar"))
                .answer("GET /v1/bundles/a.jar", 200, refused("a.jar", "bundle.unresolved"))
                .answer(B, 201, serving("b.jar"));
        var result = fixture.claw("deploy", jar("a.jar"), jar("b.jar"));

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualToNormalizingNewlines("serving  Trusted a.jar\nserving  Trusted b.jar");
    }

    @Test
    void believesTheContainerThatItTriedAgainByItself() throws IOException {
        fixture.server
                .answer(A, 422, refused("a.jar", "bundle.unresolved"))
                .answer("GET /v1/bundles/a.jar", 200, serving("a.jar"))
                .answer(B, 201, serving("b.jar"));

        assertThat(fixture.claw("deploy", jar("a.jar"), jar("b.jar")).exit()).isZero();
        assertThat(fixture.server.asked())
                .extracting(FakeServer.Asked::line)
                .containsExactly(A, B, "GET /v1/bundles/a.jar");
    }

    @Test
    void givesUpWhenNothingMoreBeginsToServe() throws IOException {
        fixture.server
                .answer(A, 422, refused("a.jar", "bundle.unresolved"))
                .answer("GET /v1/bundles/a.jar", 200, refused("a.jar", "bundle.unresolved"))
                .answer(B, 201, serving("b.jar"));

        assertThat(fixture.claw("deploy", jar("a.jar"), jar("b.jar")).exit()).isEqualTo(1);
    }

    @Test
    void leavesASlowJarToItselfUnlessAskedToWait() throws IOException {
        fixture.server
                .answer(A, 202, "{\"state\":\"arriving\",\"location\":\"/v1/bundles/a.jar\"}")
                .answer(
                        "GET /v1/bundles/a.jar",
                        200,
                        "{\"file\":\"a.jar\",\"state\":\"arriving\",\"text\":\"Arriving\"}");

        assertThat(fixture.claw("deploy", jar("a.jar")).exit()).isZero();
        assertThat(fixture.claw("deploy", jar("a.jar"), "--wait").exit()).isEqualTo(1);
    }

    @Test
    void waitsUntilTheAgentTypeAnswersInTheNewVersionAndSaysWhatToTry() throws IOException {
        fixture.server
                .answer(A, 201, serving("a.jar", "desk", "1.1.0"))
                .answer("GET /v1/types/desk", 404, "{\"code\":\"type.unknown\"}")
                .answer("GET /v1/types/desk", 200, type("1.0.0"))
                .answer("GET /v1/types/desk", 200, type("1.1.0"));
        var result = fixture.claw("deploy", jar("a.jar"), "--wait");

        assertThat(result.exit()).isZero();
        var lines = result.out().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).matches("answers  desk 1.1.0, \\d+ ms after it was sent. Try:");
        assertThat(lines.get(2)).endsWith("claw ask desk/one Add '{\"task\":\"task\"}' --home " + home);
        assertThat(lines.get(3)).endsWith("claw query desk/one Status --home " + home);
    }

    @Test
    void asksForNoAnswerUnlessToldToWait() throws IOException {
        fixture.server.answer(A, 201, serving("a.jar", "desk", "1.1.0"));

        assertThat(fixture.claw("deploy", jar("a.jar")).out()).isEqualTo("serving  Trusted a.jar");
    }

    @Test
    void failsWhenTheBundleRunsAndItsAgentDoesNotAnswer() throws IOException {
        fixture.server
                .answer(A, 201, serving("a.jar", "desk", "1.1.0"))
                .answer("GET /v1/types/desk", 200, type("1.0.0"));
        var out = new StringWriter();
        int exit = new CommandLine(new DeployCommand(Duration.ZERO))
                .setOut(new PrintWriter(out))
                .execute(jar("a.jar"), "--wait", "--home", home.toString());

        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .contains("a.jar runs, but its agent type 'desk' does not answer in version 1.1.0", "openclaw.log");
    }

    @Test
    void deploysNothingWhenOneIsNoJar() throws IOException {
        var result =
                fixture.claw("deploy", jar("a.jar"), home.resolve("missing.jar").toString());

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("missing.jar is no jar", "Nothing was deployed");
        assertThat(fixture.server.asked()).isEmpty();
    }

    @Test
    void deploysNothingWhenOneWouldReplaceTheOther() throws IOException {
        Files.createDirectories(home.resolve("other"));

        assertThat(fixture.claw("deploy", jar("a.jar"), jar("other/a.jar")).exit())
                .isEqualTo(2);
        assertThat(fixture.server.asked()).isEmpty();
    }

    @Test
    void stopsAtAProblemThatIsNoVerdict() throws IOException {
        fixture.server.answer(A, 403, "{\"code\":\"forbidden\",\"detail\":\"reader may not deploy.\"}");
        var result = fixture.claw("deploy", jar("a.jar"));

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("reader may not deploy.");
    }

    @Test
    void undeploysAFile() {
        fixture.server.answer("DELETE /v1/bundles/my%20bot.jar", 204, "");

        assertThat(fixture.claw("undeploy", "my bot.jar").out()).startsWith("Undeployed my bot.jar");
    }

    @Test
    void saysThatThereIsNoSuchFileToUndeploy() {
        fixture.server.answer(
                "DELETE /v1/bundles/x.jar", 404, "{\"code\":\"bundle.unknown\",\"detail\":\"No such file.\"}");

        assertThat(fixture.claw("undeploy", "x.jar").exit()).isEqualTo(1);
    }

    private String jar(String name) throws IOException {
        var file = home.resolve(name);
        Files.writeString(file, "bytes of " + name);
        return file.toString();
    }

    private static String serving(String file) {
        return "{\"file\":\"%s\",\"state\":\"serving\",\"text\":\"Trusted %s\"}".formatted(file, file);
    }

    private static String serving(String file, String agent, String version) {
        return "{\"file\":\"%s\",\"state\":\"serving\",\"text\":\"Trusted %s\",\"version\":\"%s\",\"agents\":[\"%s\"]}"
                .formatted(file, file, version, agent);
    }

    private static String type(String version) {
        return """
                {"name":"desk","serving":"%s","messages":[
                  {"type":"desk.Add","query":false,"schema":{"type":"object",
                    "properties":{"task":{"type":"string"}},"required":["task"]}},
                  {"type":"desk.Status","query":true,"schema":{"type":"object","properties":{},"required":[]}}]}
                """.formatted(version);
    }

    private static String refused(String file, String code) {
        return "{\"file\":\"%s\",\"state\":\"refused\",\"code\":\"%s\",\"text\":\"Refused %s [%s]\"}"
                .formatted(file, code, file, code);
    }
}
