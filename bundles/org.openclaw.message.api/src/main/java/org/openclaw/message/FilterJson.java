package org.openclaw.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Filters as JSON. Of JSON itself it reads only what a filter has: objects, arrays and strings. An API has no third-party JSON
 * library, and a filter comes from outside, so everything is bounded before it is built. Not thread-safe.
 */
final class FilterJson {
    /** More than the longest one that fits the bounds of a filter, however much of it is escaped: what is written can be read. */
    private static final int LONGEST = 128 * 1024;

    private static final String DIALECTS = "exact, prefix, suffix, all, any or not";

    private final String text;
    private int at;

    private FilterJson(String text) {
        this.text = text;
    }

    static MessageFilter read(String json) {
        if (json.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "filter of " + json.length() + " characters (expected: at most " + LONGEST + ")");
        }
        var reader = new FilterJson(json);
        var filter = reader.filter(1);
        reader.blank();
        if (reader.at < json.length()) {
            throw reader.expected("the end");
        }
        return filter;
    }

    private MessageFilter filter(int depth) {
        if (depth > MessageFilter.MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "filter: more than " + MessageFilter.MAX_DEPTH + " within each other (expected: fewer)");
        }
        take('{');
        int start = at;
        var dialect = string();
        take(':');
        MessageFilter filter = switch (dialect) {
            case "exact" -> new MessageFilter.Exact(attributes());
            case "prefix" -> new MessageFilter.Prefix(attributes());
            case "suffix" -> new MessageFilter.Suffix(attributes());
            case "all" -> new MessageFilter.All(filters(depth));
            case "any" -> new MessageFilter.Any(filters(depth));
            case "not" -> new MessageFilter.Not(filter(depth + 1));
            default -> {
                at = start;
                throw expected("one of the dialects " + DIALECTS);
            }
        };
        take('}');
        return filter;
    }

    private List<MessageFilter> filters(int depth) {
        var filters = new ArrayList<MessageFilter>();
        take('[');
        while (!isNext(']')) {
            if (!filters.isEmpty()) {
                take(',');
            }
            filters.add(filter(depth + 1));
            requireFew(filters.size());
        }
        take(']');
        return filters;
    }

    private SortedMap<String, String> attributes() {
        var attributes = new TreeMap<String, String>();
        take('{');
        while (!isNext('}')) {
            if (!attributes.isEmpty()) {
                take(',');
            }
            var name = string();
            take(':');
            if (attributes.put(name, string()) != null) {
                throw expected("no second value for '" + name + "'");
            }
            requireFew(attributes.size());
        }
        take('}');
        return attributes;
    }

    private static void requireFew(int parts) {
        if (parts > MessageFilter.MAX_PARTS) {
            throw new IllegalArgumentException("filter: more than " + MessageFilter.MAX_PARTS
                    + " filters or attributes side by side (expected: fewer)");
        }
    }

    private String string() {
        take('"');
        var value = new StringBuilder();
        while (true) {
            char next = next();
            switch (next) {
                case '"' -> {
                    return value.toString();
                }
                case '\\' -> value.append(escaped());
                default -> {
                    if (next < ' ') {
                        at--;
                        throw expected("no control character within a string");
                    }
                    value.append(next);
                }
            }
        }
    }

    private char escaped() {
        char next = next();
        return switch (next) {
            case '"', '\\', '/' -> next;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int digit = 0; digit < 4; digit++) {
                    int value = Character.digit(next(), 16);
                    if (value < 0) {
                        throw expected("four hexadecimal digits");
                    }
                    code = 16 * code + value;
                }
                yield (char) code;
            }
            default -> throw expected("an escape of JSON");
        };
    }

    private char next() {
        if (at == text.length()) {
            throw expected("more");
        }
        return text.charAt(at++);
    }

    private void take(char wanted) {
        if (!isNext(wanted)) {
            throw expected("'" + wanted + "'");
        }
        at++;
    }

    private boolean isNext(char wanted) {
        blank();
        return at < text.length() && text.charAt(at) == wanted;
    }

    private void blank() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("filter, at character " + at + ": "
                + (at < text.length() ? "'" + text.charAt(at) + "'" : "the end") + " (expected: " + what + ")");
    }

    static String write(MessageFilter filter) {
        var into = new StringBuilder();
        write(filter, into);
        return into.toString();
    }

    private static void write(MessageFilter filter, StringBuilder into) {
        switch (filter) {
            case MessageFilter.Exact(var attributes) -> write("exact", attributes, into);
            case MessageFilter.Prefix(var attributes) -> write("prefix", attributes, into);
            case MessageFilter.Suffix(var attributes) -> write("suffix", attributes, into);
            case MessageFilter.All(var filters) -> write("all", filters, into);
            case MessageFilter.Any(var filters) -> write("any", filters, into);
            case MessageFilter.Not(var within) -> {
                into.append("{\"not\":");
                write(within, into);
                into.append('}');
            }
        }
    }

    private static void write(String dialect, Map<String, String> attributes, StringBuilder into) {
        into.append("{\"").append(dialect).append("\":{");
        int before = into.length();
        attributes.forEach((name, value) -> {
            into.append(into.length() == before ? "" : ",");
            quote(name, into);
            into.append(':');
            quote(value, into);
        });
        into.append("}}");
    }

    private static void write(String dialect, List<MessageFilter> filters, StringBuilder into) {
        into.append("{\"").append(dialect).append("\":[");
        int before = into.length();
        for (var filter : filters) {
            into.append(into.length() == before ? "" : ",");
            write(filter, into);
        }
        into.append("]}");
    }

    /** Neither names nor values have control characters. */
    private static void quote(String text, StringBuilder into) {
        into.append('"');
        for (int place = 0; place < text.length(); place++) {
            char each = text.charAt(place);
            into.append(each == '"' || each == '\\' ? "\\" : "").append(each);
        }
        into.append('"');
    }
}
