package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Refusal;
import org.openclaw.message.Tenant;
import org.openclaw.schema.Violation;
import org.openclaw.security.Role;
import org.openclaw.security.Subject;

class SignalsResourceTest {
    private final TestDoor door = new TestDoor();

    private Response answer(String signal, String json) {
        return door.ask("POST", "/v1/signals/" + signal).json(json).response();
    }

    @Test
    void answersASignalWithTheBytesAsTheyCame() {
        var answered = answer("s1", " {\"amount\": 1.50}\n");

        assertThat(answered.status()).isEqualTo(200);
        assertThat(TestDoor.json(answered).toString()).isEqualTo("{\"signal\":\"s1\",\"duplicate\":false}");
        assertThat(door.waits.answers).isEqualTo(Map.of("s1", Body.json(" {\"amount\": 1.50}\n")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void takesAnyJsonForAnAnswer(String json) {
        assertThat(answer("s1", json).status()).isEqualTo(200);
        assertThat(door.waits.answers).containsEntry("s1", Body.json(json));
    }

    static Stream<String> values() {
        return Stream.of("true", "null", "-1", "\"yes\"", "[]", "{}");
    }

    @Test
    void saysThatTheSameAnswerCameBefore() {
        answer("s1", "true");

        assertThat(TestDoor.json(answer("s1", "true")).get("duplicate").asBoolean())
                .isTrue();
    }

    @Test
    void refusesAnotherAnswer() {
        answer("s1", "true");
        var refused = answer("s1", "false");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("signal.answered");
        assertThat(door.waits.answers).containsEntry("s1", Body.json("true"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void saysWhyAnAnswerIsNotTaken(Refusal refusal, int status) {
        door.waits.refusal = Optional.of(refusal);
        var refused = answer("s1", "true");

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.headers()).containsEntry("Content-Type", "application/problem+json");
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo(refusal.code());
        assertThat(TestDoor.json(refused).get("detail").asString()).isEqualTo(refusal.text());
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(Refusal.of(Refusal.Kind.INVALID, "answer.too.large", "It is too large."), 422),
                Arguments.of(Refusal.of(Refusal.Kind.UNKNOWN, "signal.unknown", "No turn has it open."), 404),
                Arguments.of(Refusal.of(Refusal.Kind.CONFLICT, "signal.closed", "Nobody had answered it."), 409),
                Arguments.of(Refusal.of(Refusal.Kind.UNAVAILABLE, "journal.failed", "The disk is gone."), 503));
    }

    @Test
    void saysWhatInAnAnswerDoesNotFit() {
        door.waits.refusal = Optional.of(Refusal.invalid(
                "body.invalid", "It does not fit.", List.of(new Violation("/amount", "a number", "a text"))));

        assertThat(TestDoor.json(answer("s1", "{\"amount\":\"x\"}"))
                        .get("violations")
                        .toString())
                .isEqualTo("[{\"pointer\":\"/amount\",\"rule\":\"a number\",\"found\":\"a text\"}]");
    }

    @Test
    void asksToComeAgainWhereThatCanHelp() {
        door.waits.refusal = Optional.of(
                Refusal.busy(Refusal.Kind.UNAVAILABLE, "disk.low", "Too little is free.", Duration.ofSeconds(60)));

        assertThat(answer("s1", "true").headers()).containsEntry("Retry-After", "60");
    }

    @Test
    void readsNoMoreOfAnAnswerThanTheRuntimeKeepsWhateverAMessageMayHave() throws Rejection {
        var answer = new SignalsResource(
                        new Part<>("The agent runtime", () -> Optional.of(door.waits)),
                        new DataReader(new Json(64, 64 << 20), 64, 64 << 20),
                        new BoundedInput.Limit(64 << 20, Duration.ofSeconds(30)),
                        TestDoor.CLOCK)
                .one()
                .method("POST")
                .orElseThrow()
                .handler();

        assertThatThrownBy(() -> answer.handle(call("s1", (1 << 20) + 1)))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection -> assertThat(rejection.problem().status()).isEqualTo(413));
        answer.handle(call("s2", 1 << 20));
        assertThat(door.waits.answers).containsOnlyKeys("s2");
    }

    private Call call(String signal, int bytes) {
        var text = "\"" + "x".repeat(bytes - 2) + "\"";
        return new Call(
                new Request(
                        "POST",
                        "/v1/signals/" + signal,
                        "",
                        name -> Optional.of(Body.JSON).filter(_ -> name.equals("Content-Type")),
                        door.ask("POST", "/v1/signals/" + signal).json(text)),
                Map.of("id", signal),
                Map.of(),
                Operation.probe("answerSignal", "Answers a signal"),
                new Subject("admin", Tenant.DEFAULT, Role.ADMIN));
    }

    @Test
    void letsAReaderAnswerNothing() {
        var refused = door.ask("POST", "/v1/signals/s1")
                .json("true")
                .with("Authorization", "Bearer reader-token")
                .response();

        assertThat(refused.status()).isEqualTo(403);
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("role.missing");
        assertThat(door.waits.answers).isEmpty();
    }

    @Test
    void listsToAReaderWhatTurnsWaitFor() {
        door.waits.signal(Address.of("order", "7"), "s1");
        door.waits.question(Address.of("order", "8"), Address.of("stock", "a/b"));

        var listed = door.ask("GET", "/v1/signals")
                .with("Authorization", "Bearer reader-token")
                .responseJson();

        assertThat(listed.toString())
                .isEqualTo("{\"waits\":[" + ListedWaits.SIGNAL
                        + ",{\"agent\":\"order/8\",\"message\":\"r2\",\"messageType\":\"order.Placed\","
                        + "\"name\":\"stock/a/b\",\"kind\":\"question\",\"asked\":\"stock/a/b\","
                        + "\"answer\":\"order.Stock\",\"since\":\"2026-11-01T12:00:00Z\","
                        + "\"until\":\"2026-11-08T12:00:00Z\"}]}");
    }

    @Test
    void listsPageByPage() {
        for (int i = 1; i <= 3; i++) {
            door.waits.signal(Address.of("order", "" + i), "s" + i);
        }

        var first = door.ask("GET", "/v1/signals?limit=2").responseJson();
        var second = door.ask(
                        "GET", "/v1/signals?limit=2&after=" + first.get("next").asString())
                .responseJson();

        assertThat(first.get("waits").findValuesAsString("signal")).containsExactly("s1", "s2");
        assertThat(second.get("waits").findValuesAsString("signal")).containsExactly("s3");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void refusesToBeginAPageWhereNoneEnded() {
        var refused = door.ask("GET", "/v1/signals?after=none").response();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(TestDoor.json(refused).get("code").asString()).isEqualTo("after.invalid");
    }
}
