package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/**
 * The timers of all agents, by the time at which they fire. All lie in the store; in memory are only the next ones, so that a
 * million of them cost nothing. Belongs to the thread of the {@link Core}.
 */
final class Timers {
    private static final int NEAR = 10_000;

    private final Shelf shelf;
    private final Alarms alarms;
    private final Runnable ring;
    private final TreeSet<Due> near = new TreeSet<>();
    /** Those that are cancelled, until that is committed: the store has them still. */
    private final Set<Due> cancelled = new HashSet<>();

    /** All timers up to this one are in memory; null: all of them. */
    private @Nullable Due horizon;

    private Alarms.@Nullable Slot alarm;

    /** @param ring is run, on any thread, when timers are due */
    Timers(Shelf shelf, Alarms alarms, Runnable ring) {
        this.shelf = shelf;
        this.alarms = alarms;
        this.ring = ring;
        load(new Due(0, 0));
    }

    /**
     * When a timer fires.
     *
     * @param at milliseconds since 1970
     */
    record Due(long at, long number) implements Comparable<Due> {
        private static final Comparator<Due> ORDER =
                Comparator.comparingLong(Due::at).thenComparingLong(Due::number);

        Key key() {
            return new Key(Kind.TIMER, at, number);
        }

        @Override
        public int compareTo(Due other) {
            return ORDER.compare(this, other);
        }
    }

    /** Loads the next ones; what is not committed yet comes when it is. */
    private void load(Due from) {
        var page = shelf.keys(from.key(), NEAR);
        page.forEach(entry -> {
            var due = due(entry.key());
            if (!cancelled.contains(due)) {
                near.add(due);
            }
        });
        horizon = page.size() < NEAR ? null : due(page.getLast().key());
    }

    private static Due due(Key key) {
        return new Due(key.first(), key.second());
    }

    /** It fires once it is committed, not before. */
    void set(Due due, TimerRecord timer, Transaction into) {
        into.put(due.key(), timer.bytes());
        into.then(() -> add(due));
    }

    private void add(Due due) {
        var end = horizon;
        if (cancelled.contains(due) || (end != null && due.compareTo(end) > 0)) {
            return;
        }
        near.add(due);
        if (near.size() > 2 * NEAR) {
            while (near.size() > NEAR) {
                near.pollLast();
            }
            horizon = near.last();
        }
    }

    void cancel(Due due, Transaction into) {
        into.remove(due.key());
        near.remove(due);
        cancelled.add(due);
        into.then(() -> cancelled.remove(due));
    }

    /** Takes the earliest one out, if it is due. */
    Optional<Due> due(Instant now) {
        var end = horizon;
        if (near.isEmpty() && end != null) {
            load(new Due(end.at(), end.number() + 1));
        }
        return near.isEmpty() || near.first().at() > now.toEpochMilli()
                ? Optional.empty()
                : Optional.of(near.removeFirst());
    }

    /** Whether it has not fired yet, as far as that is known in memory. */
    boolean waits(Due due) {
        var end = horizon;
        return near.contains(due) || (end != null && due.compareTo(end) > 0);
    }

    /** Sets the alarm for the next one. */
    void arm() {
        var next = next();
        var set = alarm;
        if (set != null && (next.isEmpty() || next.get().isBefore(set.due()))) {
            alarms.cancel(set);
            alarm = null;
        }
        if (next.isPresent() && alarm == null) {
            alarm = alarms.set(next.get(), ring);
        }
    }

    /** The alarm has rung. */
    void rang() {
        alarm = null;
    }

    private Optional<Instant> next() {
        if (!near.isEmpty()) {
            return Optional.of(Instant.ofEpochMilli(near.first().at()));
        }
        return Optional.ofNullable(horizon).map(end -> Instant.ofEpochMilli(end.at()));
    }
}
