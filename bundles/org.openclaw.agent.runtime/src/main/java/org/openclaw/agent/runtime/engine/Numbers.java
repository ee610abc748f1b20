package org.openclaw.agent.runtime.engine;

import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/**
 * Gives out numbers, for agents, messages and timers: each greater than all before it, across restarts too. They are taken from
 * the store in blocks, so a restart leaves a gap. Belongs to the thread of the {@link Core}.
 */
final class Numbers {
    private static final int VERSION = 1;
    private static final long BLOCK = 1 << 20;
    private static final Key KEY = new Key(Kind.NODE, NodeEntry.NUMBERS.code(), 0);

    private final long first;
    private long next;
    private long end;

    Numbers(Shelf shelf) {
        next = shelf.node(NodeEntry.NUMBERS, 0)
                .map(bytes -> new Wire.Reader(bytes, VERSION, "the numbers of the node").u64())
                .orElse(1L);
        end = next;
        first = next;
    }

    /** The first one that is given out in this life of the node: all of an earlier one are less. */
    long first() {
        return first;
    }

    long next(Transaction into) {
        if (next == end) {
            end += BLOCK;
            into.put(KEY, new Wire.Writer(9).u8(VERSION).u64(end).done());
        }
        return next++;
    }
}
