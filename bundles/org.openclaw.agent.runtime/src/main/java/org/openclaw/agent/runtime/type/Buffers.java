package org.openclaw.agent.runtime.type;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.RecyclerPool;

/**
 * The buffers with which Jackson reads and writes. Jackson has a pool of its own for virtual threads, on whose two ends all of them
 * meet; here each has its place, and where there is none to take a new one is made. Thread-safe, without a lock.
 */
final class Buffers implements RecyclerPool<BufferRecycler> {
    /** They know no classes, so all versions share them. */
    static final Buffers SHARED = new Buffers();

    private static final long serialVersionUID = 1;
    private static final int PLACES = 64;
    /** So that no two places are in one line of a processor's cache. */
    private static final int APART = 16;

    private final transient AtomicReferenceArray<@Nullable BufferRecycler> places =
            new AtomicReferenceArray<>(PLACES * APART);

    private Buffers() {}

    private static int place() {
        return (int) (Thread.currentThread().threadId() % PLACES) * APART;
    }

    @Override
    public BufferRecycler acquirePooled() {
        var kept = places.getAndSet(place(), null);
        return kept == null ? new BufferRecycler() : kept;
    }

    @Override
    public void releasePooled(BufferRecycler used) {
        places.setRelease(place(), used);
    }

    private Object readResolve() {
        return SHARED;
    }
}
