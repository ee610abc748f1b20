package org.openclaw.client;

import java.util.Optional;

/**
 * What agents do, as it happens. When the connection breaks it is opened again behind the last event that was read, so that nothing is
 * missed and nothing comes twice; where the container has forgotten that one, {@link #next} says so. For one thread, but that any
 * thread may {@link #close} it.
 */
public final class EventStream implements AutoCloseable {
    private final Records records;
    private final EventFrames frames;

    EventStream(Connection connection, Records records, EventQuery query) {
        this.records = records;
        frames = new EventFrames(
                connection, query.target(), query.from() instanceof EventQuery.From.Behind(var id) ? id : "");
    }

    /**
     * Waits for the next event; empty once this is closed. While the container is away it goes on trying.
     *
     * @throws RefusedException when the container refuses for good: {@code events.forgotten} when it does not remember the last event
     *     any more, and then a new stream from the start says what it does remember
     */
    public Optional<AgentEvent> next() throws InterruptedException {
        return frames.next()
                .map(frame -> records.read(frame.data(), AgentEvent.class).withId(frame.id()));
    }

    /** Behind which event a later stream goes on; empty text when none has come yet. */
    public String lastId() {
        return frames.lastId();
    }

    /** Nothing comes any more; whoever waits for an event hears of it. */
    @Override
    public void close() {
        frames.close();
    }
}
