package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.runtime.type.Census.Standing;
import org.openclaw.agent.runtime.type.HostedType;
import org.openclaw.store.AgentName;

/**
 * An agent that is in memory: what waits for it, and where it is in its life. Changed by the thread of the {@link Core} alone;
 * what other threads may read is said to be so.
 *
 * <pre>
 *          message               turn begins, ends             nothing waits
 *   IDLE  ---------->  BUSY  ------------------------>  BUSY  -------------->  IDLE, or gone when draining
 *                       ^  |
 *                       |  |  cannot go on (no version, unreadable state, waits for a retry or for room): PARKED
 *                       |  |  suspended or quarantined, or its turn is: HELD
 *                       +--+
 * </pre>
 *
 * <p>{@link #settle} decides which of them it is, whenever something that counts has changed. While a {@link Job} is out nothing
 * is decided: its end brings the next decision. So there is at most one turn of an agent at a time.
 */
final class Cell {
    private static final int WEIGHT = 8;

    private final AgentName name;
    private final HostedType type;
    private final long number;
    private final Inbox inbox;
    private Phase phase = Phase.IDLE;
    private Standing standing = Standing.ACTIVE;
    private Held held = Held.FREE;
    private boolean stored;
    private int uncommitted;
    private boolean stuck;
    private @Nullable Obstacle obstacle;
    private @Nullable Job job;
    private @Nullable AgentRecord latest;
    private volatile @Nullable AgentRecord committed;
    private int storedBytes;
    private boolean resident = true;
    private long usualNanos;
    private long restsSince;

    /** @param memory the bound of the messages in memory */
    Cell(AgentName name, HostedType type, long number, Budget memory) {
        this.inbox = new Inbox(memory);
        this.name = name;
        this.type = type;
        this.number = number;
    }

    /** Where it is between its turns. */
    enum Phase {
        IDLE,
        BUSY,
        PARKED,
        HELD,
        GONE
    }

    /** Why it does not go on although messages wait. */
    record Obstacle(AgentState state, String text) {}

    /** May be called by any thread. */
    AgentName name() {
        return name;
    }

    /** May be called by any thread. */
    HostedType type() {
        return type;
    }

    /** May be called by any thread. */
    long number() {
        return number;
    }

    /** The last committed record; empty when it is on the disk alone. May be called by any thread. */
    Optional<AgentRecord> committed() {
        return Optional.ofNullable(committed);
    }

    Inbox inbox() {
        return inbox;
    }

    Phase phase() {
        return phase;
    }

    Held held() {
        return held;
    }

    /** Why an operator, or its own failures, hold it. */
    void hold(Held next) {
        held = next;
    }

    /** What is known of it, with what is not committed yet; read from the disk if need be. */
    AgentRecord latest(Shelf shelf) {
        var known = latest;
        if (known == null) {
            known = shelf.agent(number)
                    .map(read -> read.named(name))
                    .orElseThrow(() -> new IllegalStateException("agent " + number + ", " + name + ", is not stored"));
            latest = known;
        }
        return known;
    }

    /** The same when a turn has read it: nothing has changed since, or it would be known. */
    AgentRecord latest(Shelf shelf, AgentRecord read) {
        if (latest == null) {
            latest = read;
        }
        return latest(shelf);
    }

    /** What it will be once this is committed. */
    void become(AgentRecord next) {
        latest = next;
        uncommitted++;
    }

    /** What it became is committed, and takes so many bytes in the store. */
    void commit(AgentRecord record, int bytes) {
        committed = record;
        storedBytes = bytes;
        stored = true;
        uncommitted--;
    }

    /** Whether all that it became is committed. */
    boolean isCommitted() {
        return uncommitted == 0;
    }

    /** How many bytes its committed record takes in the store; 0 when it is on the disk alone. */
    int storedBytes() {
        return storedBytes;
    }

    /** It keeps nothing of itself that is on the disk. */
    void unload() {
        if (isCommitted() && stored) {
            latest = null;
            committed = null;
            storedBytes = 0;
        }
    }

    /** It leaves the memory. */
    void leave() {
        resident = false;
    }

    /** Whether it is in memory still. */
    boolean isResident() {
        return resident;
    }

    /** It was found on the disk. */
    void found() {
        stored = true;
    }

    Optional<Job> job() {
        return Optional.ofNullable(job);
    }

    void take(Job next) {
        job = next;
        stuck = false;
    }

    void drop() {
        job = null;
        stuck = false;
    }

    Optional<Obstacle> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    /** It cannot go on until somebody clears this. */
    void park(Obstacle why) {
        obstacle = why;
    }

