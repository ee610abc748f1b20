package org.openclaw.agent.runtime.engine;

import java.util.Optional;
import java.util.TreeMap;
import org.openclaw.message.Subscription;
import org.openclaw.message.SubscriptionView;
import org.openclaw.message.SubscriptionView.State;

/**
 * A subscription that is in memory: how far it is, and what it has outstanding in inboxes. Belongs to the thread of the {@link Core},
 * but for what is final.
 */
final class Feed {
    private final TopicLog topic;
    private final long number;
    private final int most;
    /** The sequences of what waits in inboxes, and how often each. */
    private final TreeMap<Long, Integer> waiting = new TreeMap<>();

    private Subscription subscription;
    private long createdAt;
    private long position;
    private int outstanding;
    private State state;
    private String why;
    /** What was told of it, since it has taken something. */
    private String told = "";

    private boolean removed;
    /** Grows whenever what is read for it is of no use any more. */
    private long changes;

    /**
     * @param number never used again in this store
     * @param most how much it may have outstanding
     * @param why it has ended; empty when it has not
     */
    Feed(TopicLog topic, long number, int most, Subscription subscription, long createdAt, long position, String why) {
        this.topic = topic;
        this.number = number;
        this.most = most;
        this.subscription = subscription;
        this.createdAt = createdAt;
        this.position = position;
        this.why = why;
        state = why.isEmpty() ? State.ACTIVE : State.ENDED;
    }

    TopicLog topic() {
        return topic;
    }

    long number() {
        return number;
    }

    Subscription subscription() {
        return subscription;
    }

    long changes() {
        return changes;
    }

    long position() {
        return position;
    }

    FeedRecord record() {
        return new FeedRecord(
                topic.number(),
                createdAt,
                subscription.name(),
                subscription.filter(),
                subscription.to(),
                isEnded() ? why : "");
    }

    /** From now on it is for something else. */
    void become(Subscription other) {
        subscription = other;
        release();
        changes++;
    }

    /** It has ended, and begins anew. */
    void begin(Subscription other, long now, long from) {
        state = State.ACTIVE;
        why = "";
        createdAt = now;
        become(other);
        set(from);
    }

    /** It goes on behind a sequence. */
    void set(long sequence) {
        position = sequence;
        release();
        changes++;
    }

    /** The next one is taken, or not for it. */
    void pass(long sequence) {
        position = sequence;
        told = "";
    }

    /** Something keeps it from taking the next one; whether that is news. */
    boolean hold(String because) {
        boolean news = !because.equals(told);
        state = State.HELD;
        why = because;
        told = because;
        return news;
    }

    /** It may try again; false when nothing held it. */
    boolean release() {
        if (state != State.HELD) {
            return false;
        }
        state = State.ACTIVE;
        why = "";
        return true;
    }

    void end(String because) {
        state = State.ENDED;
        why = because;
        changes++;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    /** It is gone but for what waits in inboxes. */
    void remove() {
        end("");
        removed = true;
    }

    boolean isRemoved() {
        return removed;
    }

    /** Whether it may take another one. */
    boolean hasRoom() {
        return state == State.ACTIVE && outstanding < most;
    }

    /** Whether there is something for it to look at, and it may. */
    boolean wants() {
        return hasRoom() && position < topic.committed();
    }

    /** One waits in an inbox. */
    void brought(long sequence) {
        outstanding++;
        waiting.merge(sequence, 1, Integer::sum);
    }

    /** It waits there no more. */
    void left(long sequence) {
        outstanding--;
        waiting.computeIfPresent(sequence, (_, times) -> times == 1 ? null : times - 1);
    }

    /** Whether nothing of it waits in inboxes. */
    boolean isIdle() {
        return outstanding == 0;
    }

    /** Up to which sequence it needs nothing any more. */
    long done() {
        long taken = isEnded() ? Long.MAX_VALUE : position;
        return waiting.isEmpty() ? taken : Math.min(taken, waiting.firstKey() - 1);
    }

    SubscriptionView view() {
        return new SubscriptionView(
                subscription,
                Micros.instant(createdAt),
                position,
                Math.max(0, topic.last() - position),
                outstanding,
                state,
                Optional.of(why).filter(text -> !text.isEmpty()));
    }
}
