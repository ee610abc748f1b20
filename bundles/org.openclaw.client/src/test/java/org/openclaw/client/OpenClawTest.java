package org.openclaw.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openclaw.message.Delivery;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.MessageType;
import org.openclaw.message.ReceiptId;
import org.openclaw.schema.Violation;

@Timeout(60)
class OpenClawTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private FakeDoor door;
    private OpenClaw openclaw;

    record Placed(String sku, int quantity, Optional<Instant> wanted) {}

    record Total(int total) {}

    @MessageType("billing.Paid")
    record Settled(int cents) {}

    @BeforeEach
    void open() throws Exception {
        door = new FakeDoor();
        openclaw = OpenClaw.at(door.uri())
                .token("secret")
                .source("/shop")
                .patience(Duration.ofSeconds(10))
                .connect();
    }

    @AfterEach
    void close() {
        openclaw.close();
        door.close();
    }

    @Test
    void sendsARecordAsACloudEvent() throws Exception {
        door.accepts("2-9-ab");

        var receipt = openclaw.agent("order", "de/4 7")
                .send(Outgoing.of(new Placed("x", 3, Optional.empty()))
                        .id("order-4711")
                        .delivery(
                                new Delivery(9, Optional.of(Instant.parse("2026-01-01T00:00:01Z")), Optional.empty())));

        assertThat(receipt.id()).isEqualTo(new ReceiptId("2-9-ab"));
        assertThat(receipt.dedupUntil()).isEqualTo(Instant.parse("2026-01-01T00:10:00Z"));
        var asked = door.asked.take();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.target()).isEqualTo("/v1/agents/order/de/4%207/messages");
        assertThat(asked.headers())
                .containsEntry("Authorization", "Bearer secret")
                .containsEntry("Content-Type", "application/cloudevents+json");
        assertThat(asked.body())
                .contains("\"specversion\":\"1.0\"")
                .contains("\"id\":\"order-4711\"")
                .contains("\"source\":\"/shop\"")
                .contains("\"type\":\"order.Placed\"")
                .contains("\"priority\":9")
                .contains("\"deadline\":\"2026-01-01T00:00:01Z\"")
                .contains("\"data\":{\"sku\":\"x\",\"quantity\":3");
    }

    @Test
    void sendsABatchInItsOrder() throws Exception {
        door.then(202, "application/json", """
                {"receipts":[{"receipt":"1-1-a","acceptedAt":"2026-01-01T00:00:00Z","dedupUntil":"2026-01-01T00:10:00Z","duplicate":true}]}
                """);

        var receipts =
                openclaw.agent("order", "a").sendAll(List.of(Outgoing.of(new Settled(1)), Outgoing.of(new Settled(2))));

        assertThat(receipts).singleElement().matches(receipt -> receipt.duplicate());
        var asked = door.asked.take();
        assertThat(asked.headers()).containsEntry("Content-Type", "application/cloudevents-batch+json");
        assertThat(asked.body()).matches("\\[.*billing.Paid.*\"cents\":1.*billing.Paid.*\"cents\":2.*]");
    }

    @Test
    void sendsTheSameAgainWhenTheContainerIsFullOrAway() throws Exception {
        door.refuses(503, "node.full", "Retry-After", "1");
        door.then(exchange -> {}); // closed without an answer
        door.accepts("1-1-a");

        assertThat(openclaw.agent("order", "a").send(new Settled(1)).id()).isEqualTo(new ReceiptId("1-1-a"));

        var first = door.asked.take();
        assertThat(List.of(door.asked.take(), door.asked.take()))
                .allMatch(again -> again.body().equals(first.body()));
    }

    @Test
    void givesUpWhenItsPatienceIsOver() throws Exception {
        try (var hurried =
                OpenClaw.at(door.uri()).token("t").patience(Duration.ZERO).connect()) {
            door.refuses(429, "inbox.full", "Retry-After", "7");
            assertThatThrownBy(() -> hurried.agent("order", "a").send(new Settled(1)))
                    .isInstanceOfSatisfying(RefusedException.class, refused -> {
                        assertThat(refused.code()).isEqualTo("inbox.full");
                        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(7));
                    });
            door.then(exchange -> {});
            assertThatThrownBy(() -> hurried.agent("order", "a").send(new Settled(1)))
                    .isInstanceOf(UnansweredException.class)
                    .hasMessageContaining("/v1/agents/order/a/messages")
                    .hasMessageContaining("sent again safely");
        }
    }

    @Test
    void saysWhatIsWrongWithABody() {
        door.refuses(422, "message.unfit");

        assertThatThrownBy(() -> openclaw.agent("order", "a").send(new Settled(1)))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(422);
                    assertThat(refused.violations()).containsExactly(new Violation("/a", "a number", "string"));
                })
                .hasMessage("POST /v1/agents/order/a/messages is refused, 422 message.unfit: No.");
    }

    @Test
    void saysThatSomethingElseAnswers() {
        door.then(404, "text/html", "<html>");

        assertThatThrownBy(() -> openclaw.agent("order", "a").send(new Settled(1)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("expected: an OpenClaw container");
    }

    @Test
    void asksAndGetsTheReplyAsARecord() throws Exception {
        door.then(200, "application/json", "{\"total\":3,\"more\":\"than it knows\"}");

        assertThat(openclaw.agent("order", "a").ask(new Settled(1), Total.class, LONG))
                .isEqualTo(new Total(3));
        assertThat(door.asked.take().headers().get("Prefer")).matches("wait=1[0-9]");
    }

    @Test
    void goesOnWaitingByTheReceipt() throws Exception {
        door.accepts("1-1-a");
        door.waits("1-1-a");
        door.replies("1-1-a", "application/json", "{\"total\":4}");

        assertThat(openclaw.agent("order", "a").ask(new Settled(1), Total.class, LONG))
                .isEqualTo(new Total(4));
        assertThat(door.asked.take().method()).isEqualTo("POST");
        assertThat(door.asked.take().target()).isEqualTo("/v1/messages/1-1-a");
    }

    @Test
    void saysThatThereIsNoReply() {
        door.then(204, "application/json", "");

        assertThatThrownBy(() -> openclaw.agent("order", "a").ask(new Settled(1), Total.class, LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not reply");
    }

    @Test
    void looksWhereAMessageIs() throws Exception {
        door.then(200, "application/json", """
                {"receipt":"1-1-a","to":"order/a","type":"order.Placed","acceptedAt":"2026-01-01T00:00:00Z","status":"dead",
                 "at":"2026-01-01T00:00:01Z","code":"turn.failed","cause":"why"}
                """);
        door.refuses(404, "receipt.unknown");

        assertThat(openclaw.message(new ReceiptId("1-1-a")).orElseThrow().status())
                .isEqualTo(new MessageStatus.Dead(Instant.parse("2026-01-01T00:00:01Z"), "turn.failed", "why"));
        assertThat(openclaw.message(new ReceiptId("1-1-b"))).isEmpty();
    }

    @Test
    void hasNoMoreRequestsUnderWayThanItMay() throws Exception {
        var held = new CountDownLatch(1);
        door.then(exchange -> {
            try {
                held.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(404, -1);
        });
        door.accepts("1-1-b");
        try (var narrow = OpenClaw.at(door.uri()).token("t").atOnce(1).connect()) {
            var agent = narrow.agent("order", "a");
            var first = agent.sendAsync(Outgoing.of(new Settled(1)));
            var second = Waiting.on(() -> agent.send(new Settled(2)));
            door.asked.take();
            assertThat(door.asked.poll(50, TimeUnit.MILLISECONDS)).isNull();

            held.countDown();

            assertThat(second.get(20, TimeUnit.SECONDS).id()).isEqualTo(new ReceiptId("1-1-b"));
            assertThat(first).isCompletedExceptionally();
        }
    }

    @Test
    void asksBelowThePathOfAProxy() throws Exception {
        door.accepts("1-1-a");
        try (var behind =
                OpenClaw.at(door.uri().resolve("/claws/one/")).token("secret").connect()) {
            behind.agent("order", "a").send(new Settled(1));
        }
        assertThat(door.asked.take().target()).isEqualTo("/claws/one/v1/agents/order/a/messages");
    }

    @Test
    void wantsAnAddressOfHttpAndNoMore() {
        for (var wrong : List.of(
                "localhost:8080", "ftp://host", "http://a:pass@host", "http://host/?pass", "http://host/#pass")) {
            assertThatThrownBy(() -> OpenClaw.at(URI.create(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected: an address such as http://127.0.0.1:8080")
                    .hasMessageNotContaining("pass");
        }
    }

    @Test
    void wantsDurationsThatCanBe() {
        var builder = OpenClaw.at(URI.create("http://localhost"));

        for (var wrong : List.<Runnable>of(
                () -> builder.timeout(Duration.ZERO),
                () -> builder.timeout(Duration.ofSeconds(Long.MAX_VALUE)),
                () -> builder.patience(Duration.ofSeconds(-1)),
                () -> builder.patience(Duration.ofDays(366)))) {
            assertThatThrownBy(wrong::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected: from PT");
        }
    }
}
