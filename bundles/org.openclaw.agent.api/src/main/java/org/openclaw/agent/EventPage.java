package org.openclaw.agent;

import java.util.List;

/** What came of reading events behind a cursor. */
public sealed interface EventPage {
    /**
     * Nothing between the cursor and {@code next} is missing.
     *
     * @param events in the order in which they happened
     * @param next where to go on, also when no event fitted
     * @param more whether there is more behind {@code next} already, fitting or not
     */
    record Read(List<AgentEvent> events, EventId next, boolean more) implements EventPage {
        public Read {
            events = List.copyOf(events);
        }
    }

    /**
     * What came behind the cursor is not known any more, or not all of it.
     *
     * @param restarted whether the cursor is of an earlier life of the node; otherwise more has happened since than the node
     *     remembers
     */
    record Forgotten(boolean restarted) implements EventPage {}
}
