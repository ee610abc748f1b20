package org.openclaw.schema.json;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A regular expression as JSON Schema means it (ECMA-262, found anywhere in the text), run by {@code java.util.regex}. What the two
 * read differently is translated: {@code $} ends the text and not a line before it, {@code .} and <code>\s</code> know the same
 * lines and spaces, a class holds no class.
 *
 * <p>Matching takes at most a number of steps in proportion to the text. A text on which it would run on does not match.
 */
final class EcmaRegex implements RegularExpression {
    private static final int STEPS_A_CHARACTER = 200;
    private static final int STEPS = 5_000;
    private static final String SPACES =
            "\\t\\n\\x0B\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";

    private final Pattern pattern;

    EcmaRegex(String regex) {
        this.pattern = Pattern.compile(translated(regex));
    }

    @Override
    public boolean matches(String text) {
        try {
            return pattern.matcher(new Metered(text, STEPS + STEPS_A_CHARACTER * (long) text.length()))
                    .find();
        } catch (OutOfSteps | StackOverflowError runsOn) {
            // a repeated group goes into itself for each character; nothing but the matcher is on that stack
            return false;
        }
    }

    static String translated(String regex) {
        var java = new StringBuilder();
        boolean inClass = false;
        for (int at = 0; at < regex.length(); at++) {
            char c = regex.charAt(at);
            if (c == '\\' && at + 1 < regex.length()) {
                at++;
                java.append(escaped(regex.charAt(at), inClass));
            } else if (inClass) {
                inClass = c != ']';
                java.append(c == '[' || c == '&' ? "\\" : "").append(c);
            } else if (c == '[') {
                if (regex.startsWith("[]", at)) {
                    java.append("(?!)");
                    at++;
                } else if (regex.startsWith("[^]", at)) {
                    java.append("[\\s\\S]");
                    at += 2;
                } else {
                    inClass = true;
                    java.append(c);
                }
            } else {
                java.append(
                        switch (c) {
                            case '$' -> "\\z";
                            case '.' -> "[^\\n\\r\\u2028\\u2029]";
                            default -> String.valueOf(c);
                        });
            }
        }
        return java.toString();
    }

    private static String escaped(char c, boolean inClass) {
        return switch (c) {
            case 's' -> inClass ? SPACES : "[" + SPACES + "]";
            case 'S' -> "[^" + SPACES + "]";
            case 'v' -> "\\x0B";
            case 'b' -> inClass ? "\\x08" : "\\b";
            default -> "\\" + c;
        };
    }

    /** Counts how often the matcher looks at a character. */
    private static final class Metered implements CharSequence {
        private final String text;
        private long steps;

        Metered(String text, long steps) {
            this.text = text;
            this.steps = steps;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--steps < 0) {
                throw new OutOfSteps();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class OutOfSteps extends RuntimeException {
        private static final long serialVersionUID = 1;

        OutOfSteps() {
            super("a pattern that runs on", null, false, false);
        }
    }
}
