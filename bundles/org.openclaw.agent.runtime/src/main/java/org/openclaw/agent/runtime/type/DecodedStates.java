package org.openclaw.agent.runtime.type;

import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.Body;

/**
 * The states that one version has in memory as records, so that a turn need not read them again. The number of an agent says in
 * which place its state is, and it drives out the one that was there; where that happens often there are soon more places, up to
 * a bound. It belongs to the version, not to the agents: an idle agent must not hold on to a class of a version that is
 * gone. And it is held softly: when the heap is short, the garbage collector takes all of it. Thread-safe, without a lock.
 */
public final class DecodedStates {
    private static final int LEAST = 1 << 10;

    private final int bound;
    private final AtomicInteger drivenOut = new AtomicInteger();
    private volatile SoftReference<AtomicReferenceArray<@Nullable Held>> places = places(LEAST);

    /** @param bound how many there are at most: a power of two */
    DecodedStates(int bound) {
        this.bound = bound;
    }

    private record Held(long owner, Body bytes, Object state) {}

    private static SoftReference<AtomicReferenceArray<@Nullable Held>> places(int count) {
        return new SoftReference<>(new AtomicReferenceArray<>(count));
    }

    /** The record of exactly these bytes: another version may have written newer ones since. */
    public Optional<Object> find(long owner, Body bytes) {
        var all = places.get();
        if (all == null) {
            return Optional.empty();
        }
        var found = all.get(place(owner, all));
        return found != null && found.owner == owner && found.bytes.equals(bytes)
                ? Optional.of(found.state)
                : Optional.empty();
    }

    /** Numbers are given out one behind the other, so the last bits of them spread well. */
    private static int place(long owner, AtomicReferenceArray<@Nullable Held> all) {
        return (int) owner & (all.length() - 1);
    }

    /** Remembers the record of these bytes. */
    public void keep(long owner, Body bytes, Object state) {
        var all = places.get();
        if (all == null) {
            clear();
            return;
        }
        int place = place(owner, all);
        var before = all.get(place);
        all.setRelease(place, new Held(owner, bytes, state));
        if (before != null
                && before.owner != owner
                && all.length() < bound
                && drivenOut.incrementAndGet() > all.length()) {
            grow(all);
        }
    }

    @SuppressWarnings("ReferenceEquality") // whether somebody else has done it meanwhile
    private synchronized void grow(AtomicReferenceArray<@Nullable Held> all) {
        if (places.get() != all) {
            return;
        }
        var more = new AtomicReferenceArray<@Nullable Held>(2 * all.length());
        for (int place = 0; place < all.length(); place++) {
            var held = all.get(place);
            if (held != null) {
                more.set(place(held.owner, more), held);
            }
        }
        drivenOut.set(0);
        places = new SoftReference<>(more);
    }

    /** Forgets the state of an owner that is gone. */
    public void forget(long owner) {
        var all = places.get();
        if (all != null) {
            int place = place(owner, all);
            var held = all.get(place);
            if (held != null && held.owner == owner) {
                all.compareAndSet(place, held, null);
            }
        }
    }

    /** Forgets all. */
    public synchronized void clear() {
        drivenOut.set(0);
        places = places(LEAST);
    }
}
