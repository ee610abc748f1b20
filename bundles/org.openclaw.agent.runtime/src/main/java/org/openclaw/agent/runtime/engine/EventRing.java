package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.AgentEvent;
import org.openclaw.agent.AgentEvents;
import org.openclaw.agent.EventFilter;
import org.openclaw.agent.EventId;
import org.openclaw.agent.EventKind;
import org.openclaw.agent.EventPage;
import org.openclaw.agent.RecentTurn;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

/**
 * What has happened lately to all agents: a ring that forgets the oldest. Written behind commits by the thread of the {@link Core}
 * alone, read by any thread; without a lock.
 *
 * <p>Each place says which event it holds. So a reader who is overtaken finds another one than it expects, and knows that it has
 * missed some. An event is put into its place first, and counted then: what is counted can be read.
 *
 * <p>An event takes about 160 bytes, and up to 700 where it tells a cause.
 */
final class EventRing implements AgentEvents {
    /** How many events are looked at in one go: less than a millisecond's worth. */
    private static final int MOST_LOOKS = 10_000;

    private static final int MOST_EVENTS = 1_000;
    private static final int MOST_TEXT = 500;

    private final long life;
    private final InstantSource clock;
    private final Surroundings.Threads threads;
    private final AtomicReferenceArray<@Nullable Entry> ring;
    /** How many there have been: the number of the newest. */
    private final AtomicLong count = new AtomicLong();

    private final CopyOnWriteArrayList<EventWatch> watches = new CopyOnWriteArrayList<>();

    /**
     * @param life of this node
     * @param threads run those that are called
     */
    EventRing(int size, long life, InstantSource clock, Surroundings.Threads threads) {
        this.life = life;
        this.clock = clock;
        this.threads = threads;
        ring = new AtomicReferenceArray<>(size);
    }

    /**
     * A message and its turn.
     *
     * @param message its number
     * @param secret of its receipt
     * @param type of the message
     * @param version that ran the turn; empty text when there was none
     * @param nanos how long it took
     * @param subject the name of a step, or what is waited for; empty text for none
     */
    record Told(long message, long secret, String type, String version, long nanos, String subject) {
        static Told of(Ticket ticket, String type) {
            return new Told(ticket.number(), ticket.secret(), type, "", 0, "");
        }

        static Told of(TurnEnd turn, String subject) {
            return new Told(
                    turn.job().number(),
                    turn.envelope().secret(),
                    turn.envelope().message().type(),
                    turn.version().version(),
                    turn.nanos(),
                    subject);
        }
    }

