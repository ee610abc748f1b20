package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;

class ReceiptsResourceTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:01Z");

    private final TestDoor door = new TestDoor();

    private void status(MessageStatus status) {
        door.bus.statuses.put(new ReceiptId("r1"), status);
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void tellsWhereAMessageIs(MessageStatus status, String members) {
        status(status);

        assertThat(door.ask("GET", "/v1/messages/r1").responseJson().toString())
                .isEqualTo("{\"receipt\":\"r1\",\"to\":\"order/7\",\"type\":\"order.Placed\","
                        + "\"acceptedAt\":\"2026-11-01T12:00:00Z\"," + members + "}");
    }

    static Stream<Arguments> statuses() {
        var reply = new Message("i", "order/7", "order.Accepted", AT, Body.json("{\"ok\":1.50}"));
        var at = "\"at\":\"2026-11-01T12:00:01Z\"";
        return Stream.of(
                Arguments.of(new MessageStatus.Waiting(Optional.empty()), "\"status\":\"waiting\""),
                Arguments.of(
                        new MessageStatus.Waiting(Optional.of("stranded")),
                        "\"status\":\"waiting\",\"reason\":\"stranded\""),
                Arguments.of(
                        new MessageStatus.Running(AT, "1.0.0"),
                        "\"status\":\"running\",\"since\":\"2026-11-01T12:00:01Z\",\"version\":\"1.0.0\""),
                Arguments.of(
                        new MessageStatus.Suspended(AT, AT.plusSeconds(60), "It waits for the signal 'approval'."),
                        "\"status\":\"suspended\",\"since\":\"2026-11-01T12:00:01Z\","
                                + "\"until\":\"2026-11-01T12:01:01Z\","
                                + "\"reason\":\"It waits for the signal 'approval'.\""),
                Arguments.of(
                        new MessageStatus.Done(AT, "1.0.0", Optional.empty()),
                        "\"status\":\"done\"," + at + ",\"version\":\"1.0.0\""),
                Arguments.of(
                        new MessageStatus.Done(AT, "1.0.0", Optional.of(reply)),
                        "\"status\":\"done\"," + at + ",\"version\":\"1.0.0\",\"reply\":{\"specversion\":\"1.0\","
                                + "\"id\":\"i\",\"source\":\"order/7\",\"type\":\"order.Accepted\","
                                + "\"time\":\"2026-11-01T12:00:01Z\",\"datacontenttype\":\"application/json\","
                                + "\"data\":{\"ok\":1.50}}"),
                Arguments.of(
                        new MessageStatus.Dead(AT, "handler.failed", "it threw"),
                        "\"status\":\"dead\"," + at + ",\"code\":\"handler.failed\",\"cause\":\"it threw\""),
                Arguments.of(new MessageStatus.Cancelled(AT), "\"status\":\"cancelled\"," + at),
                Arguments.of(
                        new MessageStatus.Expired(AT, AT.minusSeconds(1)),
                        "\"status\":\"expired\"," + at + ",\"expirytime\":\"" + AT.minusSeconds(1) + "\""));
    }

    /** Readers find receipts in lists: by these they must not read what only an administrator sees of agents. */
    @ParameterizedTest
    @CsvSource({"reader, order.Placed, false", "reader, order.Status, true", "operator, order.Placed, true"})
    void showsRepliesToThoseWhoMaySend(String role, String type, boolean shown) {
        door.agents.types.add(MessagesResourceTest.order());
        door.bus.type = type;
        var reply = new Message("i", "order/7", "order.Accepted", AT, Body.json("{\"ok\":true}"));
        status(new MessageStatus.Done(AT, "1.0.0", Optional.of(reply)));

        var json = door.ask("GET", "/v1/messages/r1")
                .with("Authorization", "Bearer " + role + "-token")
                .responseJson();

        assertThat(json.path("reply").path("type").asString()).isEqualTo("order.Accepted");
        assertThat(json.path("reply").has("data")).isEqualTo(shown);
    }

    @Test
    void waitsForTheEndWhereThatIsPreferred() {
        status(new MessageStatus.Waiting(Optional.empty()));
        door.bus.end("r1", new MessageStatus.Done(AT, "1.0.0", Optional.empty()));

        var response =
                door.ask("GET", "/v1/messages/r1").with("Prefer", "wait=5").response();

        assertThat(TestDoor.json(response).get("status").asString()).isEqualTo("done");
        assertThat(response.headers()).containsEntry("Preference-Applied", "wait=5");
    }

    @Test
    void tellsWhereItWasWhenTheTimeIsOver() {
        status(new MessageStatus.Running(AT, "1.0.0"));
        door.bus.outcomes.put(new ReceiptId("r1"), new CompletableFuture<>());

        assertThat(door.ask("GET", "/v1/messages/r1").with("Prefer", "wait=5").answer())
                .isInstanceOfSatisfying(Answer.Later.class, later -> {
                    assertThat(later.within()).isEqualTo(Duration.ofSeconds(5));
                    assertThat(TestDoor.json(later.otherwise()).get("status").asString())
                            .isEqualTo("running");
                });
    }

    @Test
    void waitsNotForOneThatHasEnded() {
        status(new MessageStatus.Cancelled(AT));

        assertThat(door.ask("GET", "/v1/messages/r1").with("Prefer", "wait=5").answer())
                .isInstanceOf(Answer.Now.class);
    }

    @Test
    void takesBackAMessageThatWaits() {
        status(new MessageStatus.Waiting(Optional.empty()));
        var response = door.ask("DELETE", "/v1/messages/r1").response();

        assertThat(response.status()).isEqualTo(200);
        assertThat(TestDoor.json(response).get("status").asString()).isEqualTo("cancelled");
    }

    @Test
    void doesNotTakeBackAMessageWhoseTurnIsUnderWay() {
        status(new MessageStatus.Running(AT, "1.0.0"));
        var response = door.ask("DELETE", "/v1/messages/r1").response();

        assertThat(response.status()).isEqualTo(409);
        assertThat(TestDoor.json(response).get("detail").asString()).contains("running");
    }

    @Test
    void knowsNothingOfAForgottenReceipt() {
        assertThat(door.ask("DELETE", "/v1/messages/r9").response().status()).isEqualTo(404);
    }
}
