package org.openclaw.launcher.claw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandTest {
    private static final String NEWS = "{\"name\":\"news\",\"createdAt\":\"2026-11-01T00:00:00Z\",\"retained\":3,"
            + "\"bytes\":300,\"first\":2,\"latest\":4,\"latestAt\":\"2026-11-02T00:00:00Z\","
            + "\"oldestAt\":\"2026-11-01T00:00:00Z\",\"subscriptions\":2}";
    private static final String SUBSCRIPTION = "{\"name\":\"triage/a\",\"topic\":\"news\",\"agent\":\"triage/a\","
            + "\"filter\":{\"all\":[]},\"createdAt\":\"2026-11-01T00:00:00Z\",\"position\":2,\"behind\":2,"
            + "\"outstanding\":1,\"state\":\"held\",\"why\":\"No room.\"}";

    private final ClientFixture fixture;

    TopicsCommandTest(@TempDir Path home) throws IOException {
        fixture = new ClientFixture(home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private String body() {
        return fixture.server.asked().getLast().body();
    }

    @Test
    void listsEveryPage() {
        fixture.server
                .answer("GET /v1/topics?limit=1000", 200, "{\"topics\":[" + NEWS + "],\"next\":\"c\"}")
                .answer(
                        "GET /v1/topics?limit=999&after=c",
                        200,
                        "{\"topics\":[" + NEWS.replace("news", "orders") + "]}");

        assertThat(fixture.claw("topics").out()).isEqualToNormalizingNewlines("""
                TOPIC   RETAINED  BYTES  LATEST  LATEST AT             SUBSCRIPTIONS
                news           3    300       4  2026-11-02T00:00:00Z              2
                orders         3    300       4  2026-11-02T00:00:00Z              2""");
        assertThat(fixture.claw("topics", "list", "--limit", "0").exit()).isEqualTo(2);
    }

    @Test
    void showsATopicAndWhoHasSubscribed() {
        fixture.server
                .answer("GET /v1/topics/news", 200, NEWS)
                .answer(
                        "GET /v1/topics/news/subscriptions?limit=1000",
                        200,
                        "{\"subscriptions\":[" + SUBSCRIPTION + "]}");

        assertThat(fixture.claw("topics", "show", "news").out())
                .contains("3 messages of 4 retained, 300 bytes, since 2026-11-01T00:00:00Z.")
                .contains("triage/a      triage/a  held          2       2            1")
                .contains("{\"all\":[]} No room.");
    }

    @Test
    void saysWhichTopicMayHaveBeenMeant() {
        fixture.server
                .answer("GET /v1/topics/nws", 404, "{\"code\":\"topic.unknown\",\"detail\":\"There is no topic.\"}")
                .answer("GET /v1/topics", 200, "{\"topics\":[" + NEWS + "]}");

        var refused = fixture.claw("topics", "show", "nws");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("There is no topic.", "'news'");
    }

    @Test
    void publishesWithASubjectAndAnId() {
        fixture.server.answer(
                "POST /v1/topics/news/messages?type=news.Told&subject=a%20b",
                202, "{\"topic\":\"news\",\"sequence\":5,\"duplicate\":false}");

        var result =
                fixture.claw("topics", "publish", "news", "news.Told", "{\"a\":1}", "--subject", "a b", "--id", "i1");

        assertThat(result.out()).isEqualTo("Published to news: sequence 5");
        assertThat(body()).isEqualTo("{\"a\":1}");
        assertThat(fixture.server.asked().getLast().headers()).containsEntry("idempotency-key", "i1");
    }

    @Test
    void subscribesAnAgentWithBothKindsOfFilter() {
        fixture.server.answer("PUT /v1/topics/news/subscriptions/triage/a/b", 201, SUBSCRIPTION);

        var result = fixture.claw(
                "topics",
                "subscribe",
                "news",
                "triage/a/b",
                "--type",
                "news.*",
                "--filter",
                "{\"exact\":{\"subject\":\"7\"}}",
                "--from",
                "oldest");

        assertThat(result.out()).isEqualTo("Subscribed 'triage/a/b' to news: 2 messages are behind");
        assertThat(body())
                .isEqualTo("{\"filter\":{\"all\":[{\"prefix\":{\"type\":\"news.\"}},{\"exact\":{\"subject\":\"7\"}}]},"
                        + "\"from\":\"oldest\"}");
    }

    @Test
    void subscribesUnderANameOrOneAgentForEachSubject() {
        fixture.server
                .answer("PUT /v1/topics/news/subscriptions/all", 200, SUBSCRIPTION)
                .answer("PUT /v1/topics/news/subscriptions/customer", 201, SUBSCRIPTION);

        assertThat(fixture.claw("topics", "subscribe", "news", "triage/a", "--name", "all")
                        .out())
                .startsWith("'all' had subscribed to news");
        assertThat(body()).isEqualTo("{\"agent\":\"triage/a\"}");
        fixture.claw("topics", "subscribe", "news", "customer", "--key", "subject", "--type", "order.Paid");
        assertThat(body())
                .isEqualTo(
                        "{\"filter\":{\"exact\":{\"type\":\"order.Paid\"}},\"type\":\"customer\",\"key\":\"subject\"}");
        assertThat(fixture.claw("topics", "subscribe", "news", "customer").exit())
                .isEqualTo(2);
    }

    @Test
    void unsubscribesAndRewinds() {
        fixture.server
                .answer("DELETE /v1/topics/news/subscriptions/triage/a", 204, "")
                .answer("PATCH /v1/topics/news/subscriptions/all", 200, SUBSCRIPTION);

        assertThat(fixture.claw("topics", "unsubscribe", "news", "triage/a").out())
                .isEqualTo("'triage/a' gets nothing more of news.");
        assertThat(fixture.claw("topics", "rewind", "news", "all", "--from", "now")
                        .out())
                .isEqualTo("'all' goes on behind sequence 2 of news: 2 messages are behind");
        assertThat(body()).isEqualTo("{\"from\":\"now\"}");
        assertThat(fixture.claw("topics", "rewind", "news", "all").exit()).isEqualTo(2);
    }

    @Test
    void replaysToAnAgentAndSaysHowMany() {
        fixture.server.answer("POST /v1/topics/news/replays", 202, "{\"publications\":12}");

        var result = fixture.claw("replay", "news", "--from", "2026-11-01T12:00:00Z", "--to", "audit/a");

        assertThat(result.out())
                .isEqualTo("Replaying 12 messages of news to audit/a, but for those that do not pass a filter.");
        assertThat(body()).isEqualTo("{\"from\":\"2026-11-01T12:00:00Z\",\"agent\":\"audit/a\"}");
    }

    @Test
    void saysThatThereIsNothingToReplayOrThatItIsNotRetained() {
        fixture.server
                .answer("POST /v1/topics/news/replays", 202, "{\"publications\":0}")
                .answer(
                        "POST /v1/topics/news/replays",
                        410,
                        "{\"code\":\"topic.forgotten\",\"detail\":\"Not retained any more.\"}");

        assertThat(fixture.claw("replay", "news", "--to", "audit/a").out())
                .isEqualTo("There is nothing to replay from there on.");
        var refused = fixture.claw("replay", "news", "--to", "audit/a", "--from", "2020-01-01T00:00:00Z");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("Not retained any more.");
    }
}
