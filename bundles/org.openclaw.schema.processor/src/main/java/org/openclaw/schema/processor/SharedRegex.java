package org.openclaw.schema.processor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Whether a regular expression means the same in ECMA-262 (with the flag u, as JSON Schema says) and in {@code java.util.regex}: a
 * schema is read by clients in many languages.
 */
final class SharedRegex {
    private static final int LONGEST = 1_000;
    private static final String ESCAPED_CLASSES = "dDwWsS";
    private static final String ESCAPED_CHARACTERS = "tnrf^$\\.*+?()[]{}|/";
    private static final Pattern HEX = Pattern.compile("x[0-9a-fA-F]{2}.*|u[0-9a-fA-F]{4}.*", Pattern.DOTALL);
    private static final Pattern REPETITION = Pattern.compile("\\{\\d{1,9}(,\\d{0,9})?}.*", Pattern.DOTALL);

    private final String regex;
    private final Deque<Boolean> groups = new ArrayDeque<>();
    private int at;
    /** Whether what was read last can be repeated. */
    private boolean atom;

    private SharedRegex(String regex) {
        this.regex = regex;
    }

    /** What is wrong with it; empty when nothing is. */
    static Optional<String> problem(String regex) {
        if (regex.length() > LONGEST) {
            return Optional.of("has more than %,d characters".formatted(LONGEST));
        }
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException broken) {
            return Optional.of(
                    "is no regular expression (%s at %d)".formatted(broken.getDescription(), broken.getIndex()));
        }
        return new SharedRegex(regex).problem();
    }

    private Optional<String> problem() {
        while (at < regex.length()) {
            Optional<String> problem = next();
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> next() {
        char c = regex.charAt(at++);
        return switch (c) {
            case '\\' -> escape(false);
            case '[' -> classOfCharacters();
            case '(' -> group();
            case ')' -> closed();
            case '*', '+', '?', '{' -> repetition(c);
            case '}', ']' -> only("'" + c + "' without a backslash");
            case '^', '$', '|' -> read(false);
            default -> read(true);
        };
    }

    private Optional<String> read(boolean repeatable) {
        atom = repeatable;
        return Optional.empty();
    }

    private Optional<String> escape(boolean inClass) {
        char c = regex.charAt(at);
        if (HEX.matcher(regex.substring(at)).matches()) {
            at += c == 'x' ? 3 : 5;
            return read(true);
        }
        at++;
        if ((c == 'b' || c == 'B') && !inClass) {
            return read(false);
        }
        boolean shared = ESCAPED_CLASSES.indexOf(c) >= 0 || ESCAPED_CHARACTERS.indexOf(c) >= 0 || (c == '-' && inClass);
        return shared ? read(true) : only("'\\" + c + "'");
    }

    private Optional<String> group() {
        boolean repeatable = true;
        if (regex.startsWith("?", at)) {
            boolean lookahead = regex.startsWith("?=", at) || regex.startsWith("?!", at);
            if (!lookahead && !regex.startsWith("?:", at)) {
                return only("a group '(%s'".formatted(regex.substring(at, Math.min(at + 2, regex.length()))));
            }
            repeatable = !lookahead;
            at += 2;
        }
        groups.push(repeatable);
        return read(false);
    }

    private Optional<String> closed() {
        return read(groups.isEmpty() || groups.pop());
    }

    private Optional<String> repetition(char c) {
        if (!atom) {
            return only("'" + c + "' after what cannot be repeated");
        }
        if (c == '{') {
            if (!REPETITION.matcher(regex.substring(at - 1)).matches()) {
                return only("'{' without a backslash");
            }
            at = regex.indexOf('}', at) + 1;
        }
        if (regex.startsWith("+", at)) {
            return only("a possessive '+'");
        }
        if (regex.startsWith("?", at)) {
            at++;
        }
        return read(false);
    }

    private Optional<String> classOfCharacters() {
        if (regex.startsWith("^", at)) {
            at++;
        }
        if (regex.startsWith("]", at)) {
            return only("an empty class, or ']' without a backslash");
        }
        boolean afterClass = false;
        while (at < regex.length()) {
            char c = regex.charAt(at++);
            if (c == ']') {
                return read(true);
            }
            if (c == '[' || (c == '&' && regex.startsWith("&", at))) {
                return only("'%s' in a class".formatted(c == '[' ? "[" : "&&"));
            }
            if (c == '-' && afterClass && !regex.startsWith("]", at)) {
                return only("a range from a class");
            }
            afterClass = false;
            if (c == '\\') {
                afterClass = ESCAPED_CLASSES.indexOf(regex.charAt(at)) >= 0;
                Optional<String> problem = escape(true);
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> only(String what) {
        return Optional.of(what + " does not mean the same everywhere");
    }
}
