package org.openclaw.client;

import java.util.Optional;
import java.util.function.Function;
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
    private final Function<JsonNode, MessageEvent.Ended> end;
    private final EventFrames frames;
    private boolean over;

    /** @param end reads how it ended */
    MessageEvents(Connection connection, Records records, String target, Function<JsonNode, MessageEvent.Ended> end) {
        this.records = records;
        this.end = end;
        frames = new EventFrames(connection, target, "");
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
            var frame = frames.next();
            if (frame.isEmpty()) {
                return Optional.empty();
            }
            switch (frame.get().kind()) {
                case PREVIEW -> {
                    return Optional.of(previewed(records.read(frame.get().data(), JsonNode.class)));
                }
                case END -> {
                    over = true;
                    frames.close();
                    return Optional.of(end.apply(records.read(frame.get().data(), JsonNode.class)));
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
        frames.close();
    }
}
