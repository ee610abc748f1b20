package org.openclaw.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What agents do, as it happens. When the connection breaks, or says nothing for longer than a container that lives does, it is opened
 * again behind the last event that was read, so that nothing is missed and nothing comes twice; where the container has forgotten
 * something, {@link #next} says so. For one thread, but that any thread may {@link #close} it; closing the {@link OpenClaw} closes it,
 * too.
 */
public final class EventStream implements AutoCloseable {
    private static final String MISSED = "events.missed";
    private static final String FORGOTTEN = "events.forgotten";

    private final SentEvents events;
    private final Records records;
    private final String what;

    private EventStream(SentEvents events, Records records, String what) {
        this.events = events;
        this.records = records;
        this.what = what;
    }

    static EventStream open(Connection connection, Records records, EventQuery query) throws InterruptedException {
        var behind = query.from() instanceof EventQuery.From.Behind(var id) ? id : "";
        var events = new SentEvents(connection, query.target(), behind);
        try {
            events.connect();
        } catch (RuntimeException | InterruptedException failed) {
            events.close();
            throw failed;
        }
        return new EventStream(events, records, Call.get(query.target()).what());
    }

    /**
     * Waits for the next event; empty once this is closed. While the container is away it goes on trying.
     *
     * @throws RefusedException when the container refuses for good: {@code events.forgotten} when it does not remember what comes
     *     next, since too much has happened meanwhile, or it was started again. Where it goes on behind what is missing, so does this
     *     when it is asked once more; a new stream from the start says all that is remembered
     * @throws IllegalArgumentException when something else comes than an event; the next call goes on behind it
     */
    public Optional<AgentEvent> next() throws InterruptedException {
        var sent = events.next();
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        var event = records.read(sent.get().data().getBytes(StandardCharsets.UTF_8), AgentEvent.class);
        if (event.kind().equals(MISSED)) {
            throw new RefusedException(
                    what,
                    410,
                    FORGOTTEN,
                    event.cause().orElse("Events are missing here."),
                    Optional.empty(),
                    List.of());
        }
        return Optional.of(event.withId(sent.get().id()));
    }

    /** Behind which event a later stream goes on; empty text when the container has not said so yet. */
    public String lastId() {
        return events.lastId();
    }

    /** Nothing comes any more; whoever waits for an event hears of it. */
    @Override
    public void close() {
        events.close();
    }
}
