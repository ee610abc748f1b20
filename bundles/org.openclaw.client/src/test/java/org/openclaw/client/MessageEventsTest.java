package org.openclaw.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;

class MessageEventsTest {
    private static final String STREAM = "text/event-stream";
    private static final ReceiptId RECEIPT = new ReceiptId("1-2-ab");

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

    private static String piece(String id, int attempt, int offset, String text, String more) {
        return "id: %s\nevent: preview\ndata: {\"attempt\":%d,\"offset\":%d,\"text\":\"%s\"%s}\n\n"
                .formatted(id, attempt, offset, text, more);
    }

    @Test
    void followsAMessageToItsEndOverBrokenConnections() throws Exception {
        door.then(
                200,
                STREAM,
                "retry: 1\nid: 0-0-0\n\n" + piece("a-1-5", 1, 0, "Once ", "") + "id: a-1-9\nevent: preview\ndata: {");
        door.refuses(503, "unavailable");
        door.then(
                200,
                STREAM,
                ":\nid: a-1-5\n\n" + piece("b-2-3", 2, 7, " up", ",\"missed\":true")
                        + "id: b-2-3\nevent: later\ndata: {}\n\n"
                        + "id: b-2-3-end\nevent: end\ndata: {\"receipt\":\"1-2-ab\",\"to\":\"order/a\",\"type\":\"order.Tell\","
                        + "\"acceptedAt\":\"2026-01-01T00:00:00Z\",\"status\":\"dead\",\"at\":\"2026-01-01T00:00:01Z\","
                        + "\"code\":\"turn.failed\",\"cause\":\"no luck\"}\n\n");
        try (var events = openclaw.follow(RECEIPT)) {
            assertThat(events.next()).contains(new MessageEvent.Previewed(1, 0, "Once ", false));
            assertThat(events.next()).contains(new MessageEvent.Previewed(2, 7, " up", true));
            assertThat(events.next())
                    .hasValueSatisfying(end -> assertThat(end)
                            .isInstanceOfSatisfying(
                                    MessageEvent.Ended.class,
                                    ended -> assertThat(ended.message().status())
                                            .isInstanceOf(MessageStatus.Dead.class)));
            assertThat(events.next()).isEmpty();
        }
        assertThat(door.asked.take().target()).isEqualTo("/v1/messages/1-2-ab/events");
        assertThat(door.asked.take().headers()).containsEntry("Last-Event-ID", "a-1-5");
        assertThat(door.asked.take().headers()).containsEntry("Last-Event-ID", "a-1-5");
        assertThat(door.asked).isEmpty();
    }

    @Test
    void saysThatTheContainerDoesNotKnowTheMessage() {
        door.refuses(404, "receipt.unknown");
        try (var events = openclaw.follow(RECEIPT)) {
            assertThatThrownBy(events::next)
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            unknown -> assertThat(unknown.code()).isEqualTo("receipt.unknown"));
        }
    }
}
