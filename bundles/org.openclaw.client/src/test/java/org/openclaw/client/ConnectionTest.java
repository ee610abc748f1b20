package org.openclaw.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openclaw.message.Receipt;
import org.openclaw.message.ReceiptId;

@Timeout(60)
class ConnectionTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    Path temp;

    private final FakeTime time = new FakeTime();
    private FakeDoor door;

    record Settle(int cents) {}

    @BeforeEach
    void open() throws Exception {
        door = new FakeDoor();
    }

    @AfterEach
    void close() {
        door.close();
    }

    private OpenClaw.Builder narrow() {
        return narrow(door.uri());
    }

    private OpenClaw.Builder narrow(URI container) {
        return OpenClaw.at(container).token("secret").atOnce(1).time(time);
    }

    private static CompletableFuture<Receipt.Accepted> send(OpenClaw openclaw) throws InterruptedException {
        return openclaw.agent("order", "a").sendAsync(Outgoing.of(new Settle(1)));
    }

    private static void assertAccepted(CompletableFuture<Receipt.Accepted> sent) throws Exception {
        assertThat(sent.get(20, TimeUnit.SECONDS).id()).isEqualTo(new ReceiptId("1-1-a"));
    }

    @Test
    void triesAgainWhatFallsSilentInTheMiddleOfAnAnswer() throws Exception {
        try (var openclaw =
                narrow().timeout(SHORT).patience(Duration.ofDays(365)).connect()) {
            door.stalls("application/json", "{\"receipt\":");
            // on a machine that is busy more tries than one may be late
            IntStream.range(0, 100).forEach(_ -> door.accepts("1-1-a"));

            assertAccepted(send(openclaw));
        }
    }

    @Test
    void givesUpWhatFallsSilentAndItsPlaceToOthers() throws Exception {
        try (var openclaw = narrow().timeout(SHORT).patience(Duration.ZERO).connect()) {
            for (int ask = 0; ask < 2; ask++) {
                door.stalls("application/json", "{\"receipt\":");

                assertThatThrownBy(() -> Futures.await(send(openclaw)))
                        .isInstanceOf(UnansweredException.class)
                        .hasMessageContaining("no whole answer in time");
            }
        }
    }

    @Test
    void hangsUpWhenAPeerFallsSilent() throws Exception {
        for (var answer : List.of(
                "",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{",
                "HTTP/1.1 503 Full\r\nContent-Length: 10\r\n\r\n{",
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nid: 1\n\n")) {
            CompletableFuture<Boolean> over;
            try (var peer = new SilentPeer(answer);
                    var openclaw = narrow(peer.uri())
                            .timeout(SHORT)
                            .silence(SHORT)
                            .patience(Duration.ZERO)
                            .connect()) {
                over = Waiting.on(() -> answer.contains("event")
                                ? openclaw.events(EventQuery.all()).next()
                                : openclaw.message(new ReceiptId("1-1-a")))
                        .handle((_, _) -> true);

                assertThat(peer.hungUp.get(20, TimeUnit.SECONDS)).as(answer).isEqualTo(-1);
            }
            assertThat(over).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void failsAtOnceWhatWaitsWhenItIsClosed() throws Exception {
        time.stop();
        var openclaw = narrow().connect();
        door.refuses(503, "node.full");
        var refused = send(openclaw);
        time.pauses.take();
        var without = Waiting.on(() -> openclaw.agent("order", "a").send(new Settle(1)));

        openclaw.close();

        assertThatThrownBy(() -> Futures.await(refused))
                .isInstanceOf(UnansweredException.class)
                .hasMessageContaining("before the client was closed");
        assertThat(without).failsWithin(Duration.ofSeconds(20));
        assertThatThrownBy(() -> send(openclaw))
                .isInstanceOf(UnansweredException.class)
                .hasMessageContaining("has not left: the client is closed");
    }

    @Test
    void failsWhatIsUnderWayWhenItIsClosed() throws Exception {
        var openclaw = narrow().connect();
        door.isSilent();
        var silent = send(openclaw);
        door.asked.take();

        openclaw.close();

        assertThatThrownBy(() -> Futures.await(silent)).isInstanceOf(UnansweredException.class);
    }

    @Test
    void triesAgainWhenAProxyDoesNotReachTheContainer() throws Exception {
        try (var openclaw = narrow().connect()) {
            door.then(502, "text/html", "<html>").then(504, "text/html", "<html>");
            door.accepts("1-1-a");

            assertAccepted(send(openclaw));
        }
    }

    @Test
    void readsTheTokenAgainForEachTry() throws Exception {
        var file = Files.writeString(temp.resolve("token"), "old\n");
        try (var openclaw = narrow().tokenFile(file).connect()) {
            door.then(exchange -> {
                Files.writeString(file, "new\n");
                FakeDoor.write(exchange, 503, "text/html", "");
            });
            door.accepts("1-1-a");

            assertAccepted(send(openclaw));
        }
        assertThat(door.asked.take().headers()).containsEntry("Authorization", "Bearer old");
        assertThat(door.asked.take().headers()).containsEntry("Authorization", "Bearer new");
    }

    @Test
    void keepsNoPlaceForWhatCannotBeAsked() throws Exception {
        var file = temp.resolve("token");
        try (var openclaw = narrow().tokenFile(file).connect()) {
            assertThatThrownBy(() -> Futures.await(send(openclaw))).hasMessageContaining(file.toString());
            Files.writeString(file, "there");
            door.accepts("1-1-a");

            assertAccepted(send(openclaw));
        }
    }

    @Test
    void doesNotWaitForAPlaceForLongerThanForTheReply() throws Exception {
        try (var openclaw = narrow().connect()) {
            door.isSilent();
            var _ = send(openclaw);
            door.asked.take();

            assertThatThrownBy(() -> openclaw.agent("order", "a").ask(new Settle(1), Settle.class, SHORT))
                    .isInstanceOf(UnansweredException.class)
                    .hasMessageContaining("has not left: 1 requests are under way");
        }
    }
}
