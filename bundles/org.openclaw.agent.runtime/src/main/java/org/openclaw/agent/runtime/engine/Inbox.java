package org.openclaw.agent.runtime.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the messages that wait for one agent, in order, and the first few of them themselves, as far as there is
 * memory for them; all others lie on the disk alone. How long they have patience is kept only while there is one of another
 * patience than usual. Empty it takes no memory but its own. Not thread-safe.
 */
final class Inbox {
    /** How many messages are kept in memory at most. */
    static final int HELD = 16;

    private static final long[] NO_NUMBERS = {};
    private static final int[] NO_SIZES = {};
    private static final @Nullable Envelope[] NO_BODIES = {};
    private static final int LEAST = 2;
    private static final int KEPT = 8;

    private long[] numbers = NO_NUMBERS;
    private int[] sizes = NO_SIZES;
    private @Nullable Envelope[] bodies = NO_BODIES;
    /** Of each message, or none while all have the usual one. */
    private int[] patience = NO_SIZES;

    private final Budget memory;
    private int head;
    private int count;
    private long bytes;

    /** @param memory the bound of the bodies of all inboxes in memory */
    Inbox(Budget memory) {
        this.memory = memory;
    }

    int count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Adds one with the usual patience behind all others. */
    void add(long number, int size, @Nullable Envelope body) {
        add(number, size, Urgency.USUAL, body);
    }

    /**
     * Adds one behind all others.
     *
     * @param size of its entry in the store, in bytes
     * @param patient see {@link Urgency}
     */
    void add(long number, int size, int patient, @Nullable Envelope body) {
        if (count == numbers.length) {
            grow(Math.max(LEAST, count * 2));
        }
        int at = index(count);
        numbers[at] = number;
        sizes[at] = size;
        if (patient != Urgency.USUAL && patience.length == 0) {
            patience = new int[numbers.length];
            Arrays.fill(patience, Urgency.USUAL);
        }
        if (patience.length > 0) {
            patience[at] = patient;
        }
        bodies[at] = body != null && count < HELD && memory.take(1, size) ? body : null;
        count++;
        bytes += size;
    }

    private int index(int place) {
        int at = head + place;
        return at < numbers.length ? at : at - numbers.length;
    }

    private void grow(int capacity) {
        var moreNumbers = new long[capacity];
        var moreSizes = new int[capacity];
        @Nullable Envelope[] moreBodies = new Envelope[capacity];
        var morePatience = patience.length == 0 ? NO_SIZES : new int[capacity];
        for (int place = 0; place < count; place++) {
            moreNumbers[place] = numbers[index(place)];
            moreSizes[place] = sizes[index(place)];
            moreBodies[place] = bodies[index(place)];
            if (morePatience.length > 0) {
                morePatience[place] = patience[index(place)];
            }
        }
        patience = morePatience;
        numbers = moreNumbers;
        sizes = moreSizes;
        bodies = moreBodies;
        head = 0;
    }

    /** The number of the first one. */
    long first() {
        return numbers[head];
    }

    /** How long the first one has patience; see {@link Urgency}. */
    int firstPatience() {
        return patience.length == 0 ? Urgency.USUAL : patience[head];
    }

    /** The first one itself, if it is in memory. */
    @Nullable
    Envelope firstBody() {
        return bodies[head];
    }

    /** The number of the one at a place, the first has place 0. */
    long number(int place) {
        return numbers[index(place)];
    }

    /** The place of a message; -1 when it is not here. Numbers need not be in order. */
    int find(long number) {
        for (int place = 0; place < count; place++) {
            if (numbers[index(place)] == number) {
                return place;
            }
        }
        return -1;
    }

    /** Takes the one at a place out; its size. */
    int remove(int place) {
        int size = sizes[index(place)];
        if (bodies[index(place)] != null) {
            memory.give(1, size);
        }
        if (place == 0) {
            bodies[head] = null;
            head = index(1);
        } else {
            for (int next = place + 1; next < count; next++) {
                numbers[index(next - 1)] = numbers[index(next)];
                sizes[index(next - 1)] = sizes[index(next)];
                bodies[index(next - 1)] = bodies[index(next)];
                if (patience.length > 0) {
                    patience[index(next - 1)] = patience[index(next)];
                }
            }
            bodies[index(count - 1)] = null;
        }
        count--;
        bytes -= size;
        if (count == 0) {
            head = 0;
            patience = NO_SIZES;
            if (numbers.length > KEPT) {
                release();
            }
        }
        return size;
    }

    /** Keeps none of the messages themselves: they lie on the disk. */
    void unload() {
        for (int place = 0; place < count; place++) {
            int at = index(place);
            if (bodies[at] != null) {
                memory.give(1, sizes[at]);
                bodies[at] = null;
            }
        }
    }

    /** Gives back what it keeps for the next message. */
    void trim() {
        if (count == 0) {
            release();
        }
    }

    /** Forgets all, and what it took to keep it. */
    void release() {
        for (int place = 0; place < count; place++) {
            if (bodies[index(place)] != null) {
                memory.give(1, sizes[index(place)]);
            }
        }
        numbers = NO_NUMBERS;
        sizes = NO_SIZES;
        bodies = NO_BODIES;
        patience = NO_SIZES;
        head = 0;
        count = 0;
        bytes = 0;
    }

    /** All numbers in order: a copy. */
    long[] numbers() {
        var copy = new long[count];
        Arrays.setAll(copy, this::number);
        return copy;
    }
}
