package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisuseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stauts | claw: There is no verb 'stauts'. Did you mean 'status'? | claw --help",
                "trust lst | claw trust: There is no verb 'lst'. Did you mean 'list'? | claw trust --help",
                "status --jsno | claw status: There is no option '--jsno'. Did you mean '--json'? | claw status --help",
                "status --hom=x | claw status: There is no option '--hom'. Did you mean '--home'? | claw status --help",
                "status now | claw status: 'now' is more than it takes. | claw status --help",
                "sign x.jar | claw sign: Missing required option: '--key=NAME'. | claw sign --help",
                "trust | claw trust: No verb (expected: add, list or remove). | claw trust --help"
            })
    void isToldInASentenceWithWhatMayHaveBeenMeant(String typed, String told, String help) {
        var result = ClientFixture.typed(typed.split(" "));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualToNormalizingNewlines(told + "\nSee '" + help + "'.");
    }

    @Test
    void isToldAsJsonToScripts() {
        var result = ClientFixture.typed("status", "--json", "--hmoe", "x");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).contains("\"code\":\"misused\"", "Did you mean '--home'?");
    }

    @Test
    void showsTheWholeHelpWhenNothingWasTyped() {
        var result = ClientFixture.typed();

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("Usage: claw", "Run a container", "Examples");
    }

    @Test
    void suggestsAFileOfTheFolder(@TempDir Path home) throws IOException {
        try (var fixture = new ClientFixture(home)) {
            fixture.server
                    .answer(
                            "DELETE /v1/bundles/triag.jar",
                            404,
                            "{\"code\":\"bundle.unknown\",\"detail\":\"There is no such file.\"}")
                    .answer("GET /v1/bundles", 200, "{\"bundles\":[{\"file\":\"triage.jar\"},{\"file\":\"x.jar\"}]}");

            assertThat(fixture.claw("undeploy", "triag.jar").err())
                    .isEqualTo("There is no such file. Did you mean 'triage.jar'?");
        }
    }

    @Test
    void suggestsADeployment(@TempDir Path home) throws IOException {
        try (var fixture = new ClientFixture(home)) {
            fixture.server
                    .answer(
                            "PUT /v1/deployments/acme.bto/pin",
                            404,
                            "{\"code\":\"deployment.unknown\",\"detail\":\"There is none.\"}")
                    .answer("GET /v1/deployments", 200, "{\"deployments\":[{\"name\":\"acme.bot\"}]}");

            assertThat(fixture.claw("pin", "acme.bto", "1.0.0").err()).endsWith("Did you mean 'acme.bot'?");
        }
    }

    @Test
    void suggestsAnAgentType(@TempDir Path home) throws IOException {
        try (var fixture = new ClientFixture(home)) {
            fixture.server
                    .answer("GET /v1/agents?limit=1000&type=tirage", 200, "{\"agents\":[]}")
                    .answer(
                            "GET /v1/types/tirage",
                            404,
                            "{\"code\":\"type.unknown\",\"detail\":\"There is no such type.\"}")
                    .answer("GET /v1/types", 200, "{\"types\":[{\"name\":\"triage\"}]}");

            assertThat(fixture.claw("agents", "--type", "tirage").err())
                    .isEqualTo("There is no such type. Did you mean 'triage'?");
            assertThat(fixture.claw("query", "tirage/a", "Status").err()).endsWith("Did you mean 'triage'?");
        }
    }

    @Test
    void suggestsAPublisher(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("conf/keys/acme"));
        Files.createDirectories(home.resolve("conf/trust/publishers"));
        Files.writeString(home.resolve("conf/trust/publishers/acme.json"), "{}");

        assertThat(ClientFixture.typed("sign", "x.jar", "--key", "amce", "--home", home.toString())
                        .err())
                .endsWith("Did you mean 'acme'?");
        assertThat(ClientFixture.typed("trust", "remove", "acm", "--home", home.toString())
                        .err())
                .endsWith("Did you mean 'acme'?");
    }
}
