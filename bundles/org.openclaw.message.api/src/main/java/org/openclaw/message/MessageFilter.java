package org.openclaw.message;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Which messages a subscription is for: the filter dialects of the CloudEvents Subscriptions API 1.0 but for its SQL. A filter
 * looks at the attributes {@code id}, {@code source}, {@code type}, {@code subject} and those of extensions, never at the body; an
 * attribute that a message does not have fits nothing. Immutable, bounded in depth and in size, equal by content.
 *
 * <pre>{@code
 * {"all": [{"prefix": {"type": "acme."}}, {"not": {"exact": {"subject": "test", "region": "eu"}}}]}
 * }</pre>
 */
public sealed interface MessageFilter {
    /** How many filters may stand within each other. */
    int MAX_DEPTH = 8;

    /** How many filters and attributes one may have, all that stand within it counted. */
    int MAX_PARTS = 64;

    /** Whether a message passes. */
    boolean matches(Message message);

    /** All of these attributes have these values. */
    record Exact(SortedMap<String, String> attributes) implements MessageFilter {
        /** @throws IllegalArgumentException when there is none, there are too many, or one has another shape */
        public Exact {
            attributes = checked("exact", attributes);
        }

        @Override
        public boolean matches(Message message) {
            return fits(message, attributes, String::equals);
        }
    }

    /** All of these attributes begin so. */
    record Prefix(SortedMap<String, String> attributes) implements MessageFilter {
        /** @throws IllegalArgumentException when there is none, there are too many, or one has another shape */
        public Prefix {
            attributes = checked("prefix", attributes);
        }

        @Override
        public boolean matches(Message message) {
            return fits(message, attributes, String::startsWith);
        }
    }

    /** All of these attributes end so. */
    record Suffix(SortedMap<String, String> attributes) implements MessageFilter {
        /** @throws IllegalArgumentException when there is none, there are too many, or one has another shape */
        public Suffix {
            attributes = checked("suffix", attributes);
        }

        @Override
        public boolean matches(Message message) {
            return fits(message, attributes, String::endsWith);
        }
    }

    /** All of these filters let it pass; every message where there is none. */
    record All(List<MessageFilter> filters) implements MessageFilter {
        /** @throws IllegalArgumentException when it is too deep, or has too many parts */
        public All {
            filters = List.copyOf(filters);
            requireBounds(filters);
        }

        @Override
        public boolean matches(Message message) {
            return filters.stream().allMatch(filter -> filter.matches(message));
        }
    }

    /** At least one of these filters lets it pass. */
    record Any(List<MessageFilter> filters) implements MessageFilter {
        /** @throws IllegalArgumentException when there is none, it is too deep, or has too many parts */
        public Any {
            filters = List.copyOf(filters);
            if (filters.isEmpty()) {
                throw new IllegalArgumentException("filter any: no filters (expected: 1 at least)");
            }
            requireBounds(filters);
        }

        @Override
        public boolean matches(Message message) {
            return filters.stream().anyMatch(filter -> filter.matches(message));
        }
    }

    /** This filter does not let it pass. */
    record Not(MessageFilter filter) implements MessageFilter {
        /** @throws IllegalArgumentException when it is too deep, or has too many parts */
        public Not {
            requireBounds(List.of(filter));
        }

        @Override
        public boolean matches(Message message) {
            return !filter.matches(message);
        }
    }

    /** Every message; {@code {"all": []}}. */
    static MessageFilter everything() {
        return new All(List.of());
    }

    /**
     * Of one CloudEvents type, or of all that begin so: {@code acme.order.Placed}, {@code acme.*}, {@code *}.
     *
     * @throws IllegalArgumentException when the pattern has another shape
     */
    static MessageFilter type(String pattern) {
        if (pattern.equals("*")) {
            return everything();
        }
        int star = pattern.indexOf('*');
        if (star >= 0 && star < pattern.length() - 1) {
            throw new IllegalArgumentException(
                    "type: '" + pattern + "' (expected: a type, or the beginning of one and a '*' at its end)");
        }
        return star < 0
                ? exact("type", pattern)
                : new Prefix(new TreeMap<>(Map.of("type", pattern.substring(0, star))));
    }

    /**
     * Where one attribute has this value.
     *
     * @throws IllegalArgumentException when the name or the value has another shape
     */
    static MessageFilter exact(String name, String value) {
        return new Exact(new TreeMap<>(Map.of(name, value)));
    }

    /** This filter and another one. */
    default MessageFilter and(MessageFilter other) {
        return new All(List.of(this, other));
    }

    /**
     * Reads its JSON form.
     *
     * @throws IllegalArgumentException when it is no filter; the text says where and what was expected
     */
    static MessageFilter parse(String json) {
        return FilterJson.read(json);
    }

    /** Its JSON form. */
    default String json() {
        return FilterJson.write(this);
    }

    private static SortedMap<String, String> checked(String dialect, SortedMap<String, String> attributes) {
        if (attributes.isEmpty() || attributes.size() >= MAX_PARTS) {
            throw new IllegalArgumentException("filter " + dialect + ": " + attributes.size()
                    + " attributes (expected: 1 to " + (MAX_PARTS - 1) + ")");
        }
        attributes.forEach((name, value) -> {
            boolean known = switch (name) {
                case "id", "source", "type", "subject" -> true;
                default -> Attributes.isExtension(name);
            };
            if (!known) {
                throw new IllegalArgumentException("filter " + dialect + ": attribute '" + name
                        + "' (expected: id, source, type, subject, or the name of an extension attribute)");
            }
            if (value.isEmpty() || value.length() > 512 || Names.hasControl(value)) {
                throw new IllegalArgumentException("filter " + dialect + ": " + value.length() + " characters for '"
                        + name + "' (expected: 1 to 512, none of them a control character)");
            }
        });
        return Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    private static boolean fits(Message message, Map<String, String> wanted, BiPredicate<String, String> how) {
        return wanted.entrySet().stream()
                .allMatch(each -> message.attribute(each.getKey())
                        .filter(value -> how.test(value, each.getValue()))
                        .isPresent());
    }

    private static void requireBounds(List<MessageFilter> within) {
        int depth = 1 + within.stream().mapToInt(MessageFilter::depth).max().orElse(0);
        int parts = 1 + within.stream().mapToInt(MessageFilter::parts).sum();
        if (depth > MAX_DEPTH || parts > MAX_PARTS) {
            throw new IllegalArgumentException(
                    "filter: " + depth + " deep, with " + parts + " parts (expected: at most " + MAX_DEPTH
                            + " deep, with " + MAX_PARTS + " filters and attributes)");
        }
    }

    private int depth() {
        return switch (this) {
            case Exact _, Prefix _, Suffix _ -> 1;
            case All(var filters) ->
                1 + filters.stream().mapToInt(MessageFilter::depth).max().orElse(0);
            case Any(var filters) ->
                1 + filters.stream().mapToInt(MessageFilter::depth).max().orElse(0);
            case Not(var filter) -> 1 + filter.depth();
        };
    }

    private int parts() {
        return switch (this) {
            case Exact(var attributes) -> 1 + attributes.size();
            case Prefix(var attributes) -> 1 + attributes.size();
            case Suffix(var attributes) -> 1 + attributes.size();
            case All(var filters) ->
                1 + filters.stream().mapToInt(MessageFilter::parts).sum();
            case Any(var filters) ->
                1 + filters.stream().mapToInt(MessageFilter::parts).sum();
            case Not(var filter) -> 1 + filter.parts();
        };
    }
}
