package org.openclaw.schema.json;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openclaw.schema.Incompatibility;
import org.openclaw.schema.json.Comparison.Place;
import org.openclaw.schema.json.Comparison.Written;
import tools.jackson.databind.JsonNode;

/** Compares the keywords of two schemas, each of them one without alternatives: whether the reader's hold for all that is written. */
final class Keywords {
    private final Comparison comparison;
    private final Report report;
    private final Shape anything;

    Keywords(Comparison comparison, Report report) {
        this.comparison = comparison;
        this.report = report;
        this.anything = Document.anything();
    }

    static Set<Kind> common(Set<Kind> one, Set<Kind> other) {
        var common = EnumSet.noneOf(Kind.class);
        common.addAll(one);
        common.retainAll(other);
        return common;
    }

    void ask(Written written, Shape read, Place at, List<Incompatibility> why) {
        if (read.never()) {
            why.add(report.nothing(at));
            return;
        }
        read.others().stream()
                .filter(keyword -> !keyword.equals("multipleOf") || !isSame(keyword, written.shape(), read))
                .forEach(keyword -> why.add(report.notUnderstood(at, keyword)));
        var choices = written.shape().choices();
        if (choices.isPresent()) {
            choices.get().values().stream()
                    .filter(value -> written.kinds().contains(Kind.of(value)))
                    .filter(value -> !fits(value, read))
                    .forEach(value -> why.add(report.choice(at, value)));
            return;
        }
        written.kinds().stream()
                .filter(kind -> !read.kinds().contains(kind))
                // what is said of whole numbers is said of others, too
                .filter(kind -> kind != Kind.FRACTION
                        || read.kinds().contains(Kind.WHOLE)
                        || !written.kinds().contains(Kind.WHOLE))
                .forEach(kind -> why.add(report.kind(at, kind, read.kinds())));
        var kinds = common(written.kinds(), read.kinds());
        var rest = written.only(kinds);
        if (read.choices().isPresent() && !areAllChoices(kinds, read)) {
            why.add(report.anyOther(at, read.choices().get().values()));
            return;
        }
        if (kinds.stream().anyMatch(Kind::isNumber)) {
            numbers(rest, read, at, why);
        }
        if (kinds.contains(Kind.STRING)) {
            strings(rest.shape(), read, at, why);
        }
        if (kinds.contains(Kind.ARRAY)) {
            arrays(rest.shape(), read, at, why);
        }
        if (kinds.contains(Kind.OBJECT)) {
            new Members(comparison, report, anything).ask(rest, read, at, why);
        }
    }

    private static boolean isSame(String keyword, Shape written, Shape read) {
        return read.json().get(keyword).equals(written.json().get(keyword));
    }

    /** Whether the few values that there are of some kinds are all among the choices. */
    private static boolean areAllChoices(Set<Kind> kinds, Shape read) {
        var choices = read.choices().map(map -> map.keySet()).orElse(Set.of());
        return kinds.stream().allMatch(kind -> switch (kind) {
            case NULL -> choices.contains("null");
            case BOOLEAN -> choices.contains("true") && choices.contains("false");
            default -> false;
        });
    }

    /** Whether a value fits the keywords; of arrays and objects it is known only if they are among the reader's choices. */
    private static boolean fits(JsonNode value, Shape read) {
        if (!read.kinds().contains(Kind.of(value))
                || read.choices()
                        .filter(choices -> !choices.containsKey(DistinctItems.text(value)))
                        .isPresent()) {
            return false;
        }
        return switch (Kind.of(value)) {
            case NULL, BOOLEAN -> true;
            case WHOLE, FRACTION -> read.numbers().contains(value.decimalValue());
            case STRING -> fits(value.stringValue(), read);
            case ARRAY, OBJECT -> read.isOnlyType();
        };
    }

    private static boolean fits(String text, Shape read) {
        return read.lengths().contains(text.codePointCount(0, text.length()))
                && read.pattern()
                        .filter(regex -> !new EcmaRegex(regex).matches(text))
                        .isEmpty()
                && read.format()
                        .filter(format -> !Formats.has(format, text).orElse(false))
                        .isEmpty();
    }

    private void numbers(Written written, Shape read, Place at, List<Incompatibility> why) {
        boolean fractions = written.kinds().contains(Kind.FRACTION);
        var its = fractions
                ? written.shape().numbers()
                : written.shape().numbers().whole();
        var mine = fractions ? read.numbers() : read.numbers().whole();
        if (!mine.reachesDown(its)) {
            why.add(report.bound(at, "numbers from %s on", mine.least(), "lesser ones"));
        }
        if (!mine.reachesUp(its)) {
            why.add(report.bound(at, "numbers up to %s", mine.greatest(), "greater ones"));
        }
    }

    private void strings(Shape written, Shape read, Place at, List<Incompatibility> why) {
        counts(written.lengths(), read.lengths(), "characters", at, why);
        differs(written.pattern(), read.pattern())
                .ifPresent(regex -> why.add(report.texts(at, "texts that match " + regex)));
        differs(written.format(), read.format())
                .ifPresent(format -> why.add(report.texts(at, "texts of the format " + format)));
    }

    private static Optional<String> differs(Optional<String> written, Optional<String> read) {
        return read.filter(expected -> !written.equals(Optional.of(expected)));
    }

    private void arrays(Shape written, Shape read, Place at, List<Incompatibility> why) {
        counts(written.sizes(), read.sizes(), "elements", at, why);
        if (read.distinct() && !written.distinct() && written.sizes().greatest() > 1) {
            why.add(report.equalElements(at));
        }
        if (read.items().isPresent() && written.sizes().greatest() > 0) {
            // beside prefixItems, items speaks of the others only
            var items = written.others().contains("prefixItems")
                    ? anything
                    : written.items().orElse(anything);
            comparison.ask(
                    new Written(items, Shape.anyKind(), false), read.items().get(), at.any(), why);
        }
    }

    private void counts(Shape.Count written, Shape.Count read, String of, Place at, List<Incompatibility> why) {
        if (written.least() < read.least()) {
            why.add(report.count(at, "at least %,d %s".formatted(read.least(), of), "fewer"));
        }
        if (written.greatest() > read.greatest()) {
            why.add(report.count(at, "at most %,d %s".formatted(read.greatest(), of), "more"));
        }
    }
}
