package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.EventKind;
import org.openclaw.agent.TurnLimits;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where agents go from here: whose next turn begins, who waits, who leaves the memory, who ends. Belongs to the thread of the
 * {@link Core}.
 */
final class Lives {
    private static final Logger LOG = LoggerFactory.getLogger(Lives.class);
    /** How many agents one sweep looks at: a millisecond's worth. */
    private static final int LOOKS = 20_000;

    private static final Duration TRIMMED_AFTER = Duration.ofSeconds(2);
    /** How long who has sent too much waits at most. */
    static final Duration SLOWED_FOR = Duration.ofSeconds(5);

    private final Settings settings;
    private final Surroundings world;
    private final Core core;
    private final Shelf shelf;
    private final Directory directory;
    private final Rooms rooms;
    private final Timers timers;
    private final Steps steps;
    private final Answers answers;
    private final Letters letters;
    private final Outcomes outcomes;
    private final Announcer announcer;
    private final EventRing events;
    private final Urgency urgency;
    private final References references;
    private Iterator<Cell> sweeping = List.<Cell>of().iterator();
    private @Nullable RunQueue queue;

    Lives(
            Settings settings,
            Surroundings world,
            Core core,
            Shelf shelf,
            Directory directory,
            Rooms rooms,
            Timers timers,
            Steps steps,
            Answers answers,
            Letters letters,
            Outcomes outcomes,
            Announcer announcer,
            EventRing events,
            Urgency urgency,
            References references) {
        this.settings = settings;
        this.world = world;
        this.core = core;
        this.shelf = shelf;
        this.directory = directory;
        this.rooms = rooms;
        this.timers = timers;
        this.steps = steps;
        this.answers = answers;
        this.letters = letters;
        this.outcomes = outcomes;
        this.announcer = announcer;
        this.events = events;
        this.urgency = urgency;
        this.references = references;
    }

    /** From now on turns begin. */
    void open(RunQueue turns, Transaction into) {
        queue = turns;
        directory.residents().forEach(cell -> settle(cell, into));
    }

    /** Behind the end of the run queue: turns that have not begun are taken back, and nobody asks for another one. */
    void close() {
        queue = null;
        for (var cell : directory.residents()) {
            withdraw(cell);
        }
    }

    /** What tenants and types get, and who waits for it. */
    List<TurnLimits> limits(Tenant of) {
        var turns = queue;
        return turns == null ? List.of() : turns.limits(of);
    }

    /** Takes the turn of an agent back, if it has not begun; its message stays where it is. */
    boolean withdraw(Cell cell) {
        var job = cell.job();
        if (job.isEmpty()) {
            return true;
        }
        if (job.get().withdraw()) {
            var turns = queue;
            if (turns != null) {
                turns.remove(job.get());
            }
            cell.drop();
            return true;
        }
        return false;
    }

    /** Decides where an agent is, now that something has changed; its next turn begins behind the commit. */
    void settle(Cell cell, Transaction into) {
        if (cell.isGone()) {
            return;
        }
        if (cell.isDrained()) {
            end(cell, into);
            return;
        }
        if (cell.settle(world.clock().millis())) {
            into.then(() -> start(cell));
        }
    }

    /**
     * Begins the next turn of an agent, unless something of it is not durable yet: then whoever has decided that does it, behind
     * their commit. Where nothing is, the message at the head is durable, too: it was there when this was decided, as who takes one
     * from the head changes the agent.
     */
    private void start(Cell cell) {
        var turns = queue;
        var inbox = cell.inbox();
        if (turns == null || cell.phase() != Cell.Phase.BUSY || cell.job().isPresent() || !cell.isCommitted()) {
            return;
        }
        long number = inbox.first();
        var job = new Job(
                cell,
                number,
                urgency.due(number, inbox.firstPatience()),
                inbox.firstBody(),
                cell.committed().orElse(null));
        cell.take(job);
        turns.add(job);
    }

    /** An agent cannot go on until something changes about its type; {@code seen}: see {@code HostedType.park}. */
    void park(Cell cell, long seen, Cell.Obstacle why, Transaction into) {
        cell.park(why);
        settle(cell, into);
        into.then(() -> {
            if (why.state() == AgentState.QUARANTINED) {
                announcer.quarantined(cell.name().address(), why.text());
                note(EventKind.AGENT_QUARANTINED, cell, why.text());
            }
            cell.type().park(cell, seen, () -> unpark(cell));
        });
    }

