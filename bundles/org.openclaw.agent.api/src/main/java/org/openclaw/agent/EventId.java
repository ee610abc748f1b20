package org.openclaw.agent;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of an event among all of a node, and a cursor: what comes behind it is what has happened since.
 *
 * @param life the node's life, from a start to a stop: another one after each start, at random
 * @param number of the event within that life: greater than those of all that happened before; 0 is before the first
 */
public record EventId(long life, long number) {
    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{16})-([0-9a-f]{1,15})");

    /** @throws IllegalArgumentException when the number is negative */
    public EventId {
        if (number < 0) {
            throw new IllegalArgumentException("number of an event: " + number + " (expected: 0 or more)");
        }
    }

    /** Reads what {@link #toString} has written; empty when it is something else. */
    public static Optional<EventId> parse(String text) {
        var matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new EventId(Long.parseUnsignedLong(matcher.group(1), 16), Long.parseLong(matcher.group(2), 16)))
                : Optional.empty();
    }

    /** Both numbers in hexadecimal, with a hyphen between them. */
    @Override
    public String toString() {
        return String.format("%016x-%x", life, number);
    }
}
