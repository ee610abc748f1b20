package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose pages may call. */
class CorsTest {
    private static final String APP = "https://app.example.org";

    private final TestDoor door = new TestDoor(Cors.of(APP, "http://localhost:3000"));

    private TestDoor.Ask from(String origin, String method, String target) {
        return door.ask(method, target).with("Origin", origin).with("Sec-Fetch-Site", "cross-site");
    }

    private TestDoor.Ask preflight(String origin) {
        return from(origin, "OPTIONS", "/v1/types")
                .without("Authorization")
                .with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "authorization,ce-id, X-Evil,content-type");
    }

    @Test
    void anAllowedPageCallsWithAToken() {
        var response = from(APP, "POST", "/v1/checkpoints").response();

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers())
                .containsEntry("Access-Control-Allow-Origin", APP)
                .containsEntry("Vary", "Accept, Accept-Encoding, Origin")
                .doesNotContainKey("Access-Control-Allow-Credentials");
        assertThat(response.headers().getOrDefault("Access-Control-Expose-Headers", ""))
                .contains("ETag", "Link", "Location", "Retry-After");
    }

    @Test
    void aSessionDoesNothingForIt() {
        for (var method : new String[] {"GET", "POST"}) {
            var response = from(APP, method, "/v1/checkpoints")
                    .without("Authorization")
                    .with("Cookie", "openclaw-session=open")
                    .response();
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.headers()).containsEntry("Access-Control-Allow-Origin", APP);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.org.evil.example",
                "http://app.example.org",
                "https://app.example.org:8443",
                "https://APP.example.org",
                "null",
                "http://localhost"
            })
    void othersAreRefusedAsEver(String origin) {
        var response = from(origin, "GET", "/v1/types").response();

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.headers())
                .doesNotContainKey("Access-Control-Allow-Origin")
                .containsEntry("Vary", "Accept, Accept-Encoding, Origin");
        assertThat(preflight(origin).response().status()).isEqualTo(403);
    }

    @Test
    void answersTheQuestionWhetherAPageMay() {
        var response = preflight(APP).response();

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers())
                .containsEntry("Access-Control-Allow-Origin", APP)
                .containsEntry("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
                .containsEntry("Access-Control-Allow-Headers", "authorization, ce-id, content-type")
                .containsEntry("Vary", "Access-Control-Request-Headers, Origin");
        assertThat(preflight(APP).with("Host", "evil.example").response().status())
                .isEqualTo(403);
    }

    @Test
    void itsPagesReadTheDescriptionWithoutAToken() {
        assertThat(from(APP, "GET", "/openapi.json")
                        .without("Authorization")
                        .response()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anyPageMayWithAToken() {
        var open = new TestDoor(Cors.of("*"));
        var response = open.ask("GET", "/v1/types")
                .with("Origin", "https://any.example")
                .response();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Access-Control-Allow-Origin", "*");
        assertThat(open.ask("GET", "/v1/types")
                        .without("Authorization")
                        .with("Cookie", "openclaw-session=open")
                        .with("Origin", "https://any.example")
                        .response()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void ourOwnPagesHaveTheirSessionsAsEver() {
        assertThat(door.ask("POST", "/v1/checkpoints")
                        .without("Authorization")
                        .with("Cookie", "openclaw-session=open")
                        .with("Origin", "http://localhost:8080")
                        .response()
                        .status())
                .isEqualTo(201);
    }

    @Test
    void isOffUnlessItIsConfigured() {
        var closed = new TestDoor();
        var response = closed.ask("GET", "/v1/types").with("Origin", APP).response();

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.headers()).containsEntry("Vary", "Accept, Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.example.org",
                "https://app.example.org/",
                "https://App.example.org",
                "https://user@app.example.org",
                "ftp://app.example.org",
                "https://*.example.org",
                "https://app.example.org:443",
                "http://app.example.org:80",
                "null",
                "https://"
            })
    void refusesASettingThatIsNoOrigin(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cors.of(origin))
                .withMessageContaining("cors.origins: '" + origin + "'");
    }

    @Test
    void refusesTheStarBesideOthers() {
        assertThatIllegalArgumentException().isThrownBy(() -> Cors.of("*", APP)).withMessageContaining("'*' alone");
    }
}
