package org.openclaw.store.journal;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where the newest value of each key lies: an open-addressing hash table from two numbers to a place and a length, without
 * an object per entry. A slot takes 32 bytes, half a line of the processor's cache; at most two thirds of them are used. Not
 * thread-safe.
 */
final class PairTable {
    /** The length of an entry that says: removed. */
    static final int REMOVED = -1;

    private static final int WIDTH = 4;
    private static final int SECOND = 1;
    private static final int PLACE = 2;
    /** What is kept is the length and 2: what nobody has written is free. */
    private static final int LENGTH = 3;

    private static final long FREE = 0;
    private static final int LIFT = 2;
    private static final int SMALLEST = 16;
    private static final int LARGEST = 1 << 28;

    /** While keys are sorted: the two numbers, and the slot. */
    private static final int RUN = 3;

    private static final int LEAST_RUNS = 1024;

    private long[] slots;
    private int mask;
    private int size;
    private long version;

    /** A table that does not grow before it has so many entries. */
    PairTable(int expected) {
        long least = Math.min(LARGEST, expected * 3L / 2 + 1);
        allocate(Math.max(SMALLEST, Integer.highestOneBit((int) least - 1) << 1));
    }

    private void allocate(int capacity) {
        slots = new long[capacity * WIDTH];
        mask = capacity - 1;
        size = 0;
    }

    int size() {
        return size;
    }

    /** Another number after each change. */
    long version() {
        return version;
    }

    /** The slot of a key, for the accessors until the next change; negative when there is none. */
    int find(long first, long second) {
        for (int slot = hash(first, second) & mask; ; slot = (slot + 1) & mask) {
            int at = slot * WIDTH;
            if (slots[at + LENGTH] == FREE) {
                return -1;
            }
            if (slots[at] == first && slots[at + SECOND] == second) {
                return slot;
            }
        }
    }

    long first(int slot) {
        return slots[slot * WIDTH];
    }

    long second(int slot) {
        return slots[slot * WIDTH + SECOND];
    }

    long place(int slot) {
        return slots[slot * WIDTH + PLACE];
    }

    int length(int slot) {
        return (int) slots[slot * WIDTH + LENGTH] - LIFT;
    }

    void put(long first, long second, long place, int length) {
        if ((size + 1) * 3L > (mask + 1) * 2L) {
            grow();
        }
        version++;
        set(first, second, place, length + (long) LIFT);
    }

    private void set(long first, long second, long place, long lifted) {
        int slot = hash(first, second) & mask;
        int at = slot * WIDTH;
        while (slots[at + LENGTH] != FREE && (slots[at] != first || slots[at + SECOND] != second)) {
            slot = (slot + 1) & mask;
            at = slot * WIDTH;
        }
        size += slots[at + LENGTH] == FREE ? 1 : 0;
        slots[at] = first;
        slots[at + SECOND] = second;
        slots[at + PLACE] = place;
        slots[at + LENGTH] = lifted;
    }

    private void grow() {
        if (mask + 1 >= LARGEST) {
            throw new IllegalStateException("a table of " + size + " entries cannot grow");
        }
        long[] old = slots;
        allocate((mask + 1) * 2);
        for (int at = 0; at < old.length; at += WIDTH) {
            if (old[at + LENGTH] != FREE) {
                set(old[at], old[at + SECOND], old[at + PLACE], old[at + LENGTH]);
            }
        }
    }

    /** Forgets the entry in a slot; the ones behind it move up, so that no search ends early. */
    void drop(int slot) {
        version++;
        int hole = slot;
        for (int next = (hole + 1) & mask; slots[next * WIDTH + LENGTH] != FREE; next = (next + 1) & mask) {
            int home = hash(first(next), second(next)) & mask;
            // whether the way from its home to where it is leads over the hole
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                System.arraycopy(slots, next * WIDTH, slots, hole * WIDTH, WIDTH);
                hole = next;
            }
        }
        slots[hole * WIDTH + LENGTH] = FREE;
        size--;
    }

    /**
     * The slots of the keys from one on and before another, in their order, for the accessors until the next change; before the
     * greatest of all means all.
     */
    int[] sorted(long fromFirst, long fromSecond, long beforeFirst, long beforeSecond) {
        int least = (beforeFirst & beforeSecond) == -1 ? 1 : 0;
        // the keys are taken along: to look each up in the table again and again would miss the processor's cache each
        // time
        long[] found = new long[RUN * Math.min(size, LEAST_RUNS)];
        int end = 0;
        for (int at = 0; at < slots.length; at += WIDTH) {
            if (slots[at + LENGTH] != FREE
                    && compare(slots[at], slots[at + SECOND], fromFirst, fromSecond) >= 0
                    && compare(slots[at], slots[at + SECOND], beforeFirst, beforeSecond) < least) {
                if (end == found.length) {
                    found = Arrays.copyOf(found, Math.min(RUN * size, 2 * end));
                }
                found[end] = slots[at];
                found[end + SECOND] = slots[at + SECOND];
                found[end + 2] = at / WIDTH;
                end += RUN;
            }
        }
        long[] sorted = sort(found, end);
        return IntStream.range(0, end / RUN)
                .map(index -> (int) sorted[index * RUN + 2])
                .toArray();
    }

    /** Merges runs of 1, 2, 4 and so on: the JDK sorts by two numbers only with an object for each entry. */
    private static long[] sort(long[] runs, int length) {
        long[] from = runs;
        long[] into = new long[length];
        for (long width = RUN; width < length; width *= 2) {
            for (long start = 0; start < length; start += 2 * width) {
                merge(from, into, (int) start, (int) Math.min(start + width, length), (int)
                        Math.min(start + 2 * width, length));
            }
            long[] merged = into;
            into = from;
            from = merged;
        }
        return from;
    }

    private static void merge(long[] from, long[] into, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int at = start; at < end; at += RUN) {
            boolean takesLeft = left < middle
                    && (right >= end
                            || compare(from[left], from[left + SECOND], from[right], from[right + SECOND]) <= 0);
            int taken = takesLeft ? left : right;
            into[at] = from[taken];
            into[at + SECOND] = from[taken + SECOND];
            into[at + 2] = from[taken + 2];
            left += takesLeft ? RUN : 0;
            right += takesLeft ? 0 : RUN;
        }
    }

    /** The order of keys: by the first number, then by the second, as unsigned. */
    static int compare(long first, long second, long otherFirst, long otherSecond) {
        int compared = Long.compareUnsigned(first, otherFirst);
        return compared != 0 ? compared : Long.compareUnsigned(second, otherSecond);
    }

    private static int hash(long first, long second) {
        long mixed = ((first * 0x9E3779B97F4A7C15L) ^ second) * 0xC2B2AE3D27D4EB4FL;
        mixed ^= mixed >>> 32;
        return (int) ((mixed * 0x9E3779B97F4A7C15L) >>> 32);
    }
}
