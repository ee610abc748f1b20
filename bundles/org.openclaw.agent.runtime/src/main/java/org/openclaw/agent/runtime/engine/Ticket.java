package org.openclaw.agent.runtime.engine;

import java.util.HexFormat;
import java.util.Optional;
import org.openclaw.message.ReceiptId;

/**
 * What a receipt says: where the message is found without an index, and 64 random bits, so that nobody guesses another's.
 *
 * @param agent the number of the agent it is for
 * @param number of the message
 * @param secret random
 */
record Ticket(long agent, long number, long secret) {
    private static final int MOST_DIGITS = 15;
    private static final int SECRET_DIGITS = 16;

    /** As text: the three numbers in hexadecimal. */
    ReceiptId id() {
        return new ReceiptId(Long.toHexString(agent) + "-" + Long.toHexString(number) + "-"
                + HexFormat.of().toHexDigits(secret));
    }

    /** Empty when the text is no receipt of a message. */
    static Optional<Ticket> of(ReceiptId id) {
        var text = id.value();
        int first = text.indexOf('-');
        int second = text.indexOf('-', first + 1);
        return isHex(text, 0, first, MOST_DIGITS)
                        && isHex(text, first + 1, second, MOST_DIGITS)
                        && text.length() == second + 1 + SECRET_DIGITS
                        && isHex(text, second + 1, text.length(), SECRET_DIGITS)
                ? Optional.of(new Ticket(
                        HexFormat.fromHexDigitsToLong(text, 0, first),
                        HexFormat.fromHexDigitsToLong(text, first + 1, second),
                        HexFormat.fromHexDigitsToLong(text, second + 1, text.length())))
                : Optional.empty();
    }

    /** Whether there are 1 to so many hexadecimal digits from one place to before another, none of them a capital. */
    private static boolean isHex(String text, int from, int to, int most) {
        if (to <= from || to - from > most) {
            return false;
        }
        for (int at = from; at < to; at++) {
            char digit = text.charAt(at);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }
}
