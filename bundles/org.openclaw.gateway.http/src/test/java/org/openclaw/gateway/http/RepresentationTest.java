package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.deploy.Pinning;

/** Tags, and what is compressed. */
class RepresentationTest {
    private static final String PIN = "/v1/deployments/acme.bot/pin";

    private final TestDoor door = new TestDoor();

    @BeforeEach
    void fill() throws Exception {
        Samples.fill(door);
    }

    private String tag(String target) {
        return door.ask("GET", target).response().headers().getOrDefault("ETag", "");
    }

    private TestDoor.Ask known(String target, String tag) {
        return door.ask("GET", target).with("If-None-Match", tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/agents/order/7",
                "/v1/types/order",
                "/v1/types",
                "/v1/agents",
                "/v1/bundles",
                "/v1/deployments/acme.bot",
                "/openapi.json"
            })
    void doesNotSendAgainWhatTheClientHas(String target) {
        var tag = tag(target);
        var again = known(target, "\"0123\", W/" + tag).response();

        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers())
                .containsEntry("ETag", tag)
                .containsEntry("Vary", "Accept, Accept-Encoding")
                .doesNotContainKey("Content-Type");
        assertThat(known(target, "*").response().status()).isEqualTo(304);
        assertThat(known(target, "\"0123\"").response().status()).isEqualTo(200);
    }

    @Test
    void anAgentThatHasChangedHasAnotherTag() {
        var tag = tag("/v1/agents/order/7");
        var _ = door.ask("PATCH", "/v1/agents/order/7")
                .json("{\"suspended\":true}")
                .response();

        assertThat(known("/v1/agents/order/7", tag).response().status()).isEqualTo(200);
    }

    @Test
    void makesTheFormsOfTheDescriptionOnce() {
        var first = described("application/cbor", "gzip");

        assertThat(described("application/cbor", "gzip").body()).isSameAs(first.body());
        assertThat(described("application/cbor", "identity").headers().get("ETag"))
                .isEqualTo(tag("/openapi.json").replaceAll("\"$", "-cbor\""));
        assertThat(described("*/*", "gzip").headers()).containsEntry("Content-Type", "application/json");
    }

    private Response described(String accept, String encoding) {
        return door.ask("GET", "/openapi.json")
                .with("Accept", accept)
                .with("Accept-Encoding", encoding)
                .response();
    }

    @Test
    void refusesConditionsThatItWouldNotLookAt() {
        var response =
                door.ask("PUT", "/v1/agents/order/8").with("If-None-Match", "*").response();

        assertThat(response.status()).isEqualTo(400);
        assertThat(TestDoor.json(response).get("detail").asString()).contains("If-None-Match", "Leave it out");
        assertThat(door.ask("PUT", PIN)
                        .json("{\"version\":\"1.0.0\"}")
                        .with("If-None-Match", "*")
                        .response()
                        .status())
                .isEqualTo(400);
    }

    @Test
    void tagsNeitherProblemsNorWhatChanges() {
        assertThat(door.ask("GET", "/v1/agents/order/none").response().headers())
                .doesNotContainKey("ETag");
        assertThat(door.ask("PUT", "/v1/agents/order/8").response().headers()).doesNotContainKey("ETag");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gzip              | true
                    GZIP;q=0.5, br    | true
                    br, *             | true
                    *;q=0             | false
                    gzip;q=0, *       | false
                    gzip;q=0.000      | false
                    gzip;q=nonsense   | false
                    br, deflate       | false
                    identity          | false
                    ''                | false
                    """)
    void compressesForWhoTakesIt(String accepted, boolean compressed) throws Exception {
        var response = door.ask("GET", "/openapi.json")
                .with("Accept-Encoding", accepted)
                .response();

        assertThat(response.headers().containsKey("Content-Encoding")).isEqualTo(compressed);
        assertThat(response.headers()).containsEntry("Vary", "Accept, Accept-Encoding");
        if (compressed) {
            try (var in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
                assertThat(in.readAllBytes())
                        .isEqualTo(door.ask("GET", "/openapi.json").response().body());
            }
        }
    }

    @Test
    void leavesSmallAnswersAsTheyAre() {
        var response =
                door.ask("GET", "/v1/subject").with("Accept-Encoding", "gzip").response();

        assertThat(response.headers()).doesNotContainKey("Content-Encoding");
        assertThat(response.headers()).containsEntry("Vary", "Accept, Accept-Encoding");
    }

    @Test
    void oneFormOfAThingIsKnownByTheTagOfAnother() {
        var compressed = door.ask("GET", "/openapi.json")
                .with("Accept-Encoding", "gzip")
                .response()
                .headers()
                .getOrDefault("ETag", "");

        assertThat(compressed).endsWith("-gzip\"");
        assertThat(known("/openapi.json", compressed).response().status()).isEqualTo(304);
        assertThat(known("/openapi.json", tag("/openapi.json"))
                        .with("Accept-Encoding", "gzip")
                        .response()
                        .status())
                .isEqualTo(304);
    }

    @Test
    void pinsOnlyWhatTheClientHasSeen() {
        var tag = tag("/v1/deployments/acme.bot");

        var other = pin().with("If-Match", "\"0123\"").response();
        assertThat(other.status()).isEqualTo(412);
        assertThat(other.headers()).containsEntry("ETag", tag);
        assertThat(pin().with("If-Match", "W/" + tag).response().status()).isEqualTo(412);
        assertThat(door.folder.pins).isEmpty();
        assertThat(pin().with("If-Match", "\"0123\", " + tag).response().status())
                .isEqualTo(200);
        assertThat(door.ask("DELETE", PIN).with("If-Match", tag).response().status())
                .isEqualTo(200);
        assertThat(door.folder.pins).containsExactly("acme.bot 1.2.0", "acme.bot ");
    }

    private TestDoor.Ask pin() {
        return door.ask("PUT", PIN).json("{\"version\":\"1.2.0\"}");
    }

    @Test
    void nothingIsPinnedOnAConditionWhileAnotherChangeIsUnderWay() {
        var tag = tag("/v1/deployments/acme.bot");
        var slow = new CompletableFuture<Pinning>();
        door.folder.pinning = slow;
        assertThat(pin().response().status()).isEqualTo(202);

        assertThat(pin().with("If-Match", tag).response().status()).isEqualTo(412);
        assertThat(pin().response().status()).as("without a condition").isEqualTo(202);
        slow.complete(new Pinning.Done(DeploymentsResourceTest.deployment("1.2.0", "1.2.0")));
        assertThat(pin().with("If-Match", tag).response().status()).isEqualTo(200);
    }

    @Test
    void refusesAConditionWhereNobodyLooksAtIt() {
        var response = door.ask("DELETE", "/v1/agents/order/7")
                .with("If-Match", "\"0123\"")
                .response();

        assertThat(response.status()).isEqualTo(400);
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("precondition.unsupported");
    }

    @Test
    void takesACompressedMessage() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write("{\"sku\":\"a\"}".getBytes(StandardCharsets.UTF_8));
        }
        var response = door.ask("POST", "/v1/agents/order/7/messages?type=order.Placed")
                .body("application/json", out.toByteArray())
                .with("Content-Encoding", "gzip")
                .response();

        assertThat(response.status()).isEqualTo(202);
        assertThat(door.bus.sent.getFirst().body().text()).isEqualTo("{\"sku\":\"a\"}");
    }
}
