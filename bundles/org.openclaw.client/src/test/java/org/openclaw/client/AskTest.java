package org.openclaw.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openclaw.message.Body;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;

@Timeout(60)
class AskTest {
    private static final ReceiptId RECEIPT = new ReceiptId("1-1-a");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeTime time = new FakeTime();
    private FakeDoor door;
    private OpenClaw openclaw;

    record Settle(int cents) {}

    record Total(int total) {}

    record Price(BigDecimal amount) {}

    @BeforeEach
    void open() throws Exception {
        door = new FakeDoor();
        openclaw = at(door.uri());
    }

    private OpenClaw at(URI container) {
        return OpenClaw.at(container)
                .token("secret")
                .patience(Duration.ofSeconds(2))
                .time(time)
                .connect();
    }

    @AfterEach
    void close() {
        openclaw.close();
        door.close();
    }

    private Total ask(Duration within) throws InterruptedException {
        return openclaw.agent("order", "a").ask(new Settle(1), Total.class, within);
    }

    @Test
    void isSentAgainWhenTheConnectionBreaksAfterALongWait() throws Exception {
        door.then(exchange -> time.pass(Duration.ofSeconds(30)));
        door.then(200, "application/json", "{\"total\":3}");

        assertThat(ask(MINUTE)).isEqualTo(new Total(3));

        var first = door.asked.take();
        var second = door.asked.take();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(List.of(first.headers().get("Prefer"), second.headers().get("Prefer")))
                .containsExactly("wait=59", "wait=28");
    }

    @Test
    void isOverByItsEndWhenNobodyListens() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (var nobody = at(URI.create("http://127.0.0.1:" + port))) {
            assertThatThrownBy(() -> nobody.agent("order", "a").ask(new Settle(1), Total.class, Duration.ofMillis(500)))
                    .isInstanceOf(UnansweredException.class);
        }
        assertThat(time.passed()).isBetween(Duration.ofMillis(300), Duration.ofMillis(500));
    }

    @Test
    void isOverByItsEndWhenTheContainerIsSilent() {
        door.isSilent();

        assertThatThrownBy(() -> ask(Duration.ofMillis(200)))
                .isInstanceOf(UnansweredException.class)
                .hasMessageContaining("no whole answer in time");
    }

    @Test
    void comesWhenTheContainerSaysUnlessThatIsTooLate() throws Exception {
        door.refuses(503, "node.full", "Retry-After", "1").then(200, "application/json", "{\"total\":3}");
        assertThat(ask(Duration.ofMillis(1_500))).isEqualTo(new Total(3));
        assertThat(time.pauses.take()).isEqualTo(Duration.ofSeconds(1));

        door.refuses(503, "node.full", "Retry-After", "2");
        assertThatThrownBy(() -> ask(Duration.ofMillis(1_500)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo("node.full"));
        assertThat(time.pauses).isEmpty();
    }

    @Test
    void asksLessOftenWhenTheContainerDoesNotWait() throws Exception {
        door.accepts("1-1-a");
        Stream.generate(() -> RECEIPT.value()).limit(4).forEach(door::waits);
        door.replies("1-1-a", "application/json", "{\"total\":4}");

        assertThat(ask(MINUTE)).isEqualTo(new Total(4));

        assertThat(time.pauses)
                .containsExactly(
                        Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
    }

    @Test
    void asksAgainAtOnceWhenTheContainerHasWaited() throws Exception {
        door.accepts("1-1-a");
        door.then(exchange -> {
            time.pass(Duration.ofSeconds(58));
            FakeDoor.write(exchange, 200, "application/json", FakeDoor.waiting("1-1-a"));
        });
        door.replies("1-1-a", "application/json", "{\"total\":4}");

        assertThat(ask(MINUTE.multipliedBy(2))).isEqualTo(new Total(4));

        assertThat(time.pauses).isEmpty();
    }

    @Test
    void saysWithTheReceiptThatThereIsNoReplyYet() {
        door.accepts("1-1-a");
        door.then(exchange -> {
            time.pass(MINUTE);
            FakeDoor.write(exchange, 200, "application/json", FakeDoor.waiting("1-1-a"));
        });

        assertThatThrownBy(() -> ask(MINUTE))
                .isInstanceOfSatisfying(
                        UnansweredException.class,
                        unanswered -> assertThat(unanswered.receipt()).contains(RECEIPT))
                .hasMessageContaining("goes on");
    }

    @Test
    void saysWithTheReceiptThatTheContainerHasGoneMeanwhile() {
        door.accepts("1-1-a");
        door.refuses(503, "node.full");
        door.then(exchange -> {
            time.pass(Duration.ofSeconds(5));
            FakeDoor.write(exchange, 502, "text/html", "<html>");
        });

        assertThatThrownBy(() -> ask(MINUTE))
                .isInstanceOfSatisfying(
                        UnansweredException.class,
                        unanswered -> assertThat(unanswered.receipt()).contains(RECEIPT))
                .hasMessageContaining("within 5")
                .hasMessageContaining("does not reach a container")
                .hasMessageContaining("It was accepted");
    }

    @Test
    void doesNotSayThatAForgottenMessageGoesOn() {
        door.accepts("1-1-a");
        door.refuses(404, "receipt.unknown");

        assertThatThrownBy(() -> ask(MINUTE))
                .isInstanceOfSatisfying(
                        UnansweredException.class,
                        unanswered -> assertThat(unanswered.receipt()).contains(RECEIPT))
                .hasMessageContaining("does not know its receipt")
                .hasMessageNotContaining("goes on");
    }

    @Test
    void keepsAllDigitsOfALateReply() throws Exception {
        var exact = "1234567890.123456789012345678901234567890100";
        door.accepts("1-1-a");
        door.replies("1-1-a", "application/json", "{\"amount\":" + exact + "}");
        door.replies("1-1-a", "application/json", "{\"amount\":" + exact + "}");

        assertThat(openclaw.agent("order", "a").ask(new Settle(1), Price.class, MINUTE))
                .isEqualTo(new Price(new BigDecimal(exact)));
        assertThat(reply()).isEqualTo(Body.json("{\"amount\":" + exact + "}"));
    }

    private Body reply() throws InterruptedException {
        var status = openclaw.message(RECEIPT).orElseThrow().status();
        return ((MessageStatus.Done) status).reply().orElseThrow().body();
    }

    @Test
    void showsAReplyThatIsNoJsonAsWhatItIs() throws Exception {
        door.replies("1-1-a", "text/csv; charset=utf-8", "\"a,b\\nc\"");

        var reply = reply();

        assertThat(reply.mediaType()).isEqualTo("text/csv");
        assertThat(reply.text()).isEqualTo("a,b\nc");
    }

    @Test
    void makesNoRecordOfAReplyThatIsNoJson() {
        door.accepts("1-1-a").replies("1-1-a", "text/csv", "\"a,b\"");
        door.then(200, "text/csv; charset=utf-8", "a,b");

        for (var way : List.of("late", "at once")) {
            assertThatThrownBy(() -> ask(MINUTE))
                    .as(way)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has replied with text/csv");
        }
    }
}
