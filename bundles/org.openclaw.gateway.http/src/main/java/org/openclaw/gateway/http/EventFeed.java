package org.openclaw.gateway.http;

import org.openclaw.agent.AgentEvents;
import org.openclaw.agent.EventFilter;
import org.openclaw.agent.EventId;
import org.openclaw.agent.EventPage;
import org.openclaw.message.Tenant;

/** What one stream has to tell, and how far it has come. For one thread at a time. */
final class EventFeed {
    /** How many events are written at once: about 5 KiB, and what a client that takes nothing keeps in memory. */
    private static final int AT_ONCE = 16;

    private static final byte[] NOTHING = {};

    private final AgentEvents events;
    private final Tenant tenant;
    private final EventFilter filter;
    private EventId at;

    EventFeed(AgentEvents events, Tenant tenant, EventFilter filter, EventId from) {
        this.events = events;
        this.tenant = tenant;
        this.filter = filter;
        this.at = from;
    }

    /**
     * What comes next.
     *
     * @param bytes empty when no event fits, so far
     * @param more whether there is more to look at
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Next(byte[] bytes, boolean more) {}

    Next next() {
        return switch (events.read(tenant, filter, at, AT_ONCE)) {
            case EventPage.Read page -> {
                at = page.next();
                yield new Next(page.events().isEmpty() ? NOTHING : EventFrame.of(page.events()), page.more());
            }
            case EventPage.Forgotten _ -> {
                // behind everything: what is the oldest now will be overtaken again
                at = events.newest();
                yield new Next(EventFrame.missed(at), false);
            }
        };
    }

    /** Behind which event it goes on. */
    EventId at() {
        return at;
    }

    /** Where it reads. */
    AgentEvents source() {
        return events;
    }
}
