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

    static boolean hasControl(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isISOControl(text.charAt(at))) {
                return true;
            }
        }
        return false;
    }
}
