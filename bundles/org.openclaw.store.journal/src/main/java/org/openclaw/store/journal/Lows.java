package org.openclaw.store.journal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.openclaw.store.Key;

/**
 * Below which key nothing is left, for the kinds that are listed from the least key on again and again: timers, say, of which
 * the least are the ones that go. Without it each list would pass all that went before.
 *
 * <p>Raised while nothing changes, by any number of threads; lowered while nobody reads.
 */
final class Lows {
    private final AtomicReferenceArray<Key> lows = new AtomicReferenceArray<>(Kinds.COUNT);

    Lows() {
        for (int kind = 0; kind < Kinds.COUNT; kind++) {
            lows.set(kind, Key.first(Kinds.of(kind)));
        }
    }

    /** Something was put. */
    void put(Key key) {
        int kind = key.kind().code();
        if (Memtable.ORDER.compare(key, lows.get(kind)) < 0) {
            lows.set(kind, key);
        }
    }

    /** Where a list from this key on may begin instead. */
    Key from(Key key) {
        var low = lows.get(key.kind().code());
        return Memtable.ORDER.compare(key, low) < 0 ? low : key;
    }

    /** From the first key on nothing was found before the second. */
    void nothing(Key from, Key before) {
        int kind = from.kind().code();
        if (Kinds.ordered(kind) && Memtable.ORDER.compare(from, lows.get(kind)) <= 0) {
            lows.accumulateAndGet(kind, before, (low, found) -> Memtable.ORDER.compare(low, found) < 0 ? found : low);
        }
    }
}
