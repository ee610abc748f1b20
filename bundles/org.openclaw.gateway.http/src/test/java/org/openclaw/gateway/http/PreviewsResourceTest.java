package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;

class PreviewsResourceTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:01Z");
    private static final ReceiptId RECEIPT = new ReceiptId("r1");
    private static final String TARGET = "/v1/messages/r1/events";

    private final TestDoor door = new TestDoor();

    @BeforeEach
    void oneRuns() {
        is(new MessageStatus.Running(AT, "1.0.0"));
        door.bus.outcomes.put(RECEIPT, new CompletableFuture<>());
    }

    private void is(MessageStatus status) {
        door.bus.statuses.put(RECEIPT, status);
    }

    private static String text(EventFeed feed) {
        var text = new StringBuilder();
        EventFeed.Next next;
        do {
            next = feed.next();
            text.append(new String(next.bytes(), StandardCharsets.UTF_8));
        } while (next.more() && !feed.isOver());
        return text.toString();
    }

    private static EventFeed feed(TestDoor.Ask ask) {
        var answer = ask.answer();
        assertThat(answer).isInstanceOf(Answer.Stream.class);
        return ((Answer.Stream) answer).feed();
    }

    private EventFeed feed() {
        return feed(door.ask("GET", TARGET));
    }

    @Test
    void refusesReceiptsAndIdsThatItDoesNotKnow() {
        assertThat(door.ask("GET", "/v1/messages/r2/events").response().status())
                .isEqualTo(404);
        var other = door.ask("GET", TARGET).with("Last-Event-ID", "5f3c-2a").responseJson();
        assertThat(other.path("code").asString()).isEqualTo("event.id.invalid");
        door.present = false;
        assertThat(door.ask("GET", TARGET).response().status()).isEqualTo(503);
    }

    /** Somebody has got the end of a message that was redriven since. */
    @Test
    void goesOnBehindAnEndThatWasNone() {
        door.previews.show("r1", "again");
        var id = text(feed())
                .lines()
                .filter(line -> line.startsWith("id: "))
                .findFirst()
                .orElseThrow()
                .substring(4);

        assertThat(text(feed(door.ask("GET", TARGET).with("Last-Event-ID", id + "-end"))))
                .isEmpty();
    }

    @Test
    void isForWhoeverMayAskWhereTheMessageIs() {
        assertThat(door.ask("GET", TARGET)
                        .with("Authorization", "Bearer sender-token")
                        .answer())
                .isInstanceOf(Answer.Stream.class);
        assertThat(door.ask("HEAD", TARGET).response().headers()).containsEntry("Content-Type", "text/event-stream");
    }

    @Test
    void givesTheEndOfAMessageThatHasEndedAtOnce() {
        var dead = new MessageStatus.Dead(AT, "turn.failed", "no luck");
        is(dead);
        door.bus.end("r1", dead);
        var feed = feed();

        assertThat(text(feed))
                .isEqualTo("id: 0000000000000000-0-0-end\nevent: end\ndata: {\"receipt\":\"r1\",\"to\":\"order/7\","
                        + "\"type\":\"order.Placed\",\"acceptedAt\":\"2026-11-01T12:00:00Z\",\"status\":\"dead\","
                        + "\"at\":\"2026-11-01T12:00:01Z\",\"code\":\"turn.failed\",\"cause\":\"no luck\"}\n\n");
        assertThat(feed.isOver()).isTrue();
    }

    @Test
    void tellsWhatWasShownBeforeTheEndFirst() {
        var feed = feed();
        door.previews.show("r1", "all of it");
        door.bus.end("r1", new MessageStatus.Done(AT, "1.0.0", Optional.empty()));

        assertThat(text(feed)).containsSubsequence("event: preview", "all of it", "event: end");
    }

    @Test
    void saysWhatIsForgotten() {
        door.previews.show("r1", "0123456789");
        door.previews.forget("r1", 4);

        assertThat(text(feed())).contains("{\"attempt\":1,\"offset\":4,\"text\":\"456789\",\"missed\":true}");
    }

    @Test
    void writesALongTextInPieces() {
        door.previews.show("r1", "x".repeat(5000));

        assertThat(text(feed()).lines().filter(line -> line.startsWith("event: preview")))
                .hasSize(3);
    }

    @Test
    void endsWithoutAnEndWhenNobodyWillSayHowItEnded() {
        var feed = feed();
        door.bus.end("r1", new MessageStatus.Waiting(Optional.of("This node has stopped.")));

        assertThat(text(feed)).isEmpty();
        assertThat(feed.isOver()).isTrue();
    }

    @Test
    void callsItsStreamWhenTheMessageEndsAndHoldsOnToNothingElse() {
        var endings = new Endings();
        var outcome = new CompletableFuture<MessageStatus>();
        door.bus.outcomes.put(RECEIPT, outcome);
        var calls = new int[1];
        Runnable call = () -> calls[0]++;
        for (int time = 0; time < 100; time++) {
            var ending = endings.of(door.bus, Tenant.DEFAULT, RECEIPT).orElseThrow();
            ending.listen(call);
            if (time < 99) {
                ending.leave(call);
            }
        }
        assertThat(endings.size()).isEqualTo(1);
        assertThat(outcome.getNumberOfDependents()).isEqualTo(1);
        door.bus.end("r1", new MessageStatus.Done(AT, "1.0.0", Optional.empty()));

        assertThat(calls[0]).isEqualTo(1);
        assertThat(endings.size()).isZero();
    }
}
