package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.RecentTurn;
import org.openclaw.agent.WaitingMessage;
import org.openclaw.agent.runtime.type.Census.Standing;
import org.openclaw.agent.runtime.type.DecodedStates;
import org.openclaw.agent.runtime.type.HostedType;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Receipt;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;

/**
 * One agent: its inbox, its committed state, its timers, and where it is in its life. This is the one hard class.
 *
 * <p><b>One turn at a time.</b> {@link Phase} is the agent's scheduling state. Only the step into {@code QUEUED} puts the
 * agent on a thread, it is taken where there is none, and every step happens under the monitor of this object; so there is at most one thread that runs
 * turns of this agent, the <em>runner</em>, and between {@link #begin} and {@link #next} that thread is the single writer
 * of state and timers. Everybody else appends to the inbox, or takes something out of it that is not running.
 *
 * <pre>
 *            message                 runner                 inbox empty
 *   IDLE  ------------->  QUEUED  ------------>  RUNNING  --------------->  IDLE, or GONE when draining
 *                          ^  ^                   |    |
 *                          |  |    more messages  |    |  cannot go on (no version, unreadable state: PARKED;
 *                          |  +-------------------+    |  the reserve is used up: SLOWED; suspended: HELD)
 *                          +--- versions changed, -----+
 *                               room again, a while,
 *                               resumed with messages
 * </pre>
 *
 * <p><b>Suspension</b> is a flag that the runner obeys: a suspended agent begins no turn, and where its runner would begin one,
 * or would rest, it leaves the agent {@code HELD}; from {@code IDLE} the agent is {@code HELD} at once. What wakes a parked,
 * slowed or queued agent still wakes its runner, which then finds the flag. Only resuming leads out of {@code HELD} (to
 * {@code IDLE} when nothing waits), with one exception: a draining agent without messages has no turn to begin, and ends.
 *
 * <p><b>Order.</b> The order of acceptance is the order in which threads enter the monitor. The message of the running turn
 * stays at the head until the turn is committed or has failed; an abandoned turn simply leaves it there.
 *
 * <p><b>Locks.</b> The monitor is held for a few map operations, never while foreign code runs and never while the monitor
 * of another mailbox is taken, so there is no order of locks to keep. What has to happen outside (waking a thread, ending a
 * message, delivering to others) is the caller's, who learns from the returned value that it has to.
 *
 * <p><b>The census</b> of the type counts every agent once: {@link #recount} moves it whenever its standing has changed, and
 * whoever changes what the standing depends on calls it before leaving the monitor. The versions tell, holding a monitor of
 * their own, when they load and unload the state; so nothing here may ask them for a state.
 *
 * <p><b>The end.</b> A draining mailbox takes nothing from the door. What agents send to it meanwhile is for its successor:
 * it is deferred, and delivered again when this one is gone. {@code GONE} is final; whoever still holds a reference looks
 * the address up again.
 */
final class Mailbox implements DecodedStates.Owner {
    private static final int WEIGHT = 8;

    private final Tenant tenant;
    private final Address address;
    private final HostedType type;
    private final Instant createdAt;
    private final Map<ReceiptId, Entry> inbox = new LinkedHashMap<>();
    private final Map<String, Timer> timers = new TreeMap<>();
    private final List<Entry> deferred = new ArrayList<>();
    private Phase phase = Phase.IDLE;
    private Standing standing = Standing.PASSIVE;
    private boolean draining;
    private boolean suspended;
    private boolean established;
    private int loads;
    private long inboxBytes;
    private @Nullable Entry running;
    private @Nullable Body state;
    private @Nullable Obstacle obstacle;
    private @Nullable Instant lastTurnAt;
    private long turns;
    private long failures;
    private long sent;
    private long usualNanos;
    private long lastEnded = RecentTurns.NONE;

    Mailbox(Tenant tenant, Address address, HostedType type, Instant createdAt) {
        this.tenant = tenant;
        this.address = address;
        this.type = type;
        this.createdAt = createdAt;
    }

    /** Where the agent is between its turns. */
    private enum Phase {
        IDLE,
        QUEUED,
        RUNNING,
        PARKED,
        SLOWED,
        HELD,
        GONE
    }

    /** What came of establishing an agent. */
    enum Establishment {
        /** It exists from now on, also without a message. */
        NEW,
        /** It existed before. */
        KNOWN,
        /** It is being retired. */
        DRAINING,
        /** It is gone: look its address up again. */
        GONE
    }

    /** Why an agent does not go on although messages wait. */
    record Obstacle(AgentState state, String text) {}

