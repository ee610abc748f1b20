package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openclaw.agent.AgentEvent;
import org.openclaw.agent.AgentEvents;
import org.openclaw.agent.EventFilter;
import org.openclaw.agent.EventId;
import org.openclaw.agent.EventKind;
import org.openclaw.agent.EventPage;
import org.openclaw.message.Address;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;

/** The events that a test lists. Thread-safe. */
final class ListedEvents implements AgentEvents {
    private static final long LIFE = 0xabc;

    private final List<AgentEvent> events = new ArrayList<>();
    private final List<Bell> bells = new CopyOnWriteArrayList<>();
    private int forgotten;

    static EventId id(long number) {
        return new EventId(LIFE, number);
    }

    /** A turn of an agent has ended. */
    void done(Address agent) {
        add(agent, EventKind.TURN_DONE, Optional.empty(), Optional.empty());
    }

    /** A turn of an agent waits for something. */
    void suspended(Address agent, String waitsFor) {
        add(agent, EventKind.TURN_SUSPENDED, Optional.of(waitsFor), Optional.empty());
    }

    /** A turn of an agent has failed, for this cause. */
    void failed(Address agent, String cause) {
        add(agent, EventKind.TURN_FAILED, Optional.empty(), Optional.of(cause));
    }

    private void add(Address agent, EventKind kind, Optional<String> subject, Optional<String> cause) {
        synchronized (this) {
            events.add(new AgentEvent(
                    id(events.size() + 1),
                    ListedAgents.AT,
                    Tenant.DEFAULT,
                    agent,
                    kind,
                    Optional.of(new AgentEvent.TurnView(
                            new ReceiptId("r" + (events.size() + 1)),
                            agent.type() + ".Placed",
                            Optional.of("1.0.0"),
                            Duration.ofMillis(3),
                            subject)),
                    cause.map(_ -> "turn.failed"),
                    cause));
        }
        bells.forEach(Bell::ring);
    }

    /** Only so many of the latest are remembered. */
    synchronized void remember(int latest) {
        forgotten = events.size() - latest;
    }

    @Override
    public synchronized EventId newest() {
        return id(events.size());
    }

    @Override
    public synchronized EventId oldest() {
        return id(forgotten);
    }

    @Override
    public synchronized EventId before(Tenant tenant, EventFilter filter, int latest) {
        return id(Math.max(forgotten, events.size() - latest));
    }

    @Override
    public synchronized EventPage read(Tenant tenant, EventFilter filter, EventId after, int limit) {
        if (after.life() != LIFE || after.number() < forgotten) {
            return new EventPage.Forgotten(after.life() != LIFE);
        }
        var behind = events.stream()
                .filter(event -> event.id().number() > after.number())
                .toList();
        var page = behind.stream()
                .limit(limit)
                .filter(event -> event.tenant().equals(tenant) && filter.matches(event.kind(), event.agent()))
                .toList();
        int seen = Math.min(limit, behind.size());
        return new EventPage.Read(page, id(after.number() + seen), seen < behind.size());
    }

    @Override
    public Watch watch(Runnable more) {
        var bell = new Bell(more);
        bells.add(bell);
        return bell;
    }

    private final class Bell implements Watch {
        private final Runnable more;
        private final AtomicBoolean armed = new AtomicBoolean();

        Bell(Runnable more) {
            this.more = more;
        }

        void ring() {
            if (armed.getAndSet(false)) {
                more.run();
            }
        }

        @Override
        public void arm(EventId after) {
            armed.set(true);
            if (after.number() < newest().number()) {
                ring();
            }
        }

        @Override
        public void close() {
            bells.remove(this);
        }
    }

    /** How many watch. */
    int watches() {
        return bells.size();
    }
}
