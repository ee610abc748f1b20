package org.openclaw.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.openclaw.message.ReceiptId;
import tools.jackson.databind.JsonNode;

/**
 * A message, followed to its end: what its turns show of the reply before it is there, and the end. When the connection breaks, or the
 * container is started again, it goes on where it was. For one thread, but that any thread may {@link #close} it.
 *
 * <pre>{@code
 * try (var events = openclaw.follow(receipt.id())) {
 *     for (var next = events.next(); next.isPresent(); next = events.next()) {
 *         switch (next.get()) {
 *             case MessageEvent.Previewed piece -> show(piece);
 *             case MessageEvent.Ended end -> done(end.message());
 *         }
 *     }
 * }
 * }</pre>
 */
public final class MessageEvents implements AutoCloseable {
    private static final String PREVIEW = "preview";
    private static final String END = "end";

    private final Records records;
    private final TrackedJson tracked;
    private final SentEvents events;
    private boolean over;

    MessageEvents(Connection connection, Records records, TrackedJson tracked, ReceiptId receipt) {
        this.records = records;
        this.tracked = tracked;
        events = new SentEvents(connection, ApiPath.message(receipt) + "/events", "");
    }

    /**
     * Waits for what comes next; empty behind the end of the message, and once this is closed. While the container is away it goes on
     * trying.
     *
     * @throws RefusedException when the container refuses for good: {@code receipt.unknown} when it does not know the message, or not
     *     any more
     */
    public Optional<MessageEvent> next() throws InterruptedException {
        while (!over) {
            var event = events.next();
            if (event.isEmpty()) {
                return Optional.empty();
            }
            byte[] data = event.get().data().getBytes(StandardCharsets.UTF_8);
            switch (event.get().name()) {
                case PREVIEW -> {
                    return Optional.of(previewed(records.tree(data)));
                }
                case END -> {
                    over = true;
                    events.close();
                    return Optional.of(new MessageEvent.Ended(tracked.read(data)));
                }
                default -> {
                    // there may be others one day
                }
            }
        }
        return Optional.empty();
    }

    private static MessageEvent.Previewed previewed(JsonNode json) {
        return new MessageEvent.Previewed(
                json.path("attempt").asInt(0),
                json.path("offset").asLong(0),
                json.path("text").asString(""),
                json.path("missed").asBoolean(false));
    }

    /** Nothing comes any more; whoever waits hears of it. The message goes on. */
    @Override
    public void close() {
        events.close();
    }
}
