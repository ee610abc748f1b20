package org.openclaw.store.journal;

/**
 * How a store is kept. Sizes are in bytes.
 *
 * @param segmentBytes the length of a segment's file; a commit fits into one
 * @param segmentsPerCheckpoint after so many segments what has changed is written to the checkpoint store
 * @param mostSegments as long as so many are needed, commits wait for the checkpoint
 * @param spares how many files are kept for later segments when they are let go of
 * @param cacheBytes memory outside the heap for reading from the checkpoint store
 * @param bufferBytes memory outside the heap for writing to it
 */
public record Options(
        long segmentBytes, int segmentsPerCheckpoint, int mostSegments, int spares, long cacheBytes, long bufferBytes) {
    /** For a node that is there for its agents. */
    public static final Options USUAL = new Options(64L << 20, 4, 8, 4, 128L << 20, 64L << 20);

    /** For one with much to do: what changes over and over is written to the checkpoint store half as often. */
    public static final Options LARGE = new Options(64L << 20, 8, 16, 8, 128L << 20, 64L << 20);

    /** For a small machine, or a try. */
    public static final Options SMALL = new Options(16L << 20, 2, 6, 1, 32L << 20, 16L << 20);

    /** Below this heap a machine counts as small. */
    private static final long SMALL_HEAP = 512L << 20;

    /** From this heap on it counts as large. */
    private static final long LARGE_HEAP = 1536L << 20;

    private static final int LEAST_SEGMENT = 4096;

    public Options {
        if (segmentBytes < LEAST_SEGMENT
                || segmentBytes > Place.LARGEST_SEGMENT
                || segmentBytes % Frame.ALIGNMENT != 0) {
            throw new IllegalArgumentException("segment bytes: %d (expected: %d to %d, a multiple of %d)"
                    .formatted(segmentBytes, LEAST_SEGMENT, Place.LARGEST_SEGMENT, Frame.ALIGNMENT));
        }
        if (segmentsPerCheckpoint < 1) {
            throw new IllegalArgumentException(
                    "segments per checkpoint: " + segmentsPerCheckpoint + " (expected: 1 or more)");
        }
        if (mostSegments <= segmentsPerCheckpoint) {
            throw new IllegalArgumentException("most segments: %d (expected: more than %d, the segments per checkpoint)"
                    .formatted(mostSegments, segmentsPerCheckpoint));
        }
        if (spares < 0) {
            throw new IllegalArgumentException("spares: " + spares + " (expected: 0 or more)");
        }
        if (cacheBytes < 0 || bufferBytes < 1) {
            throw new IllegalArgumentException("cache and buffer bytes: %d and %d (expected: 0 or more, and 1 or more)"
                    .formatted(cacheBytes, bufferBytes));
        }
    }

    /** What suits this machine, by the heap that it gives the JVM. */
    public static Options ofThisMachine() {
        return fitting(Runtime.getRuntime().maxMemory());
    }

    static Options fitting(long heapBytes) {
        if (heapBytes < SMALL_HEAP) {
            return SMALL;
        }
        return heapBytes < LARGE_HEAP ? USUAL : LARGE;
    }
}
