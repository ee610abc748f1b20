package org.openclaw.schema.json;

/** Points in time as nearly all are written, told without a parser, which takes a hundred times as long as the digits. */
final class Times {
    private static final String SHAPE = "0000-00-00T00:00:00";

    private Times() {}

    /** Whether it is a date-time of that shape, with a fraction or none and in UTC; others may be some, too. */
    static boolean isPlainDateTime(String text) {
        int length = text.length();
        if (length <= SHAPE.length() || length > 30 || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int at = 0; at < SHAPE.length(); at++) {
            char shape = SHAPE.charAt(at);
            char c = text.charAt(at);
            if (shape == '0' ? !isDigit(c) : c != shape) {
                return false;
            }
        }
        return inRange(text, 5, 1, 12)
                && inRange(text, 8, 1, 28)
                && inRange(text, 11, 0, 23)
                && inRange(text, 14, 0, 59)
                && inRange(text, 17, 0, 59)
                && isFraction(text, SHAPE.length(), length - 1);
    }

    private static boolean isFraction(String text, int from, int to) {
        if (from == to) {
            return true;
        }
        if (text.charAt(from) != '.' || from + 1 == to) {
            return false;
        }
        for (int at = from + 1; at < to; at++) {
            if (!isDigit(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return '0' <= c && c <= '9';
    }

    private static boolean inRange(String text, int at, int least, int greatest) {
        int number = 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
        return least <= number && number <= greatest;
    }
}
