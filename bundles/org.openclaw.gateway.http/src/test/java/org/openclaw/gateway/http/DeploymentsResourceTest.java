package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.DeployedFile.State;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Deployment.Candidate;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Pinning;
import org.openclaw.deploy.Verdict;
import org.osgi.framework.Version;

class DeploymentsResourceTest {
    private static final String PIN = "/v1/deployments/acme.bot/pin";
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    private final TestDoor door = new TestDoor();

    static Deployment deployment(String serving, String pinned) {
        return new Deployment(
                "acme.bot",
                version(serving),
                version(pinned),
                List.of(candidate("1.3.0", B, serving), candidate("1.2.0", A, serving)),
                "In words.");
    }

    private static Optional<Version> version(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(new Version(text));
    }

    private static Candidate candidate(String version, String digest, String serving) {
        return new Candidate(
                new Artifact("acme.bot", new Version(version), new Digest(digest), 10),
                version + ".jar",
                version.equals(serving) ? State.SERVING : State.SUPERSEDED,
                List.of("bot"));
    }

    private Response pin() {
        return door.ask("PUT", PIN).json("{\"version\":\"1.2.0\"}").response();
    }

    @Test
    void listsWhatServesUnderEachName() {
        door.folder.deployments.put("acme.bot", deployment("1.2.0", "1.2.0"));

        assertThat(door.ask("GET", "/v1/deployments").responseJson().toString())
                .isEqualTo(("{'deployments':[{'name':'acme.bot','serving':'1.2.0','pinned':'1.2.0','text':'In words.',"
                                + "'versions':["
                                + "{'version':'1.3.0','digest':'B','file':'1.3.0.jar','state':'superseded','agents':['bot']},"
                                + "{'version':'1.2.0','digest':'A','file':'1.2.0.jar','state':'serving','agents':['bot']}]}]}")
                        .replace('\'', '"')
                        .replace("A", A)
                        .replace("B", B));
    }

    @Test
    void leavesOutWhatThereIsNot() {
        door.folder.deployments.put("acme.bot", deployment("", ""));

        assertThat(door.ask("GET", "/v1/deployments/acme.bot").responseJson().propertyNames())
                .containsExactly("name", "text", "versions");
    }

    @Test
    void pinsAndAnswersOnceThePinnedVersionServes() {
        door.folder.pinning = CompletableFuture.completedFuture(new Pinning.Done(deployment("1.2.0", "1.2.0")));
        var response = pin();

        assertThat(response.status()).isEqualTo(200);
        assertThat(TestDoor.json(response).get("serving").asString()).isEqualTo("1.2.0");
        assertThat(door.folder.pins).containsExactly("acme.bot 1.2.0");
    }

    @Test
    void saysThatThePinnedVersionDoesNotServe() {
        door.folder.pinning = CompletableFuture.completedFuture(new Pinning.Done(deployment("1.3.0", "1.2.0")));
        var response = pin();

        assertThat(response.status()).isEqualTo(202);
        assertThat(TestDoor.json(response).get("text").asString()).isEqualTo("In words.");
    }

    @Test
    void saysHowItStandsWhenTheTimeIsOver() {
        door.folder.deployments.put("acme.bot", deployment("1.3.0", "1.2.0"));

        assertThat(pin().status()).isEqualTo(202);
        assertThat(TestDoor.json(pin()).get("serving").asString()).isEqualTo("1.3.0");
    }

    @Test
    void saysHowItStandsWhenTheFolderGivesUpWaiting() {
        door.folder.deployments.put("acme.bot", deployment("1.3.0", "1.2.0"));
        door.folder.pinning = CompletableFuture.failedFuture(new TimeoutException("a minute"));

        assertThat(pin().status()).isEqualTo(202);
    }

    @Test
    void waitsAsLongAsPreferred() {
        var answer = door.ask("PUT", PIN)
                .json("{\"version\":\"1.2.0\"}")
                .with("Prefer", "wait=3")
                .answer();

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Later.class, later -> assertThat(later.within()).isEqualTo(Duration.ofSeconds(3)));
    }

    @Test
    void unpins() {
        door.folder.pinning = CompletableFuture.completedFuture(new Pinning.Done(deployment("1.3.0", "")));
        var response = door.ask("DELETE", PIN).response();

        assertThat(response.status()).isEqualTo(200);
        assertThat(TestDoor.json(response).has("pinned")).isFalse();
        assertThat(door.folder.pins).containsExactly("acme.bot ");
    }

    @Test
    void knowsNoDeploymentOfThatName() {
        door.folder.pinning = CompletableFuture.completedFuture(new Pinning.UnknownDeployment("acme.bot"));

        assertThat(pin().status()).isEqualTo(404);
        assertThat(TestDoor.json(pin()).get("code").asString()).isEqualTo("deployment.unknown");
        assertThat(door.ask("DELETE", PIN).response().status()).isEqualTo(404);
    }

    @Test
    void listsTheVersionsThatThereAre() {
        door.folder.pinning = CompletableFuture.completedFuture(
                new Pinning.UnknownVersion(deployment("1.3.0", ""), new Version("9.0.0")));
        var json = TestDoor.json(pin());

        assertThat(pin().status()).isEqualTo(422);
        assertThat(json.get("code").asString()).isEqualTo("version.unknown");
        assertThat(json.get("detail").asString()).contains("acme.bot 9.0.0", "expected one of: 1.3.0, 1.2.0");
        assertThat(json.get("versions").toString()).isEqualTo("[\"1.3.0\",\"1.2.0\"]");
    }

    @Test
    void saysWhenThePinsCannotBeRead() {
        var refusal = new Verdict.Refused(
                "pins.json", Optional.empty(), "pins.malformed", "line 1: it is empty", "an object", "Correct it.");
        door.folder.pinning = CompletableFuture.completedFuture(new Pinning.Unreadable(refusal));

        assertThat(pin().status()).isEqualTo(422);
        assertThat(TestDoor.json(pin()).get("code").asString()).isEqualTo("pins.malformed");
    }

    @Test
    void keepsTheReasonWhyTheFolderCannotBeWrittenToTheLog() {
        door.folder.full = true;
        var response = pin();

        assertThat(response.status()).isEqualTo(503);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("/secret/place");
    }

    @Test
    void isForReadersToLookAtOnly() {
        var reader = "Bearer reader-token";

        assertThat(door.ask("GET", "/v1/deployments")
                        .with("Authorization", reader)
                        .response()
                        .status())
                .isEqualTo(200);
        assertThat(door.ask("PUT", PIN)
                        .json("{\"version\":\"1.2.0\"}")
                        .with("Authorization", reader)
                        .response()
                        .status())
                .isEqualTo(403);
        assertThat(door.ask("DELETE", PIN)
                        .with("Authorization", reader)
                        .response()
                        .status())
                .isEqualTo(403);
        assertThat(door.folder.pins).isEmpty();
    }

    @Test
    void isAbsentWhileTheFolderIs() {
        door.present = false;

        assertThat(pin().status()).isEqualTo(503);
    }
}