    /** A timer that is set; equal by identity only. */
    static final class Timer {
        private final String name;
        private final Effects.Reminder reminder;
        private Alarms.@Nullable Slot slot;

        Timer(String name, Effects.Reminder reminder) {
            this.name = name;
            this.reminder = reminder;
        }

        Effects.Reminder reminder() {
            return reminder;
        }
    }

    /** What came of offering a message. */
    sealed interface Offer {
        /** It is in the inbox; if {@code wake}, the caller must start the runner. */
        record Taken(boolean wake) implements Offer {}

        /** It was here before. */
        record Known(Receipt receipt) implements Offer {}

        /** The inbox is full; there is room again after about {@code retryAfter}. */
        record Full(Duration retryAfter) implements Offer {}

        /** The agent is being retired. */
        record Draining() implements Offer {}

        /** The agent is gone: look its address up again. */
        record Gone() implements Offer {}
    }

    /** What the runner does after a turn. */
    sealed interface Next {
        /** Run the next turn. */
        record Again() implements Next {}

        /** Nothing; whoever brings the next message starts a runner. */
        record Rest() implements Next {}

        /** Forget the agent and deliver again what came for its successor. */
        record Gone(List<Entry> deferred) implements Next {}
    }

    Tenant tenant() {
        return tenant;
    }

    Address address() {
        return address;
    }

    HostedType type() {
        return type;
    }

    /** Takes a message from the door, within the bounds. {@code claim} says whether it was here before. */
    synchronized Offer offer(Entry entry, Settings bounds, Supplier<Optional<Receipt>> claim) {
        if (phase == Phase.GONE) {
            return new Offer.Gone();
        }
        if (draining) {
            return new Offer.Draining();
        }
        if (inbox.size() >= bounds.inboxMessages() || inboxBytes + entry.size() > bounds.inboxBytes()) {
            return new Offer.Full(Duration.ofNanos(usualNanos * (inbox.size() / 2 + 1)));
        }
        var known = claim.get();
        if (known.isPresent()) {
            return new Offer.Known(known.get());
        }
        return new Offer.Taken(append(entry));
    }

    /** Takes a message from an agent or a timer. */
    synchronized Offer deliver(Entry entry, boolean fromItself) {
        if (phase == Phase.GONE) {
            return new Offer.Gone();
        }
        if (draining && !fromItself) {
            deferred.add(entry);
            return new Offer.Taken(false);
        }
        return new Offer.Taken(append(entry));
    }

    private boolean append(Entry entry) {
        inbox.put(entry.tracked().id(), entry);
        inboxBytes += entry.size();
        boolean wake = wake();
        recount();
        return wake;
    }

    private boolean wake() {
        if (phase != Phase.IDLE) {
            return false;
        }
        phase = Phase.QUEUED;
        return true;
    }

    /** The message of the next turn, for the runner; empty when there is none left, or it may not begin one. */
    synchronized Optional<Entry> begin() {
        phase = Phase.RUNNING;
        obstacle = null;
        running =
                suspended || inbox.isEmpty() ? null : inbox.values().iterator().next();
        recount();
        return Optional.ofNullable(running);
    }

    /** The last committed state; empty before the first turn. */
    synchronized Optional<Body> state() {
        return Optional.ofNullable(state);
    }

    /** The number of the next message that this agent sends. */
    synchronized long nextSent() {
        return ++sent;
    }

    /** When it came into existence. */
    Instant createdAt() {
        return createdAt;
    }

    /** How many timers there would be after these changes. */
    synchronized int timersAfter(Map<String, Optional<Effects.Reminder>> changes) {
        int count = timers.size();
        for (var change : changes.entrySet()) {
            boolean before = timers.containsKey(change.getKey());
            count += (change.getValue().isPresent() ? 1 : 0) - (before ? 1 : 0);
        }
        return count;
    }

    /**
     * The commit: state, timers and the consumed message change together.
     *
     * @return by how many bytes the state has grown
     */
    synchronized long commit(
            Entry entry, Body next, Map<String, Optional<Effects.Reminder>> changes, Ended ended, Ringer ringer) {
        consume(entry, ended);
        turns++;
        long growth = next.size() - (long) (state == null ? 0 : state.size());
        state = next;
        changes.forEach((name, reminder) -> {
            ringer.stop(timers.remove(name));
            reminder.ifPresent(set -> {
                var timer = new Timer(name, set);
                timers.put(name, timer);
                timer.slot = ringer.start(timer);
            });
        });
        return growth;
    }

    /** When a turn ended, and how long it took. */
    record Ended(Instant at, long nanos) {}

