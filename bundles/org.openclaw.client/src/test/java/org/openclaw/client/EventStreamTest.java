package org.openclaw.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openclaw.message.Address;

@Timeout(60)
class EventStreamTest {
    private static final String STREAM = "text/event-stream";

    private final FakeTime time = new FakeTime();
    private FakeDoor door;
    private OpenClaw openclaw;

    @BeforeEach
    void open() throws Exception {
        door = new FakeDoor();
        openclaw = OpenClaw.at(door.uri()).token("secret").time(time).connect();
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

        assertThatThrownBy(() -> openclaw.events(
                        EventQuery.of(Address.of("order", "a b")).from(new EventQuery.From.Behind("old-1"))))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        forgotten -> assertThat(forgotten.code()).isEqualTo("events.forgotten"));
        assertThat(door.asked.remove().target()).isEqualTo("/v1/agents/order/a%20b/events");
    }

    @Test
    void isThereBeforeItIsRead() throws Exception {
        door.then(200, STREAM, "retry: 1\nid: a-1\n\n").then(200, STREAM, event("a-2", "turn.done"));
        try (var events = openclaw.events(EventQuery.all())) {
            assertThat(door.asked.take().headers()).containsEntry("Last-Event-ID", "");
            assertThat(events.lastId()).isEqualTo("a-1");

            assertThat(events.next().orElseThrow().id()).isEqualTo("a-2");
        }
        assertThat(door.asked.take().headers()).containsEntry("Last-Event-ID", "a-1");
    }

    @Test
    void losesNoEventThatComesWhileItIsOpened() throws Exception {
        door.stalls(STREAM, event("a-1", "turn.begun") + event("a-2", "turn.done"));
        try (var events = openclaw.events(EventQuery.all())) {
            assertThat(events.lastId()).isEmpty();
            assertThat(events.next().orElseThrow().id()).isEqualTo("a-1");
            assertThat(events.next().orElseThrow().id()).isEqualTo("a-2");
        }
    }

    @Test
    void isOpenedWithTheSamePatienceAsAllElse() {
        door.refuses(503, "streams.full", "Retry-After", "20");
        door.refuses(503, "streams.full", "Retry-After", "20");

        assertThatThrownBy(() -> openclaw.events(EventQuery.all()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo("streams.full"))
                .hasMessage("GET /v1/events is refused, 503 streams.full: No.");
        assertThat(door.asked).hasSize(2);
    }

    @Test
    void isOpenedAgainWhenItFallsSilent() throws Exception {
        door.stalls(STREAM, event("a-1", "turn.done")).then(200, STREAM, event("a-2", "turn.done"));
        try (var impatient = OpenClaw.at(door.uri())
                        .token("secret")
                        .silence(Duration.ofSeconds(1))
                        .time(time)
                        .connect();
                var events = impatient.events(EventQuery.all())) {
            assertThat(events.next()).isPresent();
            assertThat(events.next().orElseThrow().id()).isEqualTo("a-2");
        }
    }

    @Test
    void failsOnceWhereEventsAreMissing() throws Exception {
        door.then(
                200,
                STREAM,
                "id: a-1\n\nid: a-9\nevent: events.missed\ndata: {\"kind\":\"events.missed\",\"cause\":\"Read faster.\"}\n\n"
                        + event("a-10", "turn.done"));
        try (var events = openclaw.events(EventQuery.all())) {
            assertThatThrownBy(events::next)
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            missed -> assertThat(missed.code()).isEqualTo("events.forgotten"))
                    .hasMessageContaining("Read faster.");
            assertThat(events.next().orElseThrow().id()).isEqualTo("a-10");
        }
    }

    @Test
    void goesOnWhileAProxyDoesNotReachTheContainer() throws Exception {
        door.then(200, STREAM, "retry: 2000\nid: a-1\n\n");
        door.then(502, "text/html", "<html>").then(504, "text/html", "<html>", "Retry-After", "4");
        door.refuses(503, "streams.full", "Retry-After", "86400");
        door.then(200, STREAM, event("a-2", "turn.done"));
        try (var events = openclaw.events(EventQuery.all())) {
            assertThat(events.next().orElseThrow().id()).isEqualTo("a-2");
        }
        assertThat(time.pauses)
                .containsExactly(
                        Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(30));
    }

    @Test
    void endsWhenItIsClosedWhileItReads() throws Exception {
        door.stalls(STREAM, event("a-1", "turn.done"));
        var events = openclaw.events(EventQuery.all());
        assertThat(events.next()).isPresent();
        var end = Waiting.on(events::next);

        events.close();

        assertThat(end.get(20, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void endsWhenItIsClosedWhileItIsOpened() throws Exception {
        door.then(200, STREAM, "id: a-1\n\n").isSilent();
        var events = openclaw.events(EventQuery.all());
        door.asked.take();
        var end = Waiting.on(events::next);
        door.asked.take();

        events.close();

        assertThat(end.get(20, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void endsWhenTheClientIsClosed() throws Exception {
        time.stop();
        door.then(200, STREAM, "id: a-1\n\n");
        var events = openclaw.events(EventQuery.all());
        var end = Waiting.on(events::next);
        time.pauses.take();

        openclaw.close();

        assertThat(end.get(20, TimeUnit.SECONDS)).isEmpty();
        assertThatThrownBy(() -> openclaw.events(EventQuery.all())).isInstanceOf(UnansweredException.class);
    }
}
