package org.openclaw.schema.json;

import java.util.List;
import java.util.Optional;
import org.openclaw.schema.Incompatibility;
import org.openclaw.schema.json.Comparison.Place;
import org.openclaw.schema.json.Comparison.Written;

/**
 * Compares what two schemas say of the members of objects. A closed writer has the members that it declares, and no others: those
 * of a record by name, those of a map by the schema of all of them.
 */
final class Members {
    private final Comparison comparison;
    private final Report report;
    private final Shape anything;

    Members(Comparison comparison, Report report, Shape anything) {
        this.comparison = comparison;
        this.report = report;
        this.anything = anything;
    }

    void ask(Written written, Shape read, Place at, List<Incompatibility> why) {
        var shape = written.shape();
        read.required().stream()
                .filter(name -> !shape.required().contains(name))
                .forEach(name -> why.add(report.required(at.member(name))));
        read.properties()
                .forEach((name, expected) -> member(written, name)
                        .ifPresent(value -> comparison.ask(value(value), expected, at.member(name), why)));
        read.additional().ifPresent(expected -> additional(written, expected, read, at, why));
        counts(written, read, at, why);
    }

    private static Written value(Shape of) {
        return new Written(of, Shape.anyKind(), false);
    }

    /** What the writer puts under a name; empty when it never does. */
    private Optional<Shape> member(Written written, String name) {
        var declared = written.shape().member(name);
        return declared == null ? undeclared(written) : Optional.of(declared).filter(value -> !value.never());
    }

    /** What the writer puts under names that it does not declare one by one; empty when there are none. */
    private Optional<Shape> undeclared(Written written) {
        var shape = written.shape();
        if (written.open() || shape.others().contains("patternProperties")) {
            return Optional.of(anything);
        }
        if (shape.additional().isPresent()) {
            return shape.additional().filter(value -> !value.never());
        }
        return shape.isClosed() ? Optional.empty() : Optional.of(anything);
    }

    private void additional(Written written, Shape expected, Shape read, Place at, List<Incompatibility> why) {
        written.shape().properties().forEach((name, value) -> {
            if (!read.properties().containsKey(name) && !value.never()) {
                if (expected.never()) {
                    why.add(report.undeclared(at.member(name)));
                } else {
                    comparison.ask(value(value), expected, at.member(name), why);
                }
            }
        });
        undeclared(written).ifPresent(value -> {
            if (expected.never()) {
                why.add(report.undeclared(at.any()));
            } else {
                comparison.ask(value(value), expected, at.any(), why);
            }
        });
    }

    private void counts(Written written, Shape read, Place at, List<Incompatibility> why) {
        var shape = written.shape();
        var expected = read.memberCounts();
        long least = Math.max(shape.memberCounts().least(), shape.required().size());
        long greatest = undeclared(written).isEmpty()
                ? Math.min(shape.memberCounts().greatest(), shape.properties().size())
                : shape.memberCounts().greatest();
        if (least < expected.least()) {
            why.add(report.count(at, "at least %,d members".formatted(expected.least()), "fewer"));
        }
        if (greatest > expected.greatest()) {
            why.add(report.count(at, "at most %,d members".formatted(expected.greatest()), "more"));
        }
    }
}
