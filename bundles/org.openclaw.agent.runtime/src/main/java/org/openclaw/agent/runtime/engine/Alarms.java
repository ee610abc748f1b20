package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is to be done later, by wall-clock time. It has no thread: somebody asks it to {@link #fire}. So the clock decides
 * alone: after a jump forward everything overdue fires once, in order; after a jump backward it waits.
 *
 * <p>Thread-safe. Actions must be short, must not throw, and are ours: no foreign code runs in them.
 */
public final class Alarms {
    private final ConcurrentSkipListMap<Slot, Runnable> waiting = new ConcurrentSkipListMap<>();
    private final AtomicLong ordinals = new AtomicLong();
    private volatile Runnable onEarlier = () -> {};

    /** One alarm. Alarms of the same moment fire in the order in which they were set. */
    public record Slot(Instant due, long ordinal) implements Comparable<Slot> {
        private static final Comparator<Slot> ORDER =
                Comparator.comparing(Slot::due).thenComparingLong(Slot::ordinal);

        @Override
        public int compareTo(Slot other) {
            return ORDER.compare(this, other);
        }
    }

    /** Runs the action once, when somebody fires at {@code due} or later. */
    public Slot set(Instant due, Runnable action) {
        var slot = new Slot(due, ordinals.incrementAndGet());
        waiting.put(slot, action);
        var first = waiting.firstEntry();
        if (first != null && first.getKey().equals(slot)) {
            onEarlier.run();
        }
        return slot;
    }

    /** Takes an alarm back; nothing happens when it has fired. */
    public void cancel(Slot slot) {
        waiting.remove(slot);
    }

    /** When the next one is due. */
    public Optional<Instant> next() {
        return Optional.ofNullable(waiting.firstEntry())
                .map(entry -> entry.getKey().due());
    }

    /** Runs, on this thread, what is due at {@code now}. */
    public void fire(Instant now) {
        while (true) {
            var first = waiting.firstEntry();
            if (first == null || first.getKey().due().isAfter(now)) {
                return;
            }
            if (waiting.remove(first.getKey(), first.getValue())) {
                first.getValue().run();
            }
        }
    }

    /** Who wants to know when an alarm was set before all others. */
    public void onEarlier(Runnable listener) {
        onEarlier = listener;
    }

    /** How long after {@code now} the next one is due, at most {@code atMost}, never negative. */
    public Duration until(Instant now, Duration atMost) {
        var wait = next().map(due -> Duration.between(now, due)).orElse(atMost);
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(atMost) < 0 ? wait : atMost;
    }
}