    /** Sets and takes back the alarms behind timers. */
    interface Ringer {
        Alarms.Slot start(Timer timer);

        void cancel(Alarms.Slot slot);

        default void stop(@Nullable Timer timer) {
            if (timer != null && timer.slot != null) {
                cancel(timer.slot);
            }
        }
    }

    /** The turn failed: the message is consumed, all else stays. */
    synchronized void fail(Entry entry, Ended ended) {
        consume(entry, ended);
        failures++;
    }

    /** The message only reads: it is consumed, all else stays. */
    synchronized void pass(Entry entry, Ended ended) {
        consume(entry, ended);
    }

    private void consume(Entry entry, Ended ended) {
        remove(entry);
        running = null;
        lastTurnAt = ended.at();
        usualNanos = usualNanos == 0 ? ended.nanos() : usualNanos + (ended.nanos() - usualNanos) / WEIGHT;
    }

    private void remove(Entry entry) {
        if (inbox.remove(entry.tracked().id()) != null) {
            inboxBytes -= entry.size();
        }
    }

    /** What the runner does now that its turn has ended. */
    synchronized Next next(Ringer ringer) {
        running = null;
        obstacle = null;
        if (draining && inbox.isEmpty()) {
            phase = Phase.GONE;
            timers.values().forEach(ringer::stop);
            timers.clear();
            return new Next.Gone(List.copyOf(deferred));
        }
        phase = suspended ? Phase.HELD : inbox.isEmpty() ? Phase.IDLE : Phase.QUEUED;
        recount();
        return phase == Phase.QUEUED ? new Next.Again() : new Next.Rest();
    }

    /** The runner cannot go on until something changes. */
    synchronized void park(Obstacle why) {
        running = null;
        obstacle = why;
        phase = Phase.PARKED;
        recount();
    }

    /** The runner goes on after a while, because the reserve is used up. */
    synchronized void slow(String why) {
        running = null;
        obstacle = new Obstacle(AgentState.ACTIVE, why);
        phase = Phase.SLOWED;
        recount();
    }

    /** Ends {@link #park} or {@link #slow}; if true, the caller must start the runner. */
    synchronized boolean unpark() {
        if (phase != Phase.PARKED && phase != Phase.SLOWED) {
            return false;
        }
        phase = Phase.QUEUED;
        return true;
    }

    /** The running turn does not end although it was told to; it is over when its thread ends. False when it has ended. */
    synchronized boolean stuck(String why) {
        if (phase != Phase.RUNNING) {
            return false;
        }
        obstacle = new Obstacle(AgentState.QUARANTINED, why);
        recount();
        return true;
    }

    /** No turn begins from now on; false when it was so before, or the agent is gone. */
    synchronized boolean suspend() {
        if (suspended || phase == Phase.GONE) {
            return false;
        }
        suspended = true;
        if (phase == Phase.IDLE) {
            phase = Phase.HELD;
        }
        recount();
        return true;
    }

    /** What came of {@link #resume}: if {@code wake}, the caller must start the runner. */
    record Resumption(boolean changed, boolean wake) {}

    /** Ends {@link #suspend}. */
    synchronized Resumption resume() {
        if (!suspended || phase == Phase.GONE) {
            return new Resumption(false, false);
        }
        suspended = false;
        boolean wake = false;
        if (phase == Phase.HELD) {
            phase = Phase.IDLE;
            wake = !inbox.isEmpty() && wake();
        }
        recount();
        return new Resumption(true, wake);
    }

    /** Makes it an agent that exists without a message. */
    synchronized Establishment establish() {
        if (phase == Phase.GONE) {
            return Establishment.GONE;
        }
        if (draining) {
            return Establishment.DRAINING;
        }
        boolean known = established || isUsed();
        established = true;
        return known ? Establishment.KNOWN : Establishment.NEW;
    }

    private boolean isUsed() {
        return !inbox.isEmpty() || turns > 0 || failures > 0 || state != null;
    }

    /** Takes a waiting message out; empty when it runs or is gone. */
    synchronized Optional<Entry> withdraw(ReceiptId id) {
        var entry = inbox.get(id);
        if (entry == null || entry == running) {
            return Optional.empty();
        }
        remove(entry);
        recount();
        return Optional.of(entry);
    }

    /** Takes everything out that waits. */
    synchronized List<Entry> clear() {
        var left = inbox.values().stream().filter(entry -> entry != running).toList();
        left.forEach(this::remove);
        recount();
        return left;
    }

    /** Takes a timer that rings; false when it was replaced or forgotten meanwhile. */
    synchronized boolean ring(Timer timer) {
        return timers.remove(timer.name, timer);
    }

