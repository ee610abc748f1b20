package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.openclaw.store.StoreException;

class DoorTest {
    private final TestDoor door = new TestDoor();

    @Test
    void letsTheHolderOfATokenIn() {
        assertThat(door.ask("GET", "/v1/types").response().status()).isEqualTo(200);
    }

    @Test
    void takesTheSchemeInAnyCase() {
        assertThat(door.ask("GET", "/v1/types")
                        .with("Authorization", "bearer admin-token")
                        .response()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void asksForATokenWhereThereIsNone() {
        var response = door.ask("GET", "/v1/types").without("Authorization").response();

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers()).containsEntry("WWW-Authenticate", "Bearer");
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("token.missing");
    }

    @Test
    void refusesAWrongTokenEvenBesideAnOpenSession() {
        var response = door.ask("GET", "/v1/types")
                .with("Authorization", "Bearer nobody")
                .with("Cookie", "openclaw-session=open")
                .response();

        assertThat(response.status()).isEqualTo(401);
    }

    @Test
    void refusesTheTokenInAnotherScheme() {
        assertThat(door.ask("GET", "/v1/types")
                        .with("Authorization", "Basic admin-token")
                        .response()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void doesNotTellAStrangerWhichPathsExist() {
        assertThat(door.ask("GET", "/v1/nothing")
                        .without("Authorization")
                        .response()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void refusesAForeignHostBeforeTheToken() {
        var response = door.ask("GET", "/v1/types").with("Host", "evil.example").response();

        assertThat(response.status()).isEqualTo(403);
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("origin.refused");
    }

    @Test
    void refusesARequestWithoutHost() {
        assertThat(door.ask("GET", "/v1/types").without("Host").response().status())
                .isEqualTo(403);
    }

    @Test
    void refusesAForeignOrigin() {
        assertThat(door.ask("GET", "/v1/types")
                        .with("Origin", "http://evil.example")
                        .response()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void letsASessionLook() {
        assertThat(session("GET", "/v1/types").response().status()).isEqualTo(200);
    }

    @Test
    void letsASessionChangeThingsFromAPageOfOurs() {
        var response = session("DELETE", "/v1/agents/order/7")
                .with("Origin", "http://localhost:8080")
                .with("Sec-Fetch-Site", "same-origin")
                .response();

        assertThat(response.status()).isEqualTo(404);
    }

    @Test
    void refusesASessionThatChangesThingsWithoutSayingFromWhere() {
        var response = session("DELETE", "/v1/agents/order/7").response();

        assertThat(response.status()).isEqualTo(403);
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("origin.missing");
    }

    @Test
    void refusesASessionFromASisterSite() {
        assertThat(session("DELETE", "/v1/agents/order/7")
                        .with("Sec-Fetch-Site", "same-site")
                        .response()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void refusesASessionCookieThatComesTwice() {
        assertThat(door.ask("GET", "/v1/types")
                        .without("Authorization")
                        .with("Cookie", "openclaw-session=planted; openclaw-session=open")
                        .response()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void refusesAnEndedSession() {
        var response = door.ask("GET", "/v1/types")
                .without("Authorization")
                .with("Cookie", "other=1; openclaw-session=ended")
                .response();

        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("session.ended");
    }

    private TestDoor.Ask session(String method, String path) {
        return door.ask(method, path).without("Authorization").with("Cookie", "a=b; openclaw-session=open");
    }

    @Test
    void letsAReaderLookOnly() {
        assertThat(reader("GET", "/v1/bundles").response().status()).isEqualTo(200);
        assertThat(reader("DELETE", "/v1/bundles/a.jar").response().status()).isEqualTo(403);
        assertThat(reader("POST", "/v1/bundles?name=a.jar").response().status()).isEqualTo(403);
        assertThat(reader("DELETE", "/v1/agents/order/7").response().status()).isEqualTo(403);
        assertThat(reader("DELETE", "/v1/messages/r1").response().status()).isEqualTo(403);
        assertThat(reader("PUT", "/v1/agents/order/7").response().status()).isEqualTo(403);
        assertThat(reader("PATCH", "/v1/agents/order/7").response().status()).isEqualTo(403);
    }

    private TestDoor.Ask reader(String method, String path) {
        return door.ask(method, path).with("Authorization", "Bearer reader-token");
    }

    @Test
    void saysWhichMethodsAreAllowed() {
        var response = door.ask("PUT", "/v1/bundles").response();

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).containsEntry("Allow", "GET, HEAD, POST");
    }

    @Test
    void knowsNothingBesideItsPaths() {
        var response = door.ask("GET", "/v1/secrets").response();

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers()).containsEntry("Content-Type", "application/problem+json");
    }

    @Test
    void saysThatAServiceIsAwayAndWhenToTryAgain() {
        var parts = List.of("/v1/types", "/v1/agents", "/v1/signals", "/v1/bundles", "/v1/messages/r1", "/v1/status");
        door.present = false;

        for (var path : parts) {
            var response = door.ask("GET", path).response();
            assertThat(response.status()).as(path).isEqualTo(503);
            assertThat(response.headers()).as(path).containsEntry("Retry-After", "1");
        }
    }

    @Test
    void asksToComeAgainWhenTheStoreFailsUnderAMessage() {
        door.bus.broken = Optional.of(new CompletionException(
                StoreException.failed("journal.failed", new IOException("The disk does not answer."))));

        var response = door.ask("POST", "/v1/agents/order/7/messages?type=order.Placed")
                .json("{}")
                .response();

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsKey("Retry-After");
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("journal.failed");
    }

    @Test
    void hidesNoFaultOfOursBehindTheStore() {
        door.bus.broken = Optional.of(new CompletionException(new IllegalStateException("broken")));
        var ask = door.ask("POST", "/v1/agents/order/7/messages?type=order.Placed")
                .json("{}");

        assertThatExceptionOfType(CompletionException.class).isThrownBy(ask::response);
    }
}
