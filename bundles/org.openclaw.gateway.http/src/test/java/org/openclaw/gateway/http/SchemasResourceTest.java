package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openclaw.schema.Schema;

class SchemasResourceTest {
    private static final String PLACED = "/v1/schemas/" + ListedSchemas.PLACED.digest();

    private final TestDoor door = new TestDoor();

    @BeforeEach
    void keep() {
        door.schemas.keep(ListedSchemas.ORDER, "1.0.0");
    }

    @Test
    void listsWhoBroughtWhatFirst() {
        assertThat(door.ask("GET", "/v1/schemas")
                        .responseJson()
                        .get("schemas")
                        .get(0)
                        .toString())
                .isEqualTo("{\"digest\":\"" + ListedSchemas.PLACED.digest()
                        + "\",\"kind\":\"message\",\"type\":\"order\",\"name\":\"order.Placed\",\"version\":\"1.0.0\","
                        + "\"firstSeen\":\"2026-11-01T12:00:00Z\",\"bytes\":18}");
    }

    @Test
    void listsPageByPage() {
        var first = door.ask("GET", "/v1/schemas?limit=1").responseJson();
        var last = door.ask(
                        "GET", "/v1/schemas?limit=1&after=" + first.get("next").asString())
                .responseJson();

        assertThat(last.at("/schemas/0/name").asString()).isEqualTo("order.state");
        assertThat(last.has("next")).isFalse();
    }

    @Test
    void listsOnlyWhatIsAskedFor() {
        assertThat(door.ask("GET", "/v1/schemas?type=order&kind=state")
                        .responseJson()
                        .get("schemas"))
                .hasSize(1);
        assertThat(door.ask("GET", "/v1/schemas?type=other").responseJson().get("schemas"))
                .isEmpty();
        assertThat(code(door.ask("GET", "/v1/schemas?kind=STATE").response())).isEqualTo("kind.invalid");
    }

    @Test
    void refusesAPlaceOfNoPage() {
        var after = new Cursor("schemas", "nowhere").text();

        assertThat(code(door.ask("GET", "/v1/schemas?after=" + after).response()))
                .isEqualTo("after.invalid");
    }

    @Test
    void showsTheDocumentToTheByteAndForEver() {
        var response = door.ask("GET", PLACED).response();

        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(ListedSchemas.PLACED.json());
        assertThat(response.headers())
                .containsEntry("Content-Type", "application/schema+json")
                .containsEntry("Cache-Control", "private, max-age=31536000, immutable")
                .containsEntry("ETag", "\"" + ListedSchemas.PLACED.digest().substring(0, 32) + "\"");
    }

    @Test
    void doesNotSendADocumentAgainToWhoHasIt() {
        var tag = door.ask("GET", PLACED).response().headers().get("ETag");

        assertThat(door.ask("GET", PLACED)
                        .with("If-None-Match", String.valueOf(tag))
                        .response()
                        .status())
                .isEqualTo(304);
    }

    @Test
    void compressesALongDocument() {
        var large = Schema.of("large.state", "{\"description\":\"" + "x".repeat(5_000) + "\"}");
        door.schemas.documents.add(large);

        var response = door.ask("GET", "/v1/schemas/" + large.digest())
                .with("Accept-Encoding", "gzip")
                .response();

        assertThat(response.headers()).containsEntry("Content-Encoding", "gzip");
        assertThat(response.headers().get("ETag")).endsWith("-gzip\"");
        assertThat(response.body().length).isLessThan(1_000);
    }

    @Test
    void saysThatThereIsNoneWithThatDigest() {
        var response = door.ask("GET", "/v1/schemas/" + "0".repeat(64)).response();

        assertThat(response.status()).isEqualTo(404);
        assertThat(code(response)).isEqualTo("schema.unknown");
    }

    @Test
    void doesNotServeWhatIsDamaged() {
        door.schemas.damaged = true;

        var response = door.ask("GET", PLACED).response();

        assertThat(response.status()).isEqualTo(500);
        assertThat(code(response)).isEqualTo("schema.damaged");
    }

    @Test
    void isAbsentWhileTheRegistryIs() {
        door.present = false;

        assertThat(door.ask("GET", "/v1/schemas").response().status()).isEqualTo(503);
    }

    private static String code(Response response) {
        return TestDoor.json(response).get("code").asString();
    }
}
