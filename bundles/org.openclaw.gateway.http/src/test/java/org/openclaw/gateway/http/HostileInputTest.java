package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What strangers and broken clients send: each is refused with its own status, and reaches no service. */
class HostileInputTest {
    private static final String PATH = "/v1/agents/order/7/messages";
    private static final String TYPED = PATH + "?type=order.Placed";

    private final TestDoor door = new TestDoor();

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void isRefused(String what, int status, String method, String target, UnaryOperator<TestDoor.Ask> change) {
        var response = change.apply(door.ask(method, target)).response();

        assertThat(response.status()).isEqualTo(status);
        assertThat(TestDoor.json(response).get("status").asInt()).isEqualTo(status);
        assertThat(TestDoor.json(response).get("code").asString()).isNotEmpty();
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .doesNotContain("Exception", "at org.", "admin-token", "/secret/");
        assertThat(door.bus.sent).isEmpty();
        assertThat(door.folder.bytes).isEmpty();
        assertThat(door.agents.agents).isEmpty();
        assertThat(door.waits.answers).isEmpty();
    }

    static Stream<Arguments> requests() {
        return Stream.of(bodies(), events(), paths(), mediaTypes(), bundles(), changes(), creations(), answers())
                .flatMap(each -> each);
    }

    private static Arguments post(String what, int status, UnaryOperator<TestDoor.Ask> change) {
        return Arguments.of(what, status, "POST", TYPED, change);
    }

    private static Arguments at(String what, int status, String method, String target) {
        return Arguments.of(what, status, method, target, UnaryOperator.<TestDoor.Ask>identity());
    }

    private static Arguments bytes(String what, byte[] body) {
        return post(what, 400, ask -> ask.body("application/json", body));
    }

