package org.openclaw.agent.runtime.engine;

/**
 * How large the results of steps may be, in bytes as JSON.
 *
 * @param inline up to which a result lies in the record of its step; a larger one lies beside it, see {@link Blobs}
 * @param result the result of one step; it is in memory as a whole when it is recorded and when it is read again
 * @param turn the results of all steps of one turn; they are on the disk until the turn is committed
 */
public record StepBounds(int inline, int result, long turn) {
    private static final int KIB = 1024;
    private static final int MOST_OF_ONE = 256 * KIB * KIB;
    private static final long MOST_OF_A_TURN = 64L * MOST_OF_ONE;

    /** For every node: results beside are written in pieces and not kept in memory. */
    public static final StepBounds USUAL = new StepBounds(64 * KIB, 16 * KIB * KIB, 64L * KIB * KIB);

    /** @throws IllegalArgumentException when one is out of its bounds */
    public StepBounds {
        within("inline bytes of a step", inline, 1, MOST_OF_ONE);
        within("step bytes", result, inline, MOST_OF_ONE);
        within("turn steps bytes", turn, result, MOST_OF_A_TURN);
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
