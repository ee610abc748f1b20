package org.openclaw.store;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A copy of the node's store as it was at a moment, from which a node can be started again.
 *
 * @param name unique in the node: the moment in UTC, such as {@code 20261126T144500Z}, or {@code 20261126T144500Z-2} for the
 *     second one of that second
 * @param at the moment at which it was asked for, in whole seconds
 * @param bytes that its files have; on the disk it may take less, because it shares files with others
 */
public record Checkpoint(String name, Instant at, long bytes) {
    private static final Pattern NAME = Pattern.compile("[0-9]{8}T[0-9]{6}Z(-[1-9][0-9]{0,8})?");

    public Checkpoint {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "name of a checkpoint: '%s' (expected: such as 20261126T144500Z)".formatted(name));
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: 0 or more)");
        }
    }

    /** Whether a checkpoint may have this name: it is no path, whoever made it up. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
