package org.openclaw.store.journal;

/**
 * Where something lies in the journal, as one number: that of the segment, and the position in its file, which takes 30 bits.
 */
final class Place {
    /** The longest file that places can be told in. */
    static final long LARGEST_SEGMENT = 1L << 30;

    private static final int BITS = 30;

    private Place() {}

    static long of(long segment, long position) {
        return segment << BITS | position;
    }

    static long segment(long place) {
        return place >>> BITS;
    }

    static long position(long place) {
        return place & (LARGEST_SEGMENT - 1);
    }
}
