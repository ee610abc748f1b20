package org.openclaw.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openclaw.message.Address;

class EventStreamTest {
    private static final String STREAM = "text/event-stream";

    private FakeDoor door;
    private OpenClaw openclaw;

    @BeforeEach
    void open() throws Exception {
        door = new FakeDoor();
        openclaw = OpenClaw.at(door.uri()).token("secret").connect();
    }

    @AfterEach
    void close() {
        openclaw.close();
        door.close();
    }

    private static String event(String id, String kind) {
        return "id: %s\nevent: %s\ndata: {\"id\":\"%s\",\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"%s\",\"agent\":\"order/a\",\"millis\":3}\n\n"
                .formatted(id, kind, id, kind);
    }

    @Test
    void goesOnBehindTheLastEventWhenTheConnectionBreaks() throws Exception {
        door.then(
                200,
                STREAM,
                "retry: 1\nid: a-1\n\n" + event("a-2", "turn.done") + "id: a-3\nevent: turn.done\ndata: {\"ha");
        door.refuses(503, "gateway.full");
        door.then(200, STREAM, ":\n\n" + event("a-3", "turn.failed"));
        try (var events = openclaw.events(
                EventQuery.all().type("order").kinds("turn.done", "turn.failed").from(new EventQuery.From.Start()))) {
            var first = events.next().orElseThrow();
            assertThat(first.kind()).isEqualTo("turn.done");
            assertThat(first.agent()).contains("order/a");
            assertThat(first.millis()).contains(3L);
            assertThat(events.next().orElseThrow().kind()).isEqualTo("turn.failed");
            assertThat(events.lastId()).isEqualTo("a-3");
        }
        assertThat(door.asked.take().target())
                .isEqualTo("/v1/events?type=order&kind=turn.done%2Cturn.failed&since=start");
        assertThat(door.asked.take().headers()).containsEntry("Last-Event-ID", "a-2");
        assertThat(door.asked.take().headers()).containsEntry("Last-Event-ID", "a-2");
    }

    @Test
    void saysThatTheContainerHasForgotten() {
        door.refuses(410, "events.forgotten");
        try (var events =
                openclaw.events(EventQuery.of(Address.of("order", "a b")).from(new EventQuery.From.Behind("old-1")))) {
            assertThatThrownBy(events::next)
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            forgotten -> assertThat(forgotten.code()).isEqualTo("events.forgotten"));
        }
        assertThat(door.asked.remove().target()).isEqualTo("/v1/agents/order/a%20b/events");
    }

    @Test
    void endsWhenItIsClosed() throws Exception {
        var never = new CountDownLatch(1);
        door.then(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", STREAM);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(event("a-1", "turn.done").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                never.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        });
        CompletableFuture<Optional<AgentEvent>> end;
        try (var events = openclaw.events(EventQuery.all())) {
            assertThat(events.next()).isPresent();
            end = CompletableFuture.supplyAsync(() -> {
                try {
                    return events.next();
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            });
        }
        assertThat(end.get(20, TimeUnit.SECONDS)).isEmpty();
        never.countDown();
    }
}