    /**
     * One event.
     *
     * @param at microseconds since 1970
     * @param agent the number of the agent
     * @param told null when it is about the agent alone
     * @param code empty text when nothing failed
     */
    private record Entry(
            long number,
            EventKind kind,
            long at,
            AgentName name,
            long agent,
            @Nullable Told told,
            String code,
            String cause) {
        AgentEvent view(long life) {
            return new AgentEvent(
                    new EventId(life, number),
                    Micros.instant(at),
                    name.tenant(),
                    name.address(),
                    kind,
                    Optional.ofNullable(told)
                            .map(turn -> new AgentEvent.TurnView(
                                    new Ticket(agent, turn.message, turn.secret).id(),
                                    turn.type,
                                    said(turn.version),
                                    Duration.ofNanos(turn.nanos),
                                    said(turn.subject))),
                    said(code),
                    said(cause));
        }

        /** As the end of a message; empty when it tells something else. */
        Optional<RecentTurn> ending() {
            var outcome = outcome();
            var turn = told;
            return outcome == null || turn == null
                    ? Optional.empty()
                    : Optional.of(new RecentTurn(
                            new Ticket(agent, turn.message, turn.secret).id(),
                            turn.type,
                            said(turn.version),
                            Micros.instant(at),
                            Duration.ofNanos(turn.nanos),
                            outcome,
                            said(code),
                            said(cause)));
        }

        private RecentTurn.@Nullable Outcome outcome() {
            return switch (kind) {
                case TURN_DONE -> RecentTurn.Outcome.DONE;
                case TURN_FAILED -> RecentTurn.Outcome.FAILED;
                case TURN_DEAD -> RecentTurn.Outcome.DEAD;
                case TURN_CANCELLED -> RecentTurn.Outcome.CANCELLED;
                case TURN_EXPIRED -> RecentTurn.Outcome.EXPIRED;
                case TURN_SUSPENDED,
                        TURN_RESUMED,
                        STEP_RECORDED,
                        AGENT_CREATED,
                        AGENT_SUSPENDED,
                        AGENT_RESUMED,
                        AGENT_QUARANTINED,
                        AGENT_DRAINING,
                        AGENT_RETIRED,
                        AGENT_PURGED -> null;
            };
        }

        private static Optional<String> said(String text) {
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
    }

    /** Something has happened to the message of an agent. For the thread of the core. */
    void add(EventKind kind, AgentName name, long agent, long at, Told told, String code, String cause) {
        append(new Entry(count.get() + 1, kind, at, name, agent, told, code, cut(cause)));
    }

    /** The same now, and nothing has failed. */
    void add(EventKind kind, AgentName name, long agent, Told told) {
        add(kind, name, agent, Micros.of(clock.instant()), told, "", "");
    }

    /** Something has happened to an agent; {@code cause}: empty text for none. For the thread of the core. */
    void add(EventKind kind, AgentName name, long agent, String cause) {
        append(new Entry(count.get() + 1, kind, Micros.of(clock.instant()), name, agent, null, "", cut(cause)));
    }

    /** As much of a text as is remembered. */
    static String cut(String text) {
        return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
    }

    private void append(Entry entry) {
        ring.setRelease(index(entry.number), entry);
        count.set(entry.number); // before it is asked who is armed: see EventWatch
        if (!watches.isEmpty()) {
            watches.forEach(EventWatch::happened);
        }
    }

    private int index(long number) {
        return (int) (number % ring.length());
    }

    /** The event with a number; null when it has been forgotten. */
    private @Nullable Entry at(long number) {
        var entry = ring.getAcquire(index(number));
        return entry != null && entry.number == number ? entry : null;
    }

    /** How the latest messages of one agent ended, newest first, as far as that is remembered: looks at all that is. */
    List<RecentTurn> endings(long agent, int limit) {
        var found = new ArrayList<RecentTurn>();
        var entry = at(count.get());
        while (entry != null && found.size() < limit) {
            if (entry.agent == agent) {
                entry.ending().ifPresent(found::add);
            }
            entry = at(entry.number - 1);
        }
        return List.copyOf(found);
    }

    @Override
    public EventId newest() {
        return new EventId(life, count.get());
    }

    @Override
    public EventId oldest() {
        return new EventId(life, Math.max(0, count.get() - ring.length()));
    }

    @Override
    public EventId before(Tenant tenant, EventFilter filter, int latest) {
        if (latest < 0 || latest > MOST_EVENTS) {
            throw new IllegalArgumentException("latest: " + latest + " (expected: 0 to " + MOST_EVENTS + ")");
        }
        long before = count.get();
        int left = latest;
        for (var entry = at(before); entry != null && left > 0; entry = at(before)) {
            before--;
            if (matches(entry, tenant, filter)) {
                left--;
            }
        }
        return new EventId(life, before);
    }

    private static boolean matches(Entry entry, Tenant tenant, EventFilter filter) {
        return entry.name.tenant().equals(tenant) && filter.matches(entry.kind, entry.name.address());
    }

    @Override
    public EventPage read(Tenant tenant, EventFilter filter, EventId after, int limit) {
        if (limit < 1 || limit > MOST_EVENTS) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MOST_EVENTS + ")");
        }
        long newest = count.get();
        if (after.life() != life || after.number() > newest) {
            return new EventPage.Forgotten(true);
        }
        var events = new ArrayList<AgentEvent>();
        long last = Math.min(newest, after.number() + MOST_LOOKS);
        long seen = after.number();
        while (seen < last && events.size() < limit) {
            var entry = at(seen + 1);
            if (entry == null) {
                break;
            }
            seen++;
            if (matches(entry, tenant, filter)) {
                events.add(entry.view(life));
            }
        }
        return seen == after.number() && seen < newest
                ? new EventPage.Forgotten(false)
                : new EventPage.Read(events, new EventId(life, seen), seen < newest);
    }

    /** Whether there is something to read behind a cursor, or to hear of it. */
    boolean hasMore(EventId after) {
        return after.life() != life || after.number() != count.get();
    }

    @Override
    public Watch watch(Runnable more) {
        var watch = new EventWatch(this, more, threads);
        watches.add(watch);
        return watch;
    }

    /** It is closed. */
    void forget(EventWatch watch) {
        watches.remove(watch);
    }
}
