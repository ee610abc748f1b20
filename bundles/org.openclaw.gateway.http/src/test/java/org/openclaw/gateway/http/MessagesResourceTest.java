package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openclaw.agent.AgentCounts;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Delivery;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Refusal;
import org.openclaw.schema.Schema;
import org.openclaw.schema.Violation;

class MessagesResourceTest {
    private static final String PATH = "/v1/agents/order/7/messages";
    private static final Instant AT = Instant.parse("2026-11-01T12:00:01Z");

    private final TestDoor door = new TestDoor();

    private TestDoor.Ask plain() {
        return door.ask("POST", PATH + "?type=order.Placed").json("{\"sku\":\"a\"}");
    }

    private TestDoor.Ask structured(String event) {
        return door.ask("POST", PATH)
                .body("application/cloudevents+json; charset=UTF-8", event.getBytes(StandardCharsets.UTF_8));
    }

    private TestDoor.Ask batch(String events) {
        return door.ask("POST", PATH)
                .body("application/cloudevents-batch+json", events.getBytes(StandardCharsets.UTF_8));
    }

    private static String event(String id, String data) {
        return """
                {"specversion":"1.0","id":"%s","source":"/shop","type":"order.Placed","data":%s}""".formatted(id, data);
    }

    @Test
    void acceptsPlainJson() {
        var response = plain().response();

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.headers()).containsEntry("Location", "/v1/messages/r1");
        assertThat(TestDoor.json(response).toString())
                .isEqualTo("{\"receipt\":\"r1\",\"acceptedAt\":\"2026-11-01T12:00:00Z\","
                        + "\"dedupUntil\":\"2026-11-01T13:00:00Z\",\"duplicate\":false}");
    }

    @Test
    void sendsTheBytesOfTheBodyAsTheyAre() {
        door.ask("POST", PATH + "?type=order.Placed").json("{ \"n\" : 1.50 }").response();

        assertThat(door.bus.sent)
                .containsExactly(new Message(
                        "fresh-id", "admin", "order.Placed", TestDoor.CLOCK.instant(), Body.json("{ \"n\" : 1.50 }")));
    }

    @Test
    void takesTheIdempotencyKeyForTheId() {
        plain().with("Idempotency-Key", "k-1").response();

        assertThat(door.bus.sent.getFirst().id()).isEqualTo("k-1");
    }

    @Test
    void takesAnEmptyBodyForTheEmptyObject() {
        door.ask("POST", PATH + "?type=order.Status").response();

        assertThat(door.bus.sent.getFirst().body()).isEqualTo(Body.json("{}"));
    }

    @ParameterizedTest
    @CsvSource({"7,7", "a%20b,a b", "a/b,a/b", "a%2Fb,a/b", "%C3%A9,é", "messages/messages,messages/messages"})
    void readsTheKeyOfThePath(String raw, String key) {
        door.ask("POST", "/v1/agents/order/" + raw + "/messages?type=t").response();

        assertThat(door.bus.receivers).containsExactly(Address.of("order", key));
    }

    @Test
    void readsACloudEventInBinaryMode() {
        door.ask("POST", PATH)
                .json("{\"sku\":\"a\"}")
                .with("ce-specversion", "1.0")
                .with("ce-id", "e%201")
                .with("ce-source", "/shop/%E2%82%AC")
                .with("ce-type", "order.Placed")
                .with("ce-time", "2026-10-31T23:00:00.5+01:00")
                .response();

        assertThat(door.bus.sent)
                .containsExactly(new Message(
                        "e 1",
                        "/shop/€",
                        "order.Placed",
                        Instant.parse("2026-10-31T22:00:00.5Z"),
                        Body.json("{\"sku\":\"a\"}")));
    }

    private static final Delivery HURRIED =
            Delivery.of(9).by(Instant.parse("2026-11-01T12:00:10Z")).until(Instant.parse("2026-11-01T12:01:00Z"));

    private static final String ATTRIBUTES =
            ",\"priority\":9,\"deadline\":\"2026-11-01T12:00:10Z\",\"expirytime\":\"2026-11-01T13:01:00+01:00\"}";

    @Test
    void readsHowAMessageIsToBeDeliveredInEveryMode() {
        door.ask(
                        "POST",
                        PATH + "?type=order.Placed&priority=9&deadline=2026-11-01T12:00:10Z"
                                + "&expirytime=2026-11-01T13:01:00%2B01:00")
                .response();
        door.ask("POST", PATH)
                .with("ce-specversion", "1.0")
                .with("ce-id", "e1")
                .with("ce-source", "/shop")
                .with("ce-type", "order.Placed")
                .with("ce-priority", "9")
                .with("ce-deadline", "2026-11-01T12:00:10Z")
                .with("ce-expirytime", "2026-11-01T13:01:00+01:00")
                .response();
        var event = event("e2", "{}").replace("}}", "}" + ATTRIBUTES);
        structured(event).response();
        structured(event.replace("\"priority\":9", "\"priority\":\"9\"")).response();
        batch("[" + event + "," + event("e3", "{}") + "]").response();

        assertThat(door.bus.sent)
                .extracting(Message::delivery)
                .containsExactly(HURRIED, HURRIED, HURRIED, HURRIED, HURRIED, Delivery.NORMAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "priority|10|from 0 to 9",
                "priority|-1|from 0 to 9",
                "priority|high|from 0 to 9",
                "priority|1.5|from 0 to 9",
                "deadline|tomorrow|RFC 3339",
                "deadline|2026-11-01T12:00:10|RFC 3339",
                "expirytime|17|RFC 3339",
                "expirytime|1969-12-31T00:00:00Z|1970 to 9999"
            })
    void saysWhichAttributeOfTheDeliveryIsWrong(String name, String value, String expected) {
        var plain = door.ask("POST", PATH + "?type=order.Placed&" + name + "=" + value)
                .response();
        var binary = door.ask("POST", PATH)
                .with("ce-specversion", "1.0")
                .with("ce-id", "e1")
                .with("ce-source", "/shop")
                .with("ce-type", "order.Placed")
                .with("ce-" + name, value)
                .response();
        var structured = structured(event("e2", "{}").replace("}}", "},\"" + name + "\":\"" + value + "\"}"))
                .response();

        for (var response : List.of(plain, binary, structured)) {
            assertThat(response.status()).isEqualTo(400);
            assertThat(TestDoor.json(response).get("detail").asString()).contains(name, value, expected);
        }
        assertThat(door.bus.sent).isEmpty();
    }

    @Test
    void saysThatAMessageExpiredToWhoWaitsForItsReply() {
        door.bus.end("r1", new MessageStatus.Expired(AT, AT.minusSeconds(1)));
        var response = plain().with("Prefer", "wait=5").response();

        assertThat(response.status()).isEqualTo(409);
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("message.expired");
    }

    @Test
    void readsACloudEventInStructuredMode() {
        structured(event("e1", "{\"price\":1.50,\"n\":12345678901234567890123}"))
                .response();

        assertThat(door.bus.sent.getFirst().body().text()).isEqualTo("{\"price\":1.50,\"n\":12345678901234567890123}");
    }

    @Test
    void readsACloudEventWithoutData() {
        structured("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"}")
                .response();

        assertThat(door.bus.sent.getFirst().body()).isEqualTo(Body.json("{}"));
    }

    @Test
    void acceptsABatchInItsOrder() {
        var json = batch("[" + event("1", "1") + "," + event("2", "2") + "]").responseJson();

        assertThat(door.bus.sent).extracting(Message::id).containsExactly("1", "2");
        assertThat(json.get("receipts"))
                .extracting(receipt -> receipt.get("receipt").asString())
                .containsExactly("r1", "r2");
    }

    @Test
    void stopsABatchAtTheFirstRefusalAndTellsWhatWasAccepted() {
        door.bus.refusals.add(Optional.empty());
        door.bus.refusals.add(
                Optional.of(Refusal.busy(Refusal.Kind.QUOTA, "inbox.full", "Full.", Duration.ofMillis(1500))));
        var response = batch("[" + event("1", "1") + "," + event("2", "2") + "," + event("3", "3") + "]")
                .response();

        assertThat(response.status()).isEqualTo(429);
        assertThat(TestDoor.json(response).get("receipts")).hasSize(1);
        assertThat(door.bus.sent).hasSize(1);
    }

    @Test
    void acceptsNothingOfABatchWithOneBadEvent() {
        var response = batch("[" + event("1", "1") + ",{}]").response();

        assertThat(response.status()).isEqualTo(400);
        assertThat(door.bus.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"INVALID,422,", "UNKNOWN,404,", "CONFLICT,409,", "QUOTA,429,1", "UNAVAILABLE,503,1"})
    void mapsEachKindOfRefusal(Refusal.Kind kind, int status, String retryAfter) {
        door.bus.refusals.add(Optional.of(Refusal.of(kind, "some.code", "Some text.")));
        var response = plain().response();

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers().get("Retry-After")).isEqualTo(retryAfter);
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("some.code");
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "1000,1", "1001,2", "60000,60"})
    void roundsRetryAfterUpToWholeSeconds(long millis, String seconds) {
        door.bus.refusals.add(
                Optional.of(Refusal.busy(Refusal.Kind.UNAVAILABLE, "node.full", "Full.", Duration.ofMillis(millis))));

        assertThat(plain().response().headers()).containsEntry("Retry-After", seconds);
    }

    @Test
    void listsTheViolationsOfTheSchema() {
        door.bus.refusals.add(Optional.of(Refusal.invalid(
                "body.invalid", "The body does not fit.", List.of(new Violation("/sku", "a string", "a number")))));

        assertThat(plain().responseJson().toString())
                .isEqualTo("{\"type\":\"https://openclaw.org/problems/body.invalid\","
                        + "\"title\":\"Unprocessable Content\",\"status\":422,\"detail\":\"The body does not fit.\","
                        + "\"code\":\"body.invalid\",\"violations\":[{\"pointer\":\"/sku\",\"rule\":\"a string\","
                        + "\"found\":\"a number\"}]}");
    }

    @Test
    void answersWithTheReplyWhenAskedToWait() {
        var reply = new Message("id 1", "order/7", "order.Accepted", AT, Body.json("{\"ok\":true}"));
        door.bus.end("r1", new MessageStatus.Done(AT, "1.0.0", Optional.of(reply)));
        var response = plain().with("Prefer", "wait=5").response();

        assertThat(response.status()).isEqualTo(200);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("{\"ok\":true}");
        assertThat(response.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("ce-id", "id%201")
                .containsEntry("ce-type", "order.Accepted")
                .containsEntry("OpenClaw-Receipt", "r1")
                .containsEntry("Preference-Applied", "wait=5");
    }

    @Test
    void answersWithNothingWhenThereIsNoReply() {
        door.bus.end("r1", new MessageStatus.Done(AT, "1.0.0", Optional.empty()));

        assertThat(plain().with("Prefer", "wait").response().status()).isEqualTo(204);
    }

    @Test
    void answersWithTheCauseWhenTheTurnFailed() {
        door.bus.end("r1", new MessageStatus.Dead(AT, "handler.failed", "it threw"));
        var response = plain().with("Prefer", "wait=5").response();

        assertThat(response.status()).isEqualTo(422);
        assertThat(TestDoor.json(response).get("code").asString()).isEqualTo("turn.failed");
        assertThat(TestDoor.json(response).get("cause").asString()).isEqualTo("handler.failed");
    }

    @Test
    void answersWithTheReceiptWhenTheTimeIsOver() {
        assertThat(plain().with("Prefer", "wait=5").answer()).isInstanceOfSatisfying(Answer.Later.class, later -> {
            assertThat(later.within()).isEqualTo(Duration.ofSeconds(5));
            assertThat(later.otherwise().status()).isEqualTo(202);
        });
    }

    @Test
    void doesNotWaitUnlessAsked() {
        assertThat(plain().answer()).isInstanceOf(Answer.Now.class);
    }

    @Test
    void answersWithTheReceiptWhenTheOutcomeIsForgotten() {
        door.bus.outcomes.put(new ReceiptId("r1"), new CompletableFuture<>());
        door.bus.end("r1", new MessageStatus.Waiting(Optional.empty()));

        assertThat(plain().with("Prefer", "wait=5").response().status()).isEqualTo(202);
    }

    /** With a query. */
    static AgentTypeView order() {
        return new AgentTypeView(
                "order",
                Optional.of("1.0.0"),
                List.of("1.0.0"),
                List.of(
                        new AgentTypeView.MessageView("order.Status", true, new Schema("order.Status", "d", "{}")),
                        new AgentTypeView.MessageView("order.Placed", false, new Schema("order.Placed", "d", "{}"))),
                Optional.empty(),
                false,
                1,
                new AgentCounts(1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void letsAReaderSendQueriesOnly() {
        door.agents.types.add(order());

        assertThat(asReader("order.Status")).isEqualTo(202);
        assertThat(asReader("order.Placed")).isEqualTo(403);
        assertThat(asReader("order.Unknown")).isEqualTo(403);
    }

    @Test
    void takesNullForNothingButInData() {
        var event =
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"order.Placed\",\"data\":null,"
                        + "\"time\":null,\"datacontenttype\":null,\"data_base64\":null,\"priority\":null}";

        assertThat(structured(event).response().status()).isEqualTo(202);
        assertThat(door.bus.sent.getFirst().body().text()).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"/shop\", /shop",
                "\"/a \\\"b\\\"\", /a \"b\"",
                "/a%20%22b%22, /a \"b\"",
                "\"/sh%C3%B6p\", /sh\u00f6p"
            })
    void takesAttributesInHeadersOutOfTheirQuotes(String header, String source) {
        var response = door.ask("POST", PATH)
                .json("{}")
                .with("ce-specversion", "\"1.0\"")
                .with("ce-id", "1")
                .with("ce-type", "order.Placed")
                .with("ce-source", header)
                .response();

        assertThat(response.status()).isEqualTo(202);
        assertThat(door.bus.sent.getFirst().source()).isEqualTo(source);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"\"a\"b\"", "\"a\\\""})
    void refusesAttributesWhoseQuotesDoNotMatch(String source) {
        assertThat(door.ask("POST", PATH)
                        .json("{}")
                        .with("ce-specversion", "1.0")
                        .with("ce-id", "1")
                        .with("ce-type", "order.Placed")
                        .with("ce-source", source)
                        .response()
                        .status())
                .isEqualTo(400);
        assertThat(door.bus.sent).isEmpty();
    }

    @Test
    void letsAReaderSendNoBatchWithAnythingButQueries() {
        assertThat(batch("[" + event("1", "1") + "]")
                        .with("Authorization", "Bearer reader-token")
                        .response()
                        .status())
                .isEqualTo(403);
        assertThat(door.bus.sent).isEmpty();
    }

    private int asReader(String type) {
        return door.ask("POST", PATH + "?type=" + type)
                .with("Authorization", "Bearer reader-token")
                .response()
                .status();
    }
}
