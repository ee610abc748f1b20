package org.openclaw.itest.simulation;

/**
 * What a step results in.
 *
 * @param number nobody else gets it
 * @param more what makes some of them large
 */
public record Act(long number, String more) {
    /** With so many characters more. */
    static Act of(long number, int size) {
        return new Act(number, "x".repeat(size));
    }
}
