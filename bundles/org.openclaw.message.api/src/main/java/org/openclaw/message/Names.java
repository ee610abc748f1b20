package org.openclaw.message;

/** The shape of the names of agent types, topics and subscriptions. */
final class Names {
    /** What it is, for the text of an error. */
    static final String SHAPE = "a lower-case letter, then up to 62 lower-case letters, digits, '.' or '-'";

    private static final int MOST = 63;

    private Names() {}

    static boolean isName(String text) {
        if (text.isEmpty() || text.length() > MOST || !isLetter(text.charAt(0))) {
            return false;
        }
        for (int at = 1; at < text.length(); at++) {
            char each = text.charAt(at);
            if (!isLetter(each) && (each < '0' || each > '9') && each != '.' && each != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char each) {
        return each >= 'a' && each <= 'z';
    }

    /** Whether a text has a control character, or half of a character: that cannot be stored, and would be another one afterwards. */
    static boolean hasControl(String text) {
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (Character.isHighSurrogate(each)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++; // a whole character of two halves
            } else if (Character.isISOControl(each) || Character.isSurrogate(each)) {
                return true;
            }
        }
        return false;
    }
}
