package org.openclaw.schema.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Says of most bodies that fit that they do, many times faster than the validator, which keeps books of where it is. It knows the
 * keywords that the annotation processor derives. Yes means that the validator finds nothing; no means that it has to be asked.
 *
 * <p>Of alternatives only such are known that a kind of value tells apart, so nothing is tried twice, and a check visits each value
 * once. Immutable once made.
 */
final class Quick {
    /** References and alternatives at one value, and values within each other. */
    private static final int DEEPEST = 2 * Bodies.DEEPEST;

    private final Shape shape;
    private final EnumSet<Kind> kinds;
    private final boolean bounded;
    private final boolean wholeBounds;
    private final long least;
    private final long greatest;
    private final Optional<EcmaRegex> pattern;
    private final List<Member> members = new ArrayList<>();
    private final Set<String> undeclared = new HashSet<>();
    private final List<Quick> alternatives = new ArrayList<>();
    private Optional<Quick> items = Optional.empty();
    private Optional<Quick> additional = Optional.empty();
    private Optional<Quick> named = Optional.empty();

    private record Member(String name, boolean required, Quick value) {}

    private Quick(Shape shape) {
        this.shape = shape;
        this.kinds = EnumSet.noneOf(Kind.class);
        this.kinds.addAll(shape.kinds());
        var interval = shape.numbers().whole();
        this.bounded = !shape.numbers().equals(Interval.ALL);
        this.least = interval.least().map(bound -> clamped(bound.at())).orElse(Long.MIN_VALUE);
        this.greatest = interval.greatest().map(bound -> clamped(bound.at())).orElse(Long.MAX_VALUE);
        this.wholeBounds = fitsLong(interval.least()) && fitsLong(interval.greatest());
        this.pattern = shape.pattern().map(EcmaRegex::new);
    }

    private static boolean fitsLong(Optional<Interval.Bound> bound) {
        return bound.filter(each -> BigDecimal.valueOf(clamped(each.at())).compareTo(each.at()) != 0)
                .isEmpty();
    }

    private static long clamped(BigDecimal bound) {
        return bound.min(BigDecimal.valueOf(Long.MAX_VALUE))
                .max(BigDecimal.valueOf(Long.MIN_VALUE))
                .longValue();
    }

    /** For a document; empty when it has a keyword that is not known here. */
    static Optional<Quick> of(Document document) {
        return document.isOpaque() ? Optional.empty() : new Builder(document).quick(document.root());
    }

    /** Makes one for each schema, once, so that a record may contain itself. */
    private static final class Builder {
        private final Document document;
        private final Map<String, Quick> made = new HashMap<>();

        Builder(Document document) {
            this.document = document;
        }

        Optional<Quick> quick(Shape shape) {
            var known = made.get(shape.location());
            if (known != null) {
                return Optional.of(known);
            }
            var quick = new Quick(shape);
            made.put(shape.location(), quick);
            return isKnown(shape) && link(quick, shape) ? Optional.of(quick) : Optional.empty();
        }

        private boolean isKnown(Shape shape) {
            return !shape.never()
                    && shape.others().isEmpty()
                    && shape.all().isEmpty()
                    && shape.one().isEmpty()
                    && shape.format()
                            .filter(format -> !Formats.isAsserted(format))
                            .isEmpty();
        }

        private boolean link(Quick quick, Shape shape) {
            for (var member : shape.properties().entrySet()) {
                var value = quick(member.getValue());
                if (value.isEmpty()) {
                    return false;
                }
                quick.members.add(new Member(member.getKey(), shape.required().contains(member.getKey()), value.get()));
            }
            shape.required().stream()
                    .filter(name -> !shape.properties().containsKey(name))
                    .forEach(quick.undeclared::add);
            var seen = EnumSet.noneOf(Kind.class);
            for (var alternative : shape.any()) {
                var made = quick(alternative);
                if (made.isEmpty() || kinds(alternative).stream().anyMatch(kind -> !seen.add(kind))) {
                    return false;
                }
                quick.alternatives.add(made.get());
            }
            quick.items = shape.items().flatMap(this::quick);
            quick.additional = shape.additional().flatMap(this::quick);
            var target = shape.reference().flatMap(document::resolve);
            quick.named = target.flatMap(this::quick);
            return quick.items.isPresent() == shape.items().isPresent()
                    && quick.additional.isPresent() == shape.additional().isPresent()
                    && quick.named.isPresent() == shape.reference().isPresent();
        }

