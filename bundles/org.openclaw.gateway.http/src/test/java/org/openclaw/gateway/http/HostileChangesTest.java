package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must pin and revoke nothing: broken, misspelt and oversized wishes of an operator's programs. */
class HostileChangesTest {
    private final TestDoor door = new TestDoor();

    @ParameterizedTest(name = "{0}")
    @MethodSource({"pins", "revocations"})
    void isRefused(String what, int status, String method, String target, UnaryOperator<TestDoor.Ask> change) {
        var response = change.apply(door.ask(method, target)).response();

        assertThat(response.status()).isEqualTo(status);
        assertThat(TestDoor.json(response).get("status").asInt()).isEqualTo(status);
        assertThat(TestDoor.json(response).get("code").asString()).isNotEmpty();
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .doesNotContain("Exception", "at org.", "admin-token", "/secret/");
        assertThat(door.folder.pins).isEmpty();
        assertThat(door.trust.revoked).isEmpty();
    }

    private static Arguments at(String what, int status, String method, String target) {
        return row(what, status, method, target, UnaryOperator.identity());
    }

    private static Arguments row(
            String what, int status, String method, String target, UnaryOperator<TestDoor.Ask> change) {
        return Arguments.of(what, status, method, target, change);
    }

    static Stream<Arguments> pins() {
        var path = "/v1/deployments/acme.bot/pin";
        UnaryOperator<TestDoor.Ask> good = ask -> ask.json("{\"version\":\"1.2.0\"}");
        return Stream.concat(
                Stream.of(
                                "",
                                "{",
                                "[]",
                                "\"1.2.0\"",
                                "null",
                                "{}",
                                "{\"version\":1.2}",
                                "{\"version\":null}",
                                "{\"version\":[\"1.2.0\"]}",
                                "{\"version\":\"\"}",
                                "{\"version\":\" \"}",
                                "{\"version\":\"latest\"}",
                                "{\"version\":\"1.2.0\\u0000\"}",
                                "{\"version\":\"-1\"}",
                                "{\"version\":\"99999999999\"}",
                                "{\"version\":\"[1,2)\"}",
                                "{\"version\":\"1.2.0\",\"version\":\"1.3.0\"}",
                                "{\"version\":\"1.2.0\",\"force\":\"yes\"}",
                                "{\"version\":\"1.2.0\"} {}",
                                "[".repeat(100))
                        .map(body -> row("a pin of " + body, 400, "PUT", path, ask -> ask.json(body))),
                Stream.of(
                        row(
                                "a pin too long",
                                413,
                                "PUT",
                                path,
                                ask -> ask.json("{\"version\":\"" + "1".repeat(20_000) + "\"}")),
                        row(
                                "a pin as a form",
                                415,
                                "PUT",
                                path,
                                ask -> ask.body("application/x-www-form-urlencoded", new byte[10])),
                        row("a pin posted", 405, "POST", path, good),
                        row("a pin with a bad escape", 400, "PUT", "/v1/deployments/%zz/pin", good),
                        at("an unknown deployment", 404, "GET", "/v1/deployments/none"),
                        at("a deployment beside the folder", 404, "GET", "/v1/deployments/..%2Fconf"),
                        at("deleting a deployment", 405, "DELETE", "/v1/deployments/acme.bot")));
    }

    static Stream<Arguments> revocations() {
        var path = "/v1/trust/revocations";
        var digest = "a".repeat(64);
        return Stream.concat(
                Stream.of(
                                "",
                                "{",
                                "[]",
                                "{}",
                                "{\"file\":1}",
                                "{\"file\":null}",
                                "{\"file\":\"\"}",
                                "{\"file\":\"abc\"}",
                                "{\"file\":\"../../etc/passwd\"}",
                                "{\"key\":\"" + "g".repeat(64) + "\"}",
                                "{\"key\":\"" + "a".repeat(65) + "\"}",
                                "{\"file\":\"" + digest + "\",\"key\":\"" + digest + "\"}",
                                "{\"file\":\"" + digest + "\",\"file\":\"" + digest + "\"}",
                                "{\"file\":\"" + digest + "\",\"versions\":\"[1,2)\"}",
                                "{\"versions\":\"[1,2)\"}",
                                "{\"bundle\":\"acme.bot\",\"versions\":\"new\"}",
                                "{\"bundle\":\"acme.bot\",\"versions\":\"[1,\"}",
                                "{\"bundle\":\"acme.bot\",\"version\":\"1.0\"}",
                                "{\"bundle\":[\"acme.bot\"]}")
                        .map(body -> row("a revocation of " + body, 400, "POST", path, ask -> ask.json(body))),
                Stream.of(
                        row(
                                "a revocation too long",
                                413,
                                "POST",
                                path,
                                ask -> ask.json("{\"bundle\":\"" + "a".repeat(20_000) + "\"}")),
                        row(
                                "a revocation without a media type",
                                415,
                                "POST",
                                path,
                                ask -> ask.json("{\"file\":\"" + digest + "\"}").without("Content-Type")),
                        at("taking a revocation back", 405, "DELETE", path),
                        at("listing the revocations alone", 405, "GET", path),
                        at("changing a publisher", 404, "PUT", "/v1/trust/publishers/acme")));
    }
}
