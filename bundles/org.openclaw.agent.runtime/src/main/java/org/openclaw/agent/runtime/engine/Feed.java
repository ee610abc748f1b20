package org.openclaw.agent.runtime.engine;

import java.util.Optional;
import org.openclaw.message.Subscription;
import org.openclaw.message.SubscriptionView;
import org.openclaw.message.SubscriptionView.State;

/**
 * A subscription that is in memory: how far it is, and what it has outstanding in inboxes. Belongs to the thread of the {@link Core},
 * but for what is final.
 */
final class Feed {
    /** The end of one that goes on for ever. */
    static final long ENDLESS = Long.MAX_VALUE;

    private final TopicLog topic;
    private final long number;
    private final Room room;
    private long until;
    private Subscription subscription;
    private long createdAt;
    private long position;
    private int outstanding;
    private long bytes;
    private State state;
    private String why;
    /** What was told of it, since it has taken something. */
    private String told = "";

    private boolean removed;
    /** Grows whenever what is read for it is of no use any more. */
    private long changes;

    /** How much a subscription may have outstanding: so many, and bodies of so many bytes, but one in any case. */
    record Room(int count, long bytes) {}

    /**
     * @param number never used again in this store
     * @param record what it was made with
     */
    Feed(TopicLog topic, long number, Room room, FeedRecord record, long position) {
        this.topic = topic;
        this.number = number;
        this.room = room;
        this.position = position;
        subscription = record.subscription(topic.name().topic());
        createdAt = record.createdAt();
        until = record.until();
        why = record.ended();
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
                until,
                isEnded() ? why : "");
    }

    /** From now on it is for something else. */
    void become(Subscription other) {
        subscription = other;
        until = ENDLESS;
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
        return state == State.ACTIVE && outstanding < room.count && (outstanding == 0 || bytes < room.bytes);
    }

    /** Whether there is something for it to look at, and it may. */
    boolean wants() {
        return hasRoom() && position < Math.min(topic.committed(), until);
    }

    /** Whether this publication is the next one that it looks at, and it may. */
    boolean wants(long sequence) {
        return hasRoom() && position == sequence - 1 && sequence <= until;
    }

    /** Whether it was for what there was up to a publication, and has got that far. */
    boolean isThrough() {
        return position >= until;
    }

    /** One waits in an inbox. */
    void brought(int size) {
        outstanding++;
        bytes += size;
    }

    /** It waits there no more. */
    void left(int size) {
        outstanding--;
        bytes -= size;
    }

    /** Whether nothing of it waits in inboxes. */
    boolean isIdle() {
        return outstanding == 0;
    }

    /** Up to which sequence it needs nothing any more but what waits in inboxes, which is kept as long as it waits. */
    long done() {
        return isEnded() ? Long.MAX_VALUE : position;
    }

    SubscriptionView view() {
        return new SubscriptionView(
                subscription,
                Micros.instant(createdAt),
                position,
                Math.max(0, Math.min(topic.last(), until) - position),
                outstanding,
                Optional.of(until).filter(last -> last != ENDLESS),
                state,
                Optional.of(why).filter(text -> !text.isEmpty()));
    }
}
