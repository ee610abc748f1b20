package org.openclaw.gateway.http;

import org.openclaw.agent.AgentEvents;
import org.openclaw.agent.EventId;

/**
 * What agents do.
 *
 * @param part which service it is
 * @param events it, as it was
 */
record AgentSource(Part<AgentEvents> part, AgentEvents events) implements EventSource {
    @Override
    public boolean isThere() {
        return part.service().get().filter(events::equals).isPresent();
    }

    @Override
    public Bell watch(Runnable more) {
        return new AgentBell(events, events.watch(more));
    }

    private static final class AgentBell implements Bell {
        private final AgentEvents events;
        private final AgentEvents.Watch watch;
        private EventId seen;

        AgentBell(AgentEvents events, AgentEvents.Watch watch) {
            this.events = events;
            this.watch = watch;
            seen = events.newest();
        }

        @Override
        public void look() {
            seen = events.newest();
        }

        @Override
        public void arm() {
            watch.arm(seen);
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}
