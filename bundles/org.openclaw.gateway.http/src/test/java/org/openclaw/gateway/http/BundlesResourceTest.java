package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Signature;
import org.openclaw.deploy.Verdict;
import org.osgi.framework.Version;

class BundlesResourceTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
    private static final String A = "a".repeat(64);
    private static final Artifact ARTIFACT = new Artifact("acme.bot", new Version("1.2.0"), new Digest(A), 10);
    private static final byte[] JAR = {'P', 'K', 3, 4};

    private final TestDoor door = new TestDoor();

    static DeployedFile serving(DeployedFile.State state) {
        var signature = new Signature("Ed25519", "CN=Dev", new Digest(A), new Digest(A), AT, Optional.empty());
        var verdict = new Verdict.Trusted(
                "bot.jar",
                ARTIFACT,
                "dev",
                List.of(signature),
                List.of("bot"),
                List.of(new Verdict.Flag("signer.expired", "The signer has expired.")));
        return new DeployedFile(
                "bot.jar", state, Optional.of(verdict), Optional.of(ARTIFACT), AT, Duration.ofMillis(123));
    }

    private static DeployedFile refused() {
        var verdict = new Verdict.Refused(
                "bot.jar",
                Optional.of(new Digest(A)),
                "signature.missing",
                "it is not signed",
                "a signature",
                "Sign it with 'claw sign'.");
        return new DeployedFile(
                "bot.jar",
                DeployedFile.State.REFUSED,
                Optional.of(verdict),
                Optional.of(ARTIFACT),
                AT,
                Duration.ofMillis(5));
    }

    private Response deploy() {
        return door.ask("POST", "/v1/bundles?name=bot.jar")
                .body("application/java-archive", JAR)
                .response();
    }

    @Test
    void listsTheFilesWithTheirVerdicts() {
        door.folder.files.put("bot.jar", serving(DeployedFile.State.SERVING));
        var json = door.ask("GET", "/v1/bundles").responseJson().get("bundles").get(0);

        assertThat(json.propertyNames())
                .containsExactly(
                        "file",
                        "state",
                        "text",
                        "name",
                        "version",
                        "digest",
                        "publisher",
                        "agents",
                        "signers",
                        "flags",
                        "serving",
                        "since",
                        "tookMillis");
        assertThat(json.get("state").asString()).isEqualTo("serving");
        assertThat(json.get("signers").get(0).toString())
                .isEqualTo("{\"algorithm\":\"Ed25519\",\"signer\":\"CN=Dev\",\"key\":\"" + A
                        + "\",\"notAfter\":\"2026-11-01T12:00:00Z\"}");
        assertThat(json.get("tookMillis").asInt()).isEqualTo(123);
    }

    @Test
    void showsARefusedFileWithItsCure() {
        door.folder.files.put("bot.jar", refused());
        var json = door.ask("GET", "/v1/bundles/bot.jar").responseJson();

        assertThat(json.get("code").asString()).isEqualTo("signature.missing");
        assertThat(json.get("cure").asString()).isEqualTo("Sign it with 'claw sign'.");
        assertThat(json.get("serving").get("version").asString()).isEqualTo("1.2.0");
    }

    @Test
    void putsTheBytesIntoTheFolderAndAnswersWithTheVerdict() {
        door.folder.verdict = _ -> CompletableFuture.completedFuture(serving(DeployedFile.State.SERVING));
        var response = deploy();

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers()).containsEntry("Location", "/v1/bundles/bot.jar");
        assertThat(door.folder.bytes).containsEntry("bot.jar", JAR);
    }

    @Test
    void answersARefusalAsAProblemWithItsCodeAndCure() {
        door.folder.verdict = _ -> CompletableFuture.completedFuture(refused());
        var response = deploy();
        var json = TestDoor.json(response);

        assertThat(response.status()).isEqualTo(422);
        assertThat(json.get("code").asString()).isEqualTo("signature.missing");
        assertThat(json.get("cure").asString()).contains("claw sign");
        assertThat(json.get("detail").asString()).contains("Still serving: acme.bot 1.2.0");
    }

    @Test
    void saysThatTheVerdictIsStillToComeWhenTheTimeIsOver() {
        assertThat(deploy().status()).isEqualTo(202);
    }

    @Test
    void saysThatTheVerdictIsStillToComeWhenTheFolderGivesUpWaiting() {
        door.folder.verdict = _ -> CompletableFuture.failedFuture(new TimeoutException("a minute"));

        assertThat(deploy().status()).isEqualTo(202);
    }

    @Test
    void waitsAsLongAsPreferred() {
        var answer = door.ask("POST", "/v1/bundles?name=bot.jar")
                .body("application/octet-stream", JAR)
                .with("Prefer", "wait=3")
                .answer();

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Later.class, later -> assertThat(later.within()).isEqualTo(Duration.ofSeconds(3)));
    }

    @Test
    void keepsTheReasonWhyTheFolderCannotBeWrittenToTheLog() {
        door.folder.full = true;
        var response = deploy();

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("Retry-After", "5");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("/secret/place");
    }

    @Test
    void takesAFileAway() {
        door.folder.files.put("bot.jar", serving(DeployedFile.State.SUPERSEDED));

        assertThat(door.ask("DELETE", "/v1/bundles/bot.jar").response().status())
                .isEqualTo(204);
        assertThat(door.folder.files).isEmpty();
    }
}
