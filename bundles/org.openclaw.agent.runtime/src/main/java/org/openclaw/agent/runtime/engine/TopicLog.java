package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.openclaw.message.TopicView;

/**
 * A topic that is in memory: which publications the store has of it, from one sequence to another without a gap, and who has
 * subscribed. Changed by the thread of the {@link Core} alone; what other threads may read is said to be so.
 */
final class TopicLog {
    /** Of the oldest one, when that has not been looked at. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private final TopicName name;
    private final long number;
    private final long createdAt;
    private final TreeMap<String, Feed> feeds = new TreeMap<>();
    /** Those that were removed while something of them waited in inboxes. */
    private final Map<Long, Feed> leaving = new TreeMap<>();
    /** Those that may take what is there; whoever has taken something stands behind the others. */
    private final SequencedSet<Feed> wanting = new LinkedHashSet<>();

    private final SequencedSet<Feed> held = new LinkedHashSet<>();
    /** The sequences of what waits in inboxes, and how often each: these are stored even when they are not retained. */
    private final Map<Long, Integer> waiting = new HashMap<>();

    private volatile long committed;
    private volatile long forgotten;
    private long bytes;
    private long last;
    private long latestAt = Micros.NEVER;
    private long oldestAt = UNKNOWN;
    private volatile long forgottenAt;
    private boolean served;

    /**
     * @param forgotten up to which sequence nothing is retained
     * @param forgottenAt when the last of those was accepted, microseconds since 1970
     */
    TopicLog(TopicName name, long number, long createdAt, long forgotten, long forgottenAt) {
        this.name = name;
        this.number = number;
        this.createdAt = createdAt;
        this.forgotten = forgotten;
        this.forgottenAt = forgottenAt;
        committed = forgotten;
        last = forgotten;
    }

    /** May be called by any thread. */
    TopicName name() {
        return name;
    }

    /** May be called by any thread. */
    long number() {
        return number;
    }

    /** The sequence of the latest one that is durable. May be called by any thread. */
    long committed() {
        return committed;
    }

    /** The sequence up to which nothing is retained, or will be. May be called by any thread. */
    long forgotten() {
        return forgotten;
    }

    /** How much is retained. */
    long bytes() {
        return bytes;
    }

    /** The sequence of the latest one, with what is not committed yet. */
    long last() {
        return last;
    }

    /** When the latest one was accepted, microseconds since 1970. */
    long latestAt() {
        return latestAt;
    }

    TopicRecord record() {
        return new TopicRecord(name.tenant(), name.topic(), createdAt, forgotten, forgottenAt);
    }

    /** One was found in the store, or is added; its sequence. */
    long add(long size, long at) {
        last++;
        bytes += size;
        latestAt = at;
        return last;
    }

    /** All up to this one are durable. */
    void commit(long sequence) {
        committed = sequence;
        feeds.values().forEach(this::note);
    }

    /** What the store has was found: one at least that is retained. */
    void found(long lastOne, long size, long at) {
        last = lastOne;
        committed = lastOne;
        bytes = size;
        latestAt = at;
    }

    /** The oldest one goes. */
    void forget(long size, long acceptedAt) {
        long gone = forgotten + 1;
        long at = Math.max(forgottenAt, acceptedAt);
        forgottenAt = at;
        forgotten = gone;
        bytes -= size;
        oldestAt = UNKNOWN;
    }

    /** Whether something that was accepted at that time or later is not retained any more. May be called by any thread. */
    boolean hasForgotten(long since) {
        return since <= forgottenAt;
    }

    /** When the oldest one was accepted, microseconds since 1970; {@link #UNKNOWN}. */
    long oldestAt() {
        return oldestAt;
    }

    void oldestAt(long at) {
        oldestAt = at;
    }

    /** Whether nothing is retained and nobody cares. */
    boolean isEmpty() {
        return last == forgotten && feeds.isEmpty() && leaving.isEmpty() && !served;
    }

    Map<String, Feed> feeds() {
        return feeds;
    }

    /** A subscription that is gone and has left something in inboxes. */
    void leaves(Feed feed) {
        leaving.put(feed.number(), feed);
    }

    Optional<Feed> leaving(long feed) {
        return Optional.ofNullable(leaving.get(feed));
    }

    /** One waits in an inbox. */
    void brought(long sequence) {
        waiting.merge(sequence, 1, Integer::sum);
    }

    /** One waits in an inbox no more that a subscription has brought; whether nobody needs it any more, and it is not retained. */
    boolean left(Feed feed, long sequence) {
        waiting.computeIfPresent(sequence, (_, times) -> times == 1 ? null : times - 1);
        if (feed.isRemoved() && feed.isIdle()) {
            leaving.remove(feed.number());
        }
        note(feed);
        return sequence <= forgotten && !isWaiting(sequence);
    }

    boolean isWaiting(long sequence) {
        return waiting.containsKey(sequence);
    }

    /** Up to which sequence nobody needs anything any more, but what waits in inboxes. */
    long done() {
        return slowest().map(Feed::done).orElse(Long.MAX_VALUE);
    }

    /** Whoever needs the oldest one; empty when nobody needs anything. */
    Optional<Feed> slowest() {
        Feed slowest = null;
        for (var feed : feeds.values()) {
            slowest = slowest == null || feed.done() < slowest.done() ? feed : slowest;
        }
        return Optional.ofNullable(slowest);
    }

    /** Something has changed for a subscription: whether it may take something is known from now on. */
    void note(Feed feed) {
        if (feed.wants()) {
            wanting.add(feed);
        } else {
            wanting.remove(feed);
        }
    }

    /** Whoever may take something, the one first that has waited longest; none while somebody is about it. */
    List<Feed> serve() {
        wanting.removeIf(feed -> !feed.wants());
        if (served || wanting.isEmpty()) {
            return List.of();
        }
        served = true;
        return List.copyOf(wanting);
    }

    /** What was there for them has been taken. */
    void served(List<Feed> those) {
        served = false;
        var first = those.getFirst();
        wanting.remove(first);
        those.forEach(this::note);
    }

    /** Something keeps a subscription from taking the next one; whether that is news. */
    boolean hold(Feed feed, String why) {
        held.add(feed);
        return feed.hold(why);
    }

    /** Those that are held may try again. */
    void release() {
        for (var feed : new ArrayList<>(held)) {
            feed.release();
            note(feed);
        }
        held.clear();
    }

    TopicView view() {
        return new TopicView(
                name.topic(),
                Micros.instant(createdAt),
                forgotten + 1,
                last,
                Optional.of(latestAt)
                        .filter(at -> at != Micros.NEVER && last > forgotten)
                        .map(Micros::instant),
                bytes,
                feeds.size());
    }
}