    private static Stream<Arguments> bodies() {
        return Stream.of(
                bytes("bad UTF-8", new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'}),
                bytes("overlong UTF-8", new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'}),
                bytes("a surrogate in UTF-8", new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}),
                bytes("UTF-16", "{}".getBytes(StandardCharsets.UTF_16)),
                bytes("a byte order mark", "\uFEFF{}".getBytes(StandardCharsets.UTF_8)),
                post("no JSON", 400, ask -> ask.json("hello")),
                post("unfinished JSON", 400, ask -> ask.json("{\"a\":")),
                post("blank", 400, ask -> ask.json("  ")),
                post("two values", 400, ask -> ask.json("{} {}")),
                post("something behind the value", 400, ask -> ask.json("{}]")),
                post("a trailing comma", 400, ask -> ask.json("{\"a\":1,}")),
                post("a comment", 400, ask -> ask.json("{}/*x*/")),
                post("NaN", 400, ask -> ask.json("NaN")),
                post("single quotes", 400, ask -> ask.json("{'a':1}")),
                post("a control character in a string", 400, ask -> ask.json("\"\u0001\"")),
                post("a member twice", 400, ask -> ask.json("{\"a\":1,\"a\":2}")),
                post("deep arrays", 400, ask -> ask.json("[".repeat(30_000) + "]".repeat(30_000))),
                post("deep objects", 400, ask -> ask.json("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000))),
                post("a number of 50000 digits", 400, ask -> ask.json("1".repeat(50_000))),
                post("a name of 50000 characters", 400, ask -> ask.json("{\"" + "a".repeat(50_000) + "\":1}")),
                post("a body too long", 413, ask -> ask.json("\"" + "a".repeat(64 * 1024) + "\"")),
                post(
                        "a chunked body too long",
                        413,
                        ask -> ask.json("\"" + "a".repeat(64 * 1024) + "\"").chunked()));
    }

    private static UnaryOperator<TestDoor.Ask> event(String json) {
        return ask -> ask.body("application/cloudevents+json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static UnaryOperator<TestDoor.Ask> binary(String... headers) {
        return ask -> {
            ask.json("{}")
                    .with("ce-specversion", "1.0")
                    .with("ce-id", "1")
                    .with("ce-source", "s")
                    .with("ce-type", "t");
            return headers[1].isEmpty() ? ask.without(headers[0]) : ask.with(headers[0], headers[1]);
        };
    }

    private static Stream<Arguments> events() {
        var whole = "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"";
        return Stream.of(
                post("an event that is no object", 400, event("[]")),
                post("an event without id", 400, event("{" + whole.replace("\"id\":\"1\",", "") + "}")),
                post("an event with a numeric id", 400, event("{" + whole.replace("\"id\":\"1\"", "\"id\":1") + "}")),
                post("an event with an empty id", 400, event("{" + whole.replace("\"id\":\"1\"", "\"id\":\"\"") + "}")),
                post(
                        "an event with a line break in its id",
                        400,
                        event("{" + whole.replace("d\":\"1", "d\":\"\\n") + "}")),
                post("an event of another version", 400, event("{" + whole.replace("1.0", "0.3") + "}")),
                post("an event with a bad time", 400, event("{" + whole + ",\"time\":\"yesterday\"}")),
                post("an event with binary data", 400, event("{" + whole + ",\"data_base64\":\"AA==\"}")),
                post("an event with XML", 400, event("{" + whole + ",\"datacontenttype\":\"text/xml\",\"data\":\"\"}")),
                post(
                        "an event that nests deeply",
                        400,
                        event("{" + whole + ",\"data\":" + "[".repeat(100) + "]".repeat(100) + "}")),
                post(
                        "a batch that is no array",
                        400,
                        ask -> ask.body("application/cloudevents-batch+json", new byte[] {'{', '}'})),
                post(
                        "an empty batch",
                        400,
                        ask -> ask.body("application/cloudevents-batch+json", new byte[] {'[', ']'})),
                post(
                        "a batch that is too long",
                        400,
                        ask -> ask.body(
                                "application/cloudevents-batch+json",
                                ("[" + "{},".repeat(100) + "{}]").getBytes(StandardCharsets.UTF_8))),
                post("a binary event without source", 400, binary("ce-source", "")),
                post("a binary event without version", 400, binary("ce-specversion", "")),
                post("a binary event with a bad escape", 400, binary("ce-id", "%zz")),
                post("a binary event with a hidden line break", 400, binary("ce-id", "a%0d%0ab")),
                post("a binary event with a huge year", 400, binary("ce-time", "+9999999999-01-01T00:00:00Z")),
                post("an event with an idempotency key besides", 400, binary("Idempotency-Key", "k")),
                post("an idempotency key that is too long", 400, ask -> ask.with("Idempotency-Key", "k".repeat(257))));
    }

    private static Stream<Arguments> paths() {
        return Stream.of(
                at("no message type", 400, "POST", PATH),
                at("an empty message type", 400, "POST", PATH + "?type="),
                at("a message type that comes twice", 400, "POST", TYPED + "&type=other"),
                at("a bad escape in the query", 400, "POST", PATH + "?type=%"),
                at("a bad escape in the path", 400, "POST", "/v1/agents/order/%4/messages?type=t"),
                at("a signed escape in the path", 400, "POST", "/v1/agents/order/%+1/messages?type=t"),
                at("bad UTF-8 in the path", 400, "POST", "/v1/agents/order/%ff/messages?type=t"),
                at("overlong UTF-8 in the path", 400, "POST", "/v1/agents/order/%c0%ae/messages?type=t"),
                at("a null byte in the key", 400, "POST", "/v1/agents/order/%00/messages?type=t"),
                at("an empty key", 400, "POST", "/v1/agents/order//messages?type=t"),
                at("a long key", 400, "POST", "/v1/agents/order/" + "k".repeat(257) + "/messages?type=t"),
                at("a type in upper case", 400, "POST", "/v1/agents/ORDER/7/messages?type=t"),
                at("a type with a slash", 400, "POST", "/v1/agents/a%2F/7/messages?type=t"),
                at("a path parameter", 400, "POST", "/v1/agents/order/7;a=b/messages?type=t"),
                at("a raw space", 400, "GET", "/v1/agents/order/a b"),
                at("a raw letter beyond ASCII", 400, "GET", "/v1/agents/order/é"),
                at("dots", 404, "GET", "/v1/../v1/secrets"),
                at("an escaped slash in a fixed part", 404, "GET", "/v1%2Ftypes"),
                at("another case", 404, "GET", "/V1/types"),
                at("a slash at the end", 404, "GET", "/v1/bundles/a.jar/"),
                at("no path", 404, "GET", ""),
                at("a star", 404, "OPTIONS", "*"),
                at("TRACE", 405, "TRACE", "/v1/types"),
                at("OPTIONS", 405, "OPTIONS", "/v1/types"),
                at("PATCH of the list", 405, "PATCH", "/v1/agents"),
                at("GET of messages", 405, "GET", PATH),
                at("an invented method", 405, "BREW", "/v1/types"),
                at("a limit of nothing", 400, "GET", "/v1/agents?limit=0"),
                at("a limit beyond all", 400, "GET", "/v1/agents?limit=99999999999"),
                at("a negative limit", 400, "GET", "/v1/agents?limit=-1"),
                at("a state that is none", 400, "GET", "/v1/agents?state=dead"),
                at("a state in upper case", 400, "GET", "/v1/agents?state=ACTIVE"),
                at("an empty state among others", 400, "GET", "/v1/agents?state=active,"),
                at("a text beyond all", 400, "GET", "/v1/agents?q=" + "a".repeat(321)),
                at("a status that is changed", 405, "POST", "/v1/status"),
                at("a subject that is changed", 405, "PUT", "/v1/subject"),
                at("a bad place to go on from", 400, "GET", "/v1/agents?after=nowhere"),
                at("a place that is no agent", 400, "GET", "/v1/agents?after=" + new Cursor("agents", "x").text()),
                at("an unknown receipt", 404, "GET", "/v1/messages/none"),
                at("an unknown type", 404, "GET", "/v1/types/none"));
    }

    private static Stream<Arguments> mediaTypes() {
        byte[] json = {'{', '}'};
        return Stream.of(
                post("a form", 415, ask -> ask.body("application/x-www-form-urlencoded", json)),
                post("text", 415, ask -> ask.body("text/plain", json)),
                post("a prefix of JSON", 415, ask -> ask.body("application/jsonp", json)),
                post("no media type", 415, ask -> ask.json("{}").without("Content-Type")),
                post("semicolons", 415, ask -> ask.body(";;;", json)),
                post("JSON in Latin-1", 415, ask -> ask.body("application/json; charset=iso-8859-1", json)),
                post("an unknown coding", 415, ask -> ask.json("{}").with("Content-Encoding", "br")),
                post("two codings", 415, ask -> ask.json("{}").with("Content-Encoding", "gzip, gzip")),
                post("a body that is no gzip", 400, ask -> ask.json("{}").with("Content-Encoding", "gzip")));
    }

    private static Stream<Arguments> bundles() {
        UnaryOperator<TestDoor.Ask> jar = ask -> ask.body("application/java-archive", new byte[10]);
        UnaryOperator<TestDoor.Ask> form = ask -> ask.body("multipart/form-data", new byte[10]);
        UnaryOperator<TestDoor.Ask> big = ask -> ask.body("application/java-archive", new byte[1024 * 1024 + 1]);
        return Stream.of(
                Arguments.of("a bundle without a name", 400, "POST", "/v1/bundles", jar),
                Arguments.of("a bundle beside the folder", 400, "POST", "/v1/bundles?name=../a.jar", jar),
                Arguments.of("a bundle by an escaped path", 400, "POST", "/v1/bundles?name=..%2Fa.jar", jar),
                Arguments.of("a bundle by a backslash", 400, "POST", "/v1/bundles?name=..%5Ca.jar", jar),
                Arguments.of("a hidden bundle", 400, "POST", "/v1/bundles?name=.a.jar", jar),
                Arguments.of("a bundle with a null byte", 400, "POST", "/v1/bundles?name=a%00.jar", jar),
                Arguments.of("a bundle that is no jar", 400, "POST", "/v1/bundles?name=a.sh", jar),
                Arguments.of(
                        "a bundle with a long name", 400, "POST", "/v1/bundles?name=" + "a".repeat(300) + ".jar", jar),
                Arguments.of("a bundle as a form", 415, "POST", "/v1/bundles?name=a.jar", form),
                Arguments.of("a bundle too long", 413, "POST", "/v1/bundles?name=a.jar", big),
                Arguments.of("a chunked bundle too long", 413, "POST", "/v1/bundles?name=a.jar", (UnaryOperator<
                                TestDoor.Ask>)
                        ask -> big.apply(ask).chunked()),
                at("undeploying beside the folder", 404, "DELETE", "/v1/bundles/..%2Fconf"),
                at("undeploying what is not there", 404, "DELETE", "/v1/bundles/none.jar"));
    }

    private static Arguments patch(String what, int status, String mediaType, String body) {
        UnaryOperator<TestDoor.Ask> change = ask -> ask.body(mediaType, body.getBytes(StandardCharsets.UTF_8));
        return Arguments.of("a change: " + what, status, "PATCH", "/v1/agents/order/7", change);
    }

    private static Stream<Arguments> changes() {
        var merge = "application/merge-patch+json";
        return Stream.of(
                patch("nothing", 400, merge, ""),
                patch("no JSON", 400, merge, "suspended"),
                patch("unfinished", 400, merge, "{\"suspended\":"),
                patch("a member twice", 400, merge, "{\"suspended\":true,\"suspended\":false}"),
                patch("something behind", 400, merge, "{\"suspended\":true} {}"),
                patch("no member", 400, merge, "{}"),
                patch("an array", 400, merge, "[{\"suspended\":true}]"),
                patch("a text", 400, merge, "{\"suspended\":\"true\"}"),
                patch("a number", 400, merge, "{\"suspended\":1}"),
                patch("null", 400, merge, "{\"suspended\":null}"),
                patch("a member in upper case", 400, merge, "{\"Suspended\":true}"),
                patch("an unknown member", 400, merge, "{\"state\":\"active\"}"),
                patch("an unknown member more", 400, merge, "{\"suspended\":true,\"memory\":{}}"),
                patch("deep", 400, merge, "{\"suspended\":" + "[".repeat(100) + "]".repeat(100) + "}"),
                patch("too long", 413, merge, "{\"suspended\":" + " ".repeat(5000) + "true}"),
                patch("a JSON patch", 415, "application/json-patch+json", "[]"),
                patch("a form", 415, "application/x-www-form-urlencoded", "suspended=true"),
                patch("without an agent", 404, merge, "{\"suspended\":true}"),
                patch("by another charset", 415, "application/json; charset=utf-16", "{\"suspended\":true}"));
    }

    private static Arguments put(String what, int status, String target, String body) {
        UnaryOperator<TestDoor.Ask> change = ask -> ask.json(body);
        return Arguments.of("a creation: " + what, status, "PUT", target, change);
    }

    private static Stream<Arguments> creations() {
        return Stream.of(
                put("with a state", 400, "/v1/agents/order/7", "{\"memory\":{}}"),
                put("with an array", 400, "/v1/agents/order/7", "[]"),
                put("with null", 400, "/v1/agents/order/7", "null"),
                put("with no JSON", 400, "/v1/agents/order/7", "x"),
                put("too long", 413, "/v1/agents/order/7", " ".repeat(5000) + "{}"),
                put("of a bad type", 400, "/v1/agents/Order/7", "{}"),
                put("of a long key", 400, "/v1/agents/order/" + "a".repeat(257), "{}"),
                put("of an empty key", 400, "/v1/agents/order/", "{}"));
    }

    private static Arguments answer(String what, int status, UnaryOperator<TestDoor.Ask> change) {
        return Arguments.of("an answer: " + what, status, "POST", "/v1/signals/s1", change);
    }

    private static Stream<Arguments> answers() {
        return Stream.of(
                answer("nothing", 400, ask -> ask.json("")),
                answer("no JSON", 400, ask -> ask.json("yes")),
                answer("two values", 400, ask -> ask.json("true false")),
                answer("a member twice", 400, ask -> ask.json("{\"a\":1,\"a\":2}")),
                answer("bad UTF-8", 400, ask -> ask.body("application/json", new byte[] {'"', (byte) 0xc3, '"'})),
                answer("deep", 400, ask -> ask.json("[".repeat(100) + "]".repeat(100))),
                answer("too long", 413, ask -> ask.json("\"" + "a".repeat(64 * 1024) + "\"")),
                answer(
                        "chunked and too long",
                        413,
                        ask -> ask.json("\"" + "a".repeat(64 * 1024) + "\"").chunked()),
                answer("a form", 415, ask -> ask.body("application/x-www-form-urlencoded", new byte[] {'1'})),
                answer("no media type", 415, ask -> ask.json("true").without("Content-Type")),
                answer("in Latin-1", 415, ask -> ask.body("application/json; charset=iso-8859-1", new byte[] {'1'})),
                answer("by a reader", 403, ask -> ask.json("true").with("Authorization", "Bearer reader-token")),
                answer("by a stranger", 401, ask -> ask.json("true").without("Authorization")),
                answer("from another page", 403, ask -> ask.json("true").with("Origin", "https://evil.example")),
                answer(
                        "by a session without an origin",
                        403,
                        ask -> ask.json("true").without("Authorization").with("Cookie", "openclaw-session=open")),
                at("a signal with a bad escape", 400, "POST", "/v1/signals/%zz"),
                at("a signal that is shown", 405, "GET", "/v1/signals/s1"),
                at("a signal that is taken back", 405, "DELETE", "/v1/signals/s1"),
                at("no signal", 404, "POST", "/v1/signals/s1/more"),
                at("an answer to all signals", 405, "POST", "/v1/signals"),
                at("a limit of no signals", 400, "GET", "/v1/signals?limit=0"),
                at("a place among signals that is none", 400, "GET", "/v1/signals?after=nowhere"));
    }
}
