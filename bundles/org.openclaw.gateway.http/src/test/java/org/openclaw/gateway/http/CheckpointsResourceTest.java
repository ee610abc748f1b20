package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openclaw.store.Checkpoint;

class CheckpointsResourceTest {
    private final TestDoor door = new TestDoor();

    private Response take() {
        return door.ask("POST", "/v1/checkpoints").response();
    }

    @Test
    void takesOne() {
        var response = take();

        assertThat(response.status()).isEqualTo(201);
        assertThat(TestDoor.json(response).toString())
                .isEqualTo("{\"name\":\"20261126T144500Z\",\"at\":\"2026-11-26T14:45:00Z\",\"bytes\":4711}");
        assertThat(response.headers()).containsEntry("Location", "/v1/checkpoints/20261126T144500Z");
    }

    @Test
    void listsThemFromTheOldestOn() {
        take();
        take();
        var json = door.ask("GET", "/v1/checkpoints").responseJson();

        assertThat(json.at("/checkpoints").size()).isEqualTo(2);
        assertThat(json.at("/checkpoints/1/name").asString("")).isEqualTo("20261126T144501Z");
    }

    @Test
    void deletesOne() {
        take();
        take();

        assertThat(door.ask("DELETE", "/v1/checkpoints/20261126T144500Z")
                        .response()
                        .status())
                .isEqualTo(204);
        assertThat(door.checkpoints.there).extracting(Checkpoint::name).containsExactly("20261126T144501Z");
    }

    @Test
    void saysThatThereIsNoneOfThatName() {
        var response = door.ask("DELETE", "/v1/checkpoints/nonsense").response();

        assertThat(response.status()).isEqualTo(404);
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("checkpoint.unknown");
    }

    @Test
    void keepsTheReasonWhyItCannotBeTakenToTheLog() {
        door.checkpoints.full = true;
        var response = take();

        assertThat(response.status()).isEqualTo(503);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("/secret/place");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/checkpoints, 200",
        "POST, /v1/checkpoints, 403",
        "DELETE, /v1/checkpoints/20261126T144500Z, 403"
    })
    void isForReadersToLookAtOnly(String method, String path, int status) {
        take();

        assertThat(door.ask(method, path)
                        .with("Authorization", "Bearer reader-token")
                        .response()
                        .status())
                .isEqualTo(status);
        assertThat(door.checkpoints.there).hasSize(1);
    }

    @Test
    void isAbsentWhileTheStoreIs() {
        door.present = false;

        assertThat(take().status()).isEqualTo(503);
    }
}