    /** An agent goes on at a time. */
    void postpone(Cell cell, Instant until, String why, Transaction into) {
        cell.park(new Cell.Obstacle(AgentState.ACTIVE, why));
        settle(cell, into);
        into.then(() -> world.alarms().set(until, () -> unpark(cell)));
    }

    /** An agent goes on when there is room in the reserve, or after a while. */
    void slow(Cell cell, Transaction into) {
        postpone(
                cell,
                world.clock().instant().plus(SLOWED_FOR),
                "The reserve for messages between agents is used up; this sender waits for room.",
                into);
        into.then(() -> rooms.reserve().slow(cell, () -> unpark(cell)));
    }

    /** An agent goes on after a while that has published to a topic which is full. */
    void slowForTopics(Cell cell, Transaction into) {
        postpone(
                cell,
                world.clock().instant().plus(SLOWED_FOR),
                "It has published to a topic that is full, because a subscription lags behind; this publisher waits for a while.",
                into);
    }

    /** Thread-safe. */
    private void unpark(Cell cell) {
        core.submit(cell.name().tenant(), into -> {
            if (!cell.isStuck() && cell.clear()) {
                settle(cell, into);
            }
        });
    }

    private void note(EventKind kind, Cell cell, String cause) {
        events.add(kind, cell.name(), cell.number(), cause);
    }

    /** Writes down what holds an agent. */
    private void hold(Cell cell, Held held, Transaction into) {
        cell.hold(held);
        var key = new Key(Kind.HELD, cell.number(), 0);
        if (held.equals(Held.FREE)) {
            into.remove(key);
        } else {
            into.put(key, held.bytes());
        }
    }

    /** No turn begins from now on; false when it was so before. */
    boolean suspend(Cell cell, Transaction into) {
        if (cell.held().suspended()) {
            return false;
        }
        withdraw(cell);
        hold(cell, cell.held().suspend(true), into);
        settle(cell, into);
        into.then(() -> {
            announcer.suspended(cell.name().address());
            note(EventKind.AGENT_SUSPENDED, cell, "");
        });
        return true;
    }

    /** Lets an agent go on that an operator or its failures hold, and tries what failed from the beginning. */
    boolean resume(Cell cell, Transaction into) {
        var held = cell.held();
        if (!held.suspended() && !held.quarantined()) {
            return false;
        }
        hold(cell, held.suspend(false).release(), into);
        if (held.quarantined()) {
            become(cell, cell.latest(shelf).untried(), into);
        }
        settle(cell, into);
        into.then(() -> {
            if (held.suspended()) {
                announcer.resumed(cell.name().address());
            } else {
                announcer.released(cell.name().address());
            }
            note(EventKind.AGENT_RESUMED, cell, "");
        });
        return true;
    }

    /** Its turn is suspended until somebody has answered. */
    void await(Cell cell, Held.Awaited what, Transaction into) {
        hold(cell, cell.held().awaiting(what), into);
        cell.inbox().unload();
    }

    /** One of the things that the turn for a message waits for is over. */
    void ended(Cell cell, long message, int ordinal, Transaction into) {
        var awaited = cell.held().awaited();
        if (awaited == null || awaited.message() != message) {
            return;
        }
        var left = awaited.without(ordinal);
        if (left.waits().isEmpty()) {
            hold(cell, cell.held().awaiting(null), into);
            resumed(cell, message, into);
            settle(cell, into);
        } else {
            cell.hold(
                    cell.held().awaiting(left)); // what the disk has of it is compared with the steps, after a restart
        }
    }

    /** Tells so; one that cannot be read is no matter of this, and halts its turn. */
    private void resumed(Cell cell, long number, Transaction into) {
        try {
            shelf.message(cell.number(), number)
                    .map(envelope -> EventRing.Told.of(
                            new Ticket(cell.number(), number, envelope.secret()),
                            envelope.message().type()))
                    .ifPresent(told ->
                            into.then(() -> events.add(EventKind.TURN_RESUMED, cell.name(), cell.number(), told)));
        } catch (RuntimeException unreadable) {
            LOG.warn("What {} goes on with cannot be read: {}", cell.name().address(), unreadable.toString());
        }
    }

    /** The message at its head has failed too often, and stays there. */
    void quarantine(Cell cell, String why, Transaction into) {
        hold(cell, cell.held().quarantine(why), into);
        settle(cell, into);
        into.then(() -> {
            announcer.quarantined(cell.name().address(), why);
            note(EventKind.AGENT_QUARANTINED, cell, why);
        });
    }

