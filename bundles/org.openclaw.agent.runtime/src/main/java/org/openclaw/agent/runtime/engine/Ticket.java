package org.openclaw.agent.runtime.engine;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openclaw.message.ReceiptId;

/**
 * What a receipt says: where the message is found without an index, and 64 random bits, so that nobody guesses another's.
 *
 * @param agent the number of the agent it is for
 * @param number of the message
 * @param secret random
 */
record Ticket(long agent, long number, long secret) {
    private static final Pattern SHAPE = Pattern.compile("([0-9a-f]{1,15})-([0-9a-f]{1,15})-([0-9a-f]{16})");

    /** As text: the three numbers in hexadecimal. */
    ReceiptId id() {
        return new ReceiptId(Long.toHexString(agent) + "-" + Long.toHexString(number) + "-"
                + HexFormat.of().toHexDigits(secret));
    }

    /** Empty when the text is no receipt of a message. */
    static Optional<Ticket> of(ReceiptId id) {
        var matcher = SHAPE.matcher(id.value());
        return matcher.matches()
                ? Optional.of(new Ticket(
                        Long.parseLong(matcher.group(1), 16),
                        Long.parseLong(matcher.group(2), 16),
                        Long.parseUnsignedLong(matcher.group(3), 16)))
                : Optional.empty();
    }
}
