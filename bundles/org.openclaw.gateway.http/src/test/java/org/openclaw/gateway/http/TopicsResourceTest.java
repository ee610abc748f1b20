package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openclaw.message.Attributes;
import org.openclaw.message.Message;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.Refusal;
import org.openclaw.message.Subscription.Receiver;
import org.openclaw.message.Subscription.Start;
import org.openclaw.message.Tenant;
import org.openclaw.message.Topic;

class TopicsResourceTest {
    private static final String NEWS = "/v1/topics/news";

    private final TestDoor door = new TestDoor();

    @BeforeEach
    void fill() {
        door.topics.fill();
    }

    private Message published(String topic) {
        return door.topics.of(Topic.of(topic)).getLast().message();
    }

    private String code(Response response) {
        return TestDoor.json(response).get("code").asString();
    }

    @Test
    void publishesPlainJsonAndGivesAReceipt() {
        var answer = door.ask("POST", "/v1/topics/orders/messages?type=order.Placed&subject=7")
                .json("{\"a\":1}")
                .with("Idempotency-Key", "k1")
                .response();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(TestDoor.json(answer).toString())
                .isEqualTo("{\"topic\":\"orders\",\"sequence\":1,\"acceptedAt\":\"2026-11-01T12:00:00Z\","
                        + "\"dedupUntil\":\"2026-11-01T12:10:00Z\",\"duplicate\":false}");
        assertThat(published("orders").id()).isEqualTo("k1");
        assertThat(published("orders").attributes()).isEqualTo(Attributes.subject("7"));
        assertThat(door.ask("POST", "/v1/topics/orders/messages?type=order.Placed")
                        .json("{\"a\":1}")
                        .with("Idempotency-Key", "k1")
                        .responseJson()
                        .get("duplicate")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void takesSubjectAndExtensionsOfAnEventInBinaryMode() {
        var answer = door.ask("POST", NEWS + "/messages")
                .json("{}")
                .with("ce-specversion", "1.0")
                .with("ce-id", "e9")
                .with("ce-source", "/shop")
                .with("ce-type", "news.Told")
                .with("Ce-Subject", "caf%C3%A9%207")
                .with("Ce-Region", "eu")
                .with("ce-nothing", "")
                .with("ce-dataschema", "https://example.org/s")
                .response();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(published("news").attributes())
                .isEqualTo(Attributes.subject("café 7").with(Map.of("region", "eu")));
    }

    @Test
    void takesSubjectAndExtensionsOfEventsInABatch() {
        var batch =
                "[{\"specversion\":\"1.0\",\"id\":\"b1\",\"source\":\"/s\",\"type\":\"news.Told\",\"subject\":\"7\","
                        + "\"dataschema\":\"https://example.org/s\",\"count\":3,\"sure\":true,\"none\":null},"
                        + "{\"specversion\":\"1.0\",\"id\":\"b2\",\"source\":\"/s\",\"type\":\"news.Told\"}]";
        var answer = door.ask("POST", NEWS + "/messages")
                .body(MediaTypes.BATCH, batch.getBytes(StandardCharsets.UTF_8))
                .response();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(TestDoor.json(answer).get("receipts").findValuesAsString("sequence"))
                .containsExactly("2", "3");
        assertThat(door.topics.of(MemoryTopics.NEWS).get(1).message().attributes())
                .isEqualTo(Attributes.subject("7").with(Map.of("count", "3", "sure", "true")));
        assertThat(published("news").attributes()).isEqualTo(Attributes.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Region\":\"eu\"",
                "\"a-b\":\"c\"",
                "\"list\":[1]",
                "\"object\":{}",
                "\"subject\":{}",
                "\"subject\":\"\\u0000\"",
                "\"half\":\"\\ud800\""
            })
    void refusesAttributesThatCloudEventsHasNot(String member) {
        var event = "{\"specversion\":\"1.0\",\"id\":\"b1\",\"source\":\"/s\",\"type\":\"t\"," + member + "}";

        var refused = door.ask("POST", NEWS + "/messages")
                .body(MediaTypes.EVENT, event.getBytes(StandardCharsets.UTF_8))
                .response();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(code(refused)).isIn("message.invalid", "body.malformed");
    }

    @Test
    void refusesAnExtensionThatIsTooLong() {
        var refused = door.ask("POST", NEWS + "/messages")
                .json("{}")
                .with("ce-specversion", "1.0")
                .with("ce-id", "e9")
                .with("ce-source", "/shop")
                .with("ce-type", "news.Told")
                .with("ce-region", "x".repeat(513))
                .response();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(TestDoor.json(refused).get("detail").asString()).contains("region", "513");
    }

    @Test
    void saysWhyAMessageIsNotPublishedAndWhatOfABatchWas() {
        door.topics.refusal = Optional.of(
                Refusal.busy(Refusal.Kind.QUOTA, "topic.full", "The topic is full.", Duration.ofSeconds(10)));

        var refused = door.ask("POST", NEWS + "/messages?type=t").json("{}").response();

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("Retry-After", "10");
        assertThat(code(refused)).isEqualTo("topic.full");
    }

    @Test
    void listsTopicsPageByPageAndShowsOne() {
        door.ask("POST", "/v1/topics/orders/messages?type=t").json("{}").response();

        var first = door.ask("GET", "/v1/topics?limit=1").responseJson();
        var second = door.ask(
                        "GET", "/v1/topics?limit=1&after=" + first.get("next").asString())
                .responseJson();

        assertThat(first.get("topics").findValuesAsString("name")).containsExactly("news");
        assertThat(second.get("topics").findValuesAsString("name")).containsExactly("orders");
        assertThat(door.ask("GET", NEWS).responseJson().toString())
                .isEqualTo("{\"name\":\"news\",\"createdAt\":\"2026-11-01T12:00:00Z\",\"retained\":1,\"bytes\":100,"
                        + "\"first\":1,\"latest\":1,\"latestAt\":\"2026-11-01T12:00:00Z\",\"subscriptions\":2,"
                        + "\"oldestAt\":\"2026-11-01T12:00:00Z\"}");
        assertThat(door.ask("GET", "/v1/topics/none").response().status()).isEqualTo(404);
        assertThat(code(door.ask("GET", "/v1/topics/No").response())).isEqualTo("topic.invalid");
    }

    @Test
    void readsWhatIsRetainedPageByPageAndHidesBodies() {
        for (int number = 2; number <= 4; number++) {
            door.ask("POST", NEWS + "/messages?type=news." + (number == 3 ? "Other" : "Told"))
                    .json("{\"n\":" + number + "}")
                    .with("Idempotency-Key", "k" + number)
                    .response();
        }

        var first = door.ask("GET", NEWS + "/messages?type=news.Told&limit=2&body=true")
                .responseJson();
        var second = door.ask(
                        "GET",
                        NEWS + "/messages?type=news.Told&limit=2&after="
                                + first.get("next").asString())
                .responseJson();

        assertThat(first.get("messages").get(0).toString())
                .isEqualTo("{\"sequence\":1,\"acceptedAt\":\"2026-11-01T12:00:00Z\",\"event\":{\"specversion\":\"1.0\","
                        + "\"id\":\"e1\",\"source\":\"/shop\",\"type\":\"news.Told\",\"time\":\"2026-11-01T12:00:00Z\","
                        + "\"subject\":\"7\",\"datacontenttype\":\"application/json\",\"data\":{\"a\":1}}}");
        assertThat(first.get("messages").findValuesAsString("sequence")).containsExactly("1", "2");
        assertThat(second.get("messages").findValuesAsString("sequence")).containsExactly("4");
        assertThat(second.findValue("data")).isNull();
        assertThat(second.has("next")).isFalse();
        assertThat(door.ask("GET", NEWS + "/messages?body=true")
                        .with("Authorization", "Bearer reader-token")
                        .response()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void readsFromATimeWithinTheRetentionAndSaysWhenThatIsOver() {
        var json = "%7B%22exact%22%3A%7B%22subject%22%3A%227%22%7D%7D";
        door.ask("GET", NEWS + "/messages?from=2026-11-01T13:00:00%2B01:00&filter=" + json)
                .response();
        assertThat(door.topics.starts.getLast()).isEqualTo(new Start.At(Instant.parse("2026-11-01T12:00:00Z")));

        door.topics.forgotten = 1;
        var gone = door.ask("GET", NEWS + "/messages?from=2026-11-01T12:00:00Z").response();
        assertThat(gone.status()).isEqualTo(410);
        assertThat(code(gone)).isEqualTo("topic.forgotten");
        assertThat(code(door.ask("GET", "/v1/topics/none/messages").response())).isEqualTo("topic.unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, from.invalid",
        "from=1969-12-31T23:59:59Z, from.invalid",
        "type=a*b, filter.invalid",
        "filter=x, filter.invalid",
        "after=x, after.invalid",
        "limit=0, limit.invalid"
    })
    void refusesWhatItCannotReadBy(String query, String code) {
        var refused = door.ask("GET", NEWS + "/messages?" + query).response();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(code(refused)).isEqualTo(code);
    }

    @Test
    void subscribesAnAgentByItsAddress() {
        var body = "{\"filter\":{\"exact\":{\"region\":\"eu\"}},\"from\":\"oldest\"}";
        var created =
                door.ask("PUT", NEWS + "/subscriptions/order/a/b").json(body).response();
        var again = door.ask("PUT", NEWS + "/subscriptions/order/a/b").response();

        assertThat(created.status()).isEqualTo(201);
        assertThat(TestDoor.json(created).toString())
                .isEqualTo("{\"name\":\"order/a/b\",\"topic\":\"news\",\"agent\":\"order/a/b\","
                        + "\"filter\":{\"exact\":{\"region\":\"eu\"}},\"createdAt\":\"2026-11-01T12:00:00Z\","
                        + "\"position\":0,\"behind\":1,\"outstanding\":0,\"state\":\"active\"}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(door.topics.starts).endsWith(new Start.Oldest(), new Start.Now());
        assertThat(door.ask("DELETE", NEWS + "/subscriptions/order/a/b")
                        .response()
                        .status())
                .isEqualTo(204);
        assertThat(code(door.ask("DELETE", NEWS + "/subscriptions/order/a/b").response()))
                .isEqualTo("subscription.unknown");
    }

    @Test
    void subscribesOneAgentForEachValueOfAnAttribute() {
        var created = door.ask("PUT", NEWS + "/subscriptions/customers")
                .json("{\"type\":\"customer\",\"key\":\"subject\"}")
                .response();

        assertThat(created.status()).isEqualTo(201);
        assertThat(door.topics
                        .subscriptions(Tenant.DEFAULT, MemoryTopics.NEWS)
                        .getFirst()
                        .subscription())
                .returns("customers", each -> each.name())
                .returns(new Receiver.ByAttribute("customer", "subject"), each -> each.to())
                .returns(MessageFilter.everything(), each -> each.filter());
        assertThat(door.ask("GET", NEWS + "/subscriptions?limit=2")
                        .responseJson()
                        .get("subscriptions")
                        .findValuesAsString("name"))
                .containsExactly("customers", "each");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"agent\":7}",
                "{\"agent\":\"none\"}",
                "{\"agent\":\"a/b\",\"type\":\"a\",\"key\":\"subject\"}",
                "{\"type\":\"a\"}",
                "{\"type\":\"a\",\"key\":\"DATA\"}",
                "{\"agent\":\"a/b\",\"filer\":{}}",
                "{\"agent\":\"a/b\",\"filter\":{}}",
                "{\"agent\":\"a/b\",\"filter\":{\"exact\":{\"a\":1}}}",
                "{\"agent\":\"a/b\",\"from\":\"never\"}"
            })
    void refusesASubscriptionThatIsNotClear(String body) {
        var refused = door.ask("PUT", NEWS + "/subscriptions/some").json(body).response();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(code(refused)).isIn("body.invalid", "filter.invalid", "from.invalid");
        assertThat(door.topics.subscriptions(Tenant.DEFAULT, MemoryTopics.NEWS)).hasSize(2);
    }

    @Test
    void setsASubscriptionBackUnlessThatIsNotRetainedAnyMore() {
        var back = door.ask("PATCH", NEWS + "/subscriptions/order/7")
                .body(AgentBodies.MERGE_PATCH, "{\"from\":\"oldest\"}".getBytes(StandardCharsets.UTF_8))
                .response();
        assertThat(back.status()).isEqualTo(200);
        assertThat(door.topics.starts.getLast()).isEqualTo(new Start.Oldest());

        door.topics.forgotten = 1;
        var gone = door.ask("PATCH", NEWS + "/subscriptions/each")
                .json("{\"from\":\"2026-11-01T12:00:00Z\"}")
                .response();
        assertThat(gone.status()).isEqualTo(410);
        assertThat(code(door.ask("PATCH", NEWS + "/subscriptions/none")
                        .json("{\"from\":\"now\"}")
                        .response()))
                .isEqualTo("subscription.unknown");
        assertThat(code(door.ask("PATCH", NEWS + "/subscriptions/each")
                        .json("{}")
                        .response()))
                .isEqualTo("body.invalid");
    }

    @Test
    void replaysToAnAgentAndSaysHowMany() {
        var begun = door.ask("POST", NEWS + "/replays")
                .json("{\"agent\":\"order/7\",\"from\":\"2026-11-01T12:00:00Z\"}")
                .response();

        assertThat(begun.status()).isEqualTo(202);
        assertThat(TestDoor.json(begun).get("publications").asInt()).isEqualTo(1);
        assertThat(TestDoor.json(begun).get("subscription").get("until").asInt())
                .isEqualTo(1);
        door.topics.forgotten = 1;
        assertThat(door.ask("POST", NEWS + "/replays")
                        .json("{\"agent\":\"order/7\"}")
                        .responseJson()
                        .toString())
                .isEqualTo("{\"publications\":0}");
    }

    @Test
    void letsASenderPublishAndNothingElse() {
        assertThat(door.ask("POST", NEWS + "/messages?type=t")
                        .json("{}")
                        .with("Authorization", "Bearer sender-token")
                        .response()
                        .status())
                .isEqualTo(202);
        assertThat(door.ask("GET", NEWS)
                        .with("Authorization", "Bearer sender-token")
                        .response()
                        .status())
                .isEqualTo(403);
        assertThat(door.ask("POST", NEWS + "/messages?type=t")
                        .json("{}")
                        .with("Authorization", "Bearer reader-token")
                        .response()
                        .status())
                .isEqualTo(403);
    }
}