    /** False when there was nothing to clear. */
    boolean clear() {
        boolean was = obstacle != null;
        obstacle = null;
        return was;
    }

    /** Its turn does not end although it was told to. */
    void stuck(String why) {
        if (job != null) {
            stuck = true;
            obstacle = new Obstacle(AgentState.QUARANTINED, why);
        }
    }

    boolean isStuck() {
        return stuck;
    }

    /**
     * Decides where it is now, and counts it there.
     *
     * @param now milliseconds since 1970
     * @return true when a turn has to be started
     */
    boolean settle(long now) {
        if (phase == Phase.GONE) {
            return false;
        }
        if (job != null) {
            phase = Phase.BUSY;
        } else if (held.suspended() || held.quarantined() || held.awaited() != null) {
            phase = Phase.HELD;
        } else if (obstacle != null) {
            phase = Phase.PARKED;
        } else if (inbox.isEmpty()) {
            restsSince = phase == Phase.IDLE ? restsSince : now;
            phase = Phase.IDLE;
        } else {
            phase = Phase.BUSY;
        }
        recount();
        return phase == Phase.BUSY && job == null;
    }

    /** Whether nothing is left that it has to do before it may end. */
    boolean isDrained() {
        return held.draining() && inbox.isEmpty() && job == null;
    }

    /** It is gone; whoever still holds it looks its name up again. */
    void end() {
        type.census().leave(standing);
        phase = Phase.GONE;
        inbox.release();
    }

    boolean isGone() {
        return phase == Phase.GONE;
    }

    /** Whether it may leave the memory: it rests, and the disk has all of it. */
    boolean mayLeave() {
        return phase == Phase.IDLE && held.equals(Held.FREE) && stored && isCommitted();
    }

    /** Since when it rests, in milliseconds since 1970. */
    long restsSince() {
        return restsSince;
    }

    private void recount() {
        var now = standing();
        if (now != standing) {
            type.census().leave(standing);
            type.census().enter(now);
            standing = now;
        }
    }

    private Standing standing() {
        if (held.suspended()) {
            return waits() ? Standing.WITHHELD : Standing.SUSPENDED;
        }
        if (held.draining()) {
            return Standing.DRAINING;
        }
        if (held.quarantined() || (obstacle != null && obstacle.state() == AgentState.QUARANTINED)) {
            return Standing.QUARANTINED;
        }
        return Standing.ACTIVE;
    }

    /** Whether messages wait, beside the one whose turn is under way. */
    boolean waits() {
        return waiting() > 0;
    }

    /** How many messages wait, beside the one whose turn is under way. */
    int waiting() {
        var out = job;
        return inbox.count() - (out != null && out.isClaimed() ? 1 : 0);
    }

    /** Where the census has it. */
    Standing counted() {
        return standing;
    }

    /** Notes how long a turn took. */
    void took(long nanos) {
        usualNanos = usualNanos == 0 ? nanos : usualNanos + (nanos - usualNanos) / WEIGHT;
    }

    /** When half of what waits will be done, about. */
    Duration untilRoom() {
        return Duration.ofNanos(usualNanos * (inbox.count() / 2 + 1));
    }

    /** Where it is in its life. */
    AgentState life() {
        if (phase == Phase.GONE) {
            return AgentState.RETIRED;
        }
        boolean stranded = type.serving().isEmpty();
        return switch (standing) {
            case SUSPENDED, WITHHELD -> AgentState.SUSPENDED;
            case DRAINING -> AgentState.DRAINING;
            case QUARANTINED -> stranded ? AgentState.STRANDED : AgentState.QUARANTINED;
            case ACTIVE -> stranded ? AgentState.STRANDED : AgentState.ACTIVE;
            case PASSIVE -> stranded ? AgentState.STRANDED : AgentState.PASSIVE;
        };
    }

    /** Why a message of its inbox waits longer than its turn. */
    Optional<String> obstacleText() {
        if (held.suspended()) {
            return Optional.of(name.address() + " is suspended"
                    + (held.draining() ? " while it is being retired" : "")
                    + ": its messages wait until an operator resumes it.");
        }
        if (held.quarantined()) {
            return Optional.of(held.why());
        }
        if (type.serving().isEmpty()) {
            return Optional.of(type.strandedText());
        }
        if (type.isSuspended()) {
            return Optional.of(type.suspendedText());
        }
        return Optional.ofNullable(obstacle).map(Obstacle::text);
    }

    /** By its number: the identity of an object has an order of its own in each process. */
    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