    /** Begins to drain. */
    synchronized void retire() {
        if (phase != Phase.GONE) {
            draining = true;
            recount();
        }
    }

    /** If true, nothing is left to drain, and the caller must start the runner: it ends the agent. */
    synchronized boolean wakeIfDrained() {
        if (!draining || !inbox.isEmpty()) {
            return false;
        }
        boolean rests = phase == Phase.IDLE || phase == Phase.PARKED || phase == Phase.SLOWED || phase == Phase.HELD;
        phase = rests ? Phase.QUEUED : phase;
        return rests;
    }

    /** Whether a message has brought it into existence and nothing has come of it. */
    synchronized boolean discardIfUnused() {
        if (phase == Phase.IDLE && !established && !isUsed()) {
            phase = Phase.GONE;
            return true;
        }
        return false;
    }

    /** Notes how a message of its inbox has ended. */
    synchronized void ended(RecentTurns recent, RecentTurn turn) {
        lastEnded = recent.add(lastEnded, turn);
    }

    /** How its latest messages ended, newest first. */
    List<RecentTurn> recent(RecentTurns recent, int limit) {
        return recent.from(lastEnded(), limit);
    }

    private synchronized long lastEnded() {
        return lastEnded;
    }

    @Override
    public synchronized void loaded() {
        loads++;
        recount();
    }

    @Override
    public synchronized void unloaded() {
        loads--;
        recount();
    }

    /** Counts it where it stands now; once it is gone it stays where it stood last. */
    private void recount() {
        var now = standing();
        if (now != standing && phase != Phase.GONE) {
            type.census().leave(standing);
            type.census().enter(now);
            standing = now;
        }
    }

    private Standing standing() {
        if (suspended) {
            return waits() ? Standing.WITHHELD : Standing.SUSPENDED;
        }
        if (draining) {
            return Standing.DRAINING;
        }
        if (obstacle != null && obstacle.state() == AgentState.QUARANTINED) {
            return Standing.QUARANTINED;
        }
        boolean works = phase == Phase.QUEUED || phase == Phase.RUNNING || !inbox.isEmpty();
        return works || loads > 0 ? Standing.ACTIVE : Standing.PASSIVE;
    }

    private boolean waits() {
        return inbox.size() > (running == null ? 0 : 1);
    }

    /** Where the census has it. */
    synchronized Standing counted() {
        return standing;
    }

    /** Why a message of its inbox waits longer than its turn. */
    synchronized Optional<String> obstacleText() {
        if (suspended) {
            return Optional.of(address + " is suspended" + (draining ? " while it is being retired" : "")
                    + ": its messages wait until an operator resumes it.");
        }
        if (type.serving().isEmpty()) {
            return Optional.of(type.strandedText());
        }
        return Optional.ofNullable(obstacle).map(Obstacle::text);
    }

    /** The agent as seen from outside. */
    synchronized AgentView view(boolean withState) {
        var pending = timers.values().stream()
                .map(timer -> new AgentView.Timer(timer.name, timer.reminder.due(), timer.reminder.type()))
                .sorted(Comparator.comparing(AgentView.Timer::due))
                .toList();
        return new AgentView(
                address,
                life(),
                suspended,
                waits() || obstacle != null ? obstacleText() : Optional.empty(),
                type.serving().map(version -> version.version()),
                inbox.size() - (running == null ? 0 : 1),
                turns,
                failures,
                createdAt,
                Optional.ofNullable(lastTurnAt),
                withState ? Optional.ofNullable(state) : Optional.empty(),
                pending);
    }

    /** The messages that wait, oldest first. */
    synchronized List<WaitingMessage> waiting(int limit) {
        return inbox.values().stream()
                .filter(entry -> entry != running)
                .limit(limit)
                .map(Entry::view)
                .toList();
    }

    /** Where it is in its life. */
    synchronized AgentState life() {
        if (phase == Phase.GONE) {
            return AgentState.RETIRED;
        }
        boolean stranded = type.serving().isEmpty();
        return switch (standing()) {
            case SUSPENDED, WITHHELD -> AgentState.SUSPENDED;
            case DRAINING -> AgentState.DRAINING;
            case QUARANTINED -> stranded ? AgentState.STRANDED : AgentState.QUARANTINED;
            case ACTIVE -> stranded ? AgentState.STRANDED : AgentState.ACTIVE;
            case PASSIVE -> stranded ? AgentState.STRANDED : AgentState.PASSIVE;
        };
    }

    /** The size of its state. */
    synchronized long stateBytes() {
        return state == null ? 0 : state.size();
    }
}
