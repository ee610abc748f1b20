package org.openclaw.agent;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far somebody has read what the turns for one message show, and a cursor: what comes behind it has been shown since.
 *
 * @param run which run of the handler, at random; 0 before the first
 * @param attempt of that run, as it was told to this reader; 0 before the first
 * @param offset how much of what that run has shown was read, in UTF-16 code units, as Java and JavaScript count
 */
public record PreviewId(long run, int attempt, long offset) {
    /** Before everything. */
    public static final PreviewId START = new PreviewId(0, 0, 0);

    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{16})-([0-9]{1,9})-([0-9]{1,15})");

    /** @throws IllegalArgumentException when the attempt or the offset is negative */
    public PreviewId {
        if (attempt < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "attempt " + attempt + ", offset " + offset + " of a preview (expected: 0 or more)");
        }
    }

    /** Reads what {@link #toString} has written; empty when it is something else. */
    public static Optional<PreviewId> parse(String text) {
        var matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new PreviewId(
                        Long.parseUnsignedLong(matcher.group(1), 16),
                        Integer.parseInt(matcher.group(2)),
                        Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    /** The run in hexadecimal, the attempt and the offset in decimal, with hyphens between them. */
    @Override
    public String toString() {
        return String.format("%016x-%d-%d", run, attempt, offset);
    }
}
