package org.openclaw.agent.runtime.engine;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.StoreException;

/**
 * The recorded steps of turns that are not committed: which messages have some, and how many. They lie in the store until their
 * message is committed, taken back, or discarded. Looked at by any thread, changed by the thread of the {@link Core} alone.
 */
final class Steps {
    /** By the number of the message: one more than the greatest ordinal. */
    private final ConcurrentHashMap<Long, Integer> counts = new ConcurrentHashMap<>();
    /** Messages whose turns may have begun before, and have nothing recorded. */
    private final Set<Long> doubtful = ConcurrentHashMap.newKeySet();

    private final Core core;
    private final Shelf shelf;
    private final long before;

    /** @param before messages with a lesser number may have had a turn before this node began */
    Steps(Core core, Shelf shelf, long before) {
        this.core = core;
        this.shelf = shelf;
        this.before = before;
        for (var from = Key.first(Kind.STEP); ; ) {
            var page = shelf.keys(from, Shelf.PAGE);
            page.forEach(entry -> count(entry.key().first(), (int) entry.key().second()));
            if (page.size() < Shelf.PAGE) {
                return;
            }
            from = Shelf.behind(page.getLast().key());
        }
    }

    private void count(long message, int ordinal) {
        counts.merge(message, ordinal + 1, Math::max);
    }

    /** What was recorded for a message, by ordinal. Thread-safe. */
    SortedMap<Integer, StepRecord> recorded(long message) {
        var count = counts.isEmpty() ? null : counts.get(message);
        if (count == null) {
            return Collections.emptySortedMap();
        }
        var found = new TreeMap<Integer, StepRecord>();
        for (int ordinal = 0; ordinal < count; ordinal++) {
            int place = ordinal;
            shelf.step(message, ordinal).ifPresent(step -> found.put(place, step));
        }
        return found;
    }

    /** Whether an action of its turn may have run, of which nothing is recorded. Thread-safe. */
    boolean isDoubtful(long message) {
        return message < before || doubtful.contains(message);
    }

    /** A turn has begun and is not committed. */
    void doubt(long message) {
        doubtful.add(message);
    }

    /**
     * Records steps of the turn for a message, as soon as the store takes something; completes behind the commit. Thread-safe. The
     * turn must not have ended: nothing else changes its message until then.
     */
    CompletableFuture<Boolean> record(long message, Map<Integer, StepRecord> steps) {
        var answer = new CompletableFuture<Boolean>();
        core.submit(new Core.Command() {
            @Override
            public void decide(Transaction into) {
                steps.forEach((ordinal, step) -> {
                    into.put(new Key(Kind.STEP, message, ordinal), step.bytes());
                    count(message, ordinal);
                });
                into.answer(answer, true);
            }

            @Override
            public void failed(StoreException why) {
                answer.completeExceptionally(why);
            }
        });
        return answer;
    }

    /** A message is gone, and its steps with it. */
    void forget(long message, Transaction into) {
        // asked first: most turns take no steps and do not fail
        if (!doubtful.isEmpty()) {
            doubtful.remove(message);
        }
        var count = counts.isEmpty() ? null : counts.remove(message);
        for (int ordinal = 0; count != null && ordinal < count; ordinal++) {
            into.remove(new Key(Kind.STEP, message, ordinal));
        }
    }

    /** A message goes on under another number, and its steps with it. */
    void move(long from, long to, Transaction into) {
        recorded(from).forEach((ordinal, step) -> {
            into.put(new Key(Kind.STEP, to, ordinal), step.bytes());
            count(to, ordinal);
        });
        forget(from, into);
        doubt(to);
    }
}