    /** The message at the head is gone: whatever was the matter with it is over. */
    void unblock(Cell cell, Transaction into) {
        if (cell.held().quarantined() || cell.held().awaited() != null) {
            hold(cell, cell.held().release().awaiting(null), into);
        }
        if (!cell.isStuck()) {
            cell.clear();
        }
        become(cell, cell.latest(shelf).untried(), into);
    }

    /** What is known of an agent changes. */
    void become(Cell cell, AgentRecord record, Transaction into) {
        become(cell, record, record.bytes(), into);
    }

    /** The same when somebody has encoded it already. */
    void become(Cell cell, AgentRecord record, byte[] bytes, Transaction into) {
        cell.become(record);
        into.put(Key.agent(cell.number()), bytes);
        into.then(() -> directory.commit(cell, record, bytes.length));
    }

    /** Begins to retire an agent. */
    void retire(Cell cell, Transaction into) {
        if (cell.held().draining()) {
            return;
        }
        hold(cell, cell.held().drain(), into);
        into.then(() -> {
            announcer.draining(cell.name().address());
            note(EventKind.AGENT_DRAINING, cell, "");
        });
        settle(cell, into);
    }

    /** A drained agent ends: what is known of it is kept, its address refuses messages, its timers are gone. */
    private void end(Cell cell, Transaction into) {
        var record = cell.latest(shelf);
        cancelTimers(record, into);
        into.put(Key.agent(cell.number()), record.silenced().bytes());
        into.remove(new Key(Kind.HELD, cell.number(), 0));
        directory.retire(cell.name(), cell.number(), into);
        cell.end();
        directory.remove(cell);
        into.then(() -> {
            announcer.retired(cell.name().address());
            note(EventKind.AGENT_RETIRED, cell, "");
        });
    }

    private void cancelTimers(AgentRecord record, Transaction into) {
        record.timers().forEach(timer -> timers.cancel(new Timers.Due(timer.due(), timer.number()), into));
        into.then(timers::arm);
    }

    /** All that there is of an agent goes: waiting messages, state, timers, dead letters. False while its turn is under way. */
    boolean purge(Cell cell, Transaction into) {
        if (!withdraw(cell)) {
            return false;
        }
        cancelTimers(cell.latest(shelf), into);
        var inbox = cell.inbox();
        while (!inbox.isEmpty()) {
            long number = inbox.first();
            boolean published = references.left(number, into);
            if (!published && Envelope.origin(number) == Envelope.Origin.AGENT) {
                Optional.ofNullable(inbox.firstBody())
                        .or(() -> shelf.message(cell.number(), number))
                        .ifPresent(envelope -> answers.fail(
                                cell.name(), number, envelope, Answers.FAILED, "is gone: its agent was purged.", into));
            }
            into.remove(Key.inbox(cell.number(), number));
            rooms.give(cell.name(), Envelope.origin(number), inbox.remove(0), published);
            steps.forget(number, into);
            outcomes.vanished(number, into);
        }
        into.remove(new Key(Kind.HELD, cell.number(), 0));
        forget(cell.name(), cell.number(), into);
        cell.end();
        directory.remove(cell);
        return true;
    }

    /** All that is left of a retired agent goes. */
    void forget(AgentName name, long number, Transaction into) {
        letters.discardAll(number, into);
        into.remove(Key.agent(number));
        directory.free(name, into);
        into.then(() -> {
            announcer.purged(name.address());
            events.add(EventKind.AGENT_PURGED, name, number, "");
        });
    }

    /** Lets some agents leave the memory that have rested for long, or sooner when it is full. */
    void sweep() {
        var turns = queue;
        if (turns != null) {
            turns.wake(); // whatever the clock has done
        }
        long now = world.clock().millis();
        if (!sweeping.hasNext()) {
            sweeping = directory.residents().iterator();
        }
        for (int looks = 0; looks < LOOKS && sweeping.hasNext(); looks++) {
            var cell = sweeping.next();
            if (cell.mayLeave() && (isFull() || hasRested(cell, now, settings.passivateAfter()))) {
                directory.release(cell);
            } else if (cell.phase() == Cell.Phase.IDLE && hasRested(cell, now, TRIMMED_AFTER)) {
                directory.trim(cell);
            }
        }
    }

    private boolean isFull() {
        return directory.residents().size() > settings.residentAgents()
                || directory.recordBytes() > settings.residentBytes();
    }

    private static boolean hasRested(Cell cell, long now, Duration atLeast) {
        // a clock that was set back makes nobody leave, and nobody stay for ever
        return Math.abs(now - cell.restsSince()) >= atLeast.toMillis();
    }
}
