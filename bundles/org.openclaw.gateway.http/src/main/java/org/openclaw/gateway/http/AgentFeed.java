package org.openclaw.gateway.http;

import org.openclaw.agent.EventFilter;
import org.openclaw.agent.EventId;
import org.openclaw.agent.EventPage;
import org.openclaw.message.Tenant;

/** What agents do, for one stream. For one thread at a time. */
final class AgentFeed implements EventFeed {
    /** How many events are written at once: about 5 KiB, and what a client that takes nothing keeps in memory. */
    private static final int AT_ONCE = 16;

    private static final byte[] NOTHING = {};

    private final AgentSource source;
    private final Tenant tenant;
    private final EventFilter filter;
    private EventId at;

    AgentFeed(AgentSource source, Tenant tenant, EventFilter filter, EventId from) {
        this.source = source;
        this.tenant = tenant;
        this.filter = filter;
        this.at = from;
    }

    @Override
    public Next next() {
        return switch (source.events().read(tenant, filter, at, AT_ONCE)) {
            case EventPage.Read page -> {
                at = page.next();
                yield new Next(page.events().isEmpty() ? NOTHING : EventFrame.of(page.events()), page.more());
            }
            case EventPage.Forgotten _ -> {
                // behind everything: what is the oldest now will be overtaken again
                at = source.events().newest();
                yield new Next(EventFrame.missed(at), false);
            }
        };
    }

    @Override
    public String at() {
        return at.toString();
    }

    @Override
    public EventSource source() {
        return source;
    }
}
