package org.openclaw.agent.runtime.engine;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * By what a signal is answered: where it is found without an index, and 64 bits that nobody can guess who does not know the receipt
 * of its message.
 *
 * @param agent the number of the agent whose turn waits for it
 * @param message the number of the message that the turn is for
 * @param ordinal of its step
 * @param secret see {@link Identity#signal}
 */
record SignalId(long agent, long message, int ordinal, long secret) {
    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{1,15})-([0-9a-f]{1,15})-([0-9a-f]{1,3})-([0-9a-f]{16})");

    static SignalId of(long agent, long message, Envelope envelope, int ordinal) {
        return new SignalId(agent, message, ordinal, Identity.signal(agent, envelope, ordinal));
    }

    /** Empty when the text is none. */
    static Optional<SignalId> of(String text) {
        var parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new SignalId(
                        Long.parseLong(parts.group(1), 16),
                        Long.parseLong(parts.group(2), 16),
                        Integer.parseInt(parts.group(3), 16),
                        Long.parseUnsignedLong(parts.group(4), 16)))
                : Optional.empty();
    }

    /** As text: its numbers in hexadecimal. */
    String text() {
        return "%x-%x-%x-%016x".formatted(agent, message, ordinal, secret);
    }
}