        /** Which kinds of value a schema could allow. */
        private Set<Kind> kinds(Shape shape) {
            var kinds = EnumSet.noneOf(Kind.class);
            kinds.addAll(shape.kinds());
            var at = shape;
            for (int hops = 0; at.reference().isPresent() && hops < DEEPEST; hops++) {
                var target = document.resolve(at.reference().get());
                if (target.isEmpty()) {
                    return kinds;
                }
                at = target.get();
                kinds.retainAll(at.kinds());
            }
            return kinds;
        }
    }

    boolean accepts(JsonNode value) {
        return accepts(value, DEEPEST);
    }

    private boolean accepts(JsonNode value, int left) {
        if (left == 0 || (named.isPresent() && !named.get().accepts(value, left - 1))) {
            return false;
        }
        if (!alternatives.isEmpty() && !isOneOfAlternatives(value, left)) {
            return false;
        }
        if (shape.choices().isPresent()
                && !isChoice(value, shape.choices().get().keySet())) {
            return false;
        }
        return switch (value.getNodeType()) {
            case OBJECT -> kinds.contains(Kind.OBJECT) && isObject(value, left);
            case ARRAY -> kinds.contains(Kind.ARRAY) && isArray(value, left);
            case STRING -> kinds.contains(Kind.STRING) && isText(value.stringValue());
            case NUMBER -> kinds.contains(Kind.of(value)) && (!bounded || isNumber(value));
            case BOOLEAN -> kinds.contains(Kind.BOOLEAN);
            case NULL -> kinds.contains(Kind.NULL);
            default -> false;
        };
    }

    private boolean isOneOfAlternatives(JsonNode value, int left) {
        for (var alternative : alternatives) {
            if (alternative.accepts(value, left - 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isChoice(JsonNode value, Set<String> choices) {
        return choices.contains(DistinctItems.text(value));
    }

    private boolean isObject(JsonNode value, int left) {
        for (var member : members) {
            var there = value.get(member.name());
            if (there == null ? member.required() : !member.value().accepts(there, left - 1)) {
                return false;
            }
        }
        for (var name : undeclared) {
            if (!value.has(name)) {
                return false;
            }
        }
        if (additional.isPresent()) {
            for (var member : value.properties()) {
                if (!shape.properties().containsKey(member.getKey())
                        && !additional.get().accepts(member.getValue(), left - 1)) {
                    return false;
                }
            }
        }
        return shape.memberCounts().contains(value.size());
    }

    private boolean isArray(JsonNode value, int left) {
        if (items.isPresent()) {
            for (var item : value) {
                if (!items.get().accepts(item, left - 1)) {
                    return false;
                }
            }
        }
        return shape.sizes().contains(value.size()) && (!shape.distinct() || DistinctItems.are(value));
    }

    private boolean isText(String text) {
        return (shape.lengths().equals(Shape.Count.ANY)
                        || shape.lengths().contains(text.codePointCount(0, text.length())))
                && (shape.format().isEmpty()
                        || Formats.has(shape.format().get(), text).orElse(true))
                && (pattern.isEmpty() || pattern.get().matches(text));
    }

    private boolean isNumber(JsonNode value) {
        if (wholeBounds && (value.isInt() || value.isLong())) {
            return least <= value.longValue() && value.longValue() <= greatest;
        }
        return shape.numbers().contains(value.decimalValue());
    }
}
