package org.openclaw.schema.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.openclaw.schema.Compatibility;
import org.openclaw.schema.Incompatibility;
import org.openclaw.schema.Schema;

/**
 * Whether every body of a closed writer fits the schema of a reader.
 *
 * <p>It is asked for a pair of schemas at a time: does all that fits the writer's fit the reader's? The reader's schema is taken apart
 * first, since each of its assertions has to hold: what it refers to, each of {@code allOf}, one of {@code anyOf} for each kind of
 * value, and its own keywords ({@link Keywords}). Then the writer's: each of its alternatives has to fit, and of several
 * assertions that hold together one that is strict enough suffices.
 *
 * <p>A pair that has been begun is not asked again: if all else fits it does, since a value is finite and the pair was met again
 * further inside. Met again at the same place of the value it has no answer, and then, as wherever something is not understood,
 * the answer is no. What was assumed within an alternative that turned out not to fit is forgotten again.
 */
final class Comparison {
    /** Of pairs; more than this takes about a second, and no record has so many. */
    private static final int MOST = 50_000;
    /** References and alternatives within each other at one place of the value. */
    private static final int DEEPEST = 500;

    private final Document writer;
    private final Document reader;
    private final Report report;
    private final Map<Pair, Integer> begun = new HashMap<>();
    private final List<Pair> order = new ArrayList<>();
    private final Keywords keywords;
    private int asked;
    private int visited;
    private int depth;
    private boolean gaveUp;

    private Comparison(Document writer, Document reader, Report report) {
        this.writer = writer;
        this.reader = reader;
        this.report = report;
        this.keywords = new Keywords(this, report);
    }

    private record Pair(String writer, boolean open, Set<Kind> kinds, String reader) {}

    /** Where in the body, and how far inside. */
    record Place(String pointer, int inside) {
        Place member(String name) {
            return new Place(pointer + "/" + ShapeReader.escaped(name), inside + 1);
        }

        Place any() {
            return new Place(pointer + "/*", inside + 1);
        }
    }

    /**
     * What is written.
     *
     * @param shape its schema, or one of several that hold together
     * @param kinds which kinds of it are asked for
     * @param open whether objects may have members that the shape does not declare, as others declare them that hold beside it
     */
    record Written(Shape shape, Set<Kind> kinds, boolean open) {
        Written of(Shape other) {
            return new Written(other, kinds, open);
        }

        Written only(Set<Kind> fewer) {
            return new Written(shape, fewer, open);
        }
    }

    /** Asks whether something that is written fits, and puts into the list why not. */
    interface Question {
        void ask(Written written, List<Incompatibility> why);
    }

    static List<Incompatibility> of(Schema older, Schema newer, Compatibility policy) {
        if (!older.name().equals(newer.name())) {
            throw new IllegalArgumentException(
                    "schemas %s and %s: describe different things (expected: two versions of one). Compare by name."
                            .formatted(older.name(), newer.name()));
        }
        var before = Document.of(older);
        var after = Document.of(newer);
        var found = new ArrayList<Incompatibility>();
        if (policy.newerReads()) {
            compare(before, after, new Report(Incompatibility.Reader.NEWER, policy), found);
        }
        if (policy.olderReads()) {
            compare(after, before, new Report(Incompatibility.Reader.OLDER, policy), found);
        }
        return found.stream().distinct().toList();
    }

    private static void compare(Document writer, Document reader, Report report, List<Incompatibility> found) {
        if (writer.json().equals(reader.json())) {
            return;
        }
        if (writer.isOpaque() || reader.isOpaque()) {
            found.add(report.notUnderstood(new Place("", 0), "$id, $dynamicRef or $dynamicAnchor"));
            return;
        }
        var comparison = new Comparison(writer, reader, report);
        comparison.ask(new Written(writer.root(), Shape.anyKind(), false), reader.root(), new Place("", 0), found);
        if (comparison.gaveUp) {
            // whatever the alternatives that were asked last have said
            found.add(report.tooLarge(new Place("", 0)));
        }
    }

    /** Whether all that is written fits a schema of the reader. */
    void ask(Written given, Shape expected, Place at, List<Incompatibility> why) {
        var written = given.of(named(writer, given.shape()));
        var read = named(reader, expected);
        var shape = written.shape();
        if (gaveUp || (shape.json().equals(read.json()) && !shape.refers())) {
            return;
        }
        var pair = new Pair(shape.location(), written.open(), written.kinds(), read.location());
        var known = begun.get(pair);
        if (known != null && known != at.inside()) {
            return;
        }
        if (known != null) {
            why.add(report.endless(at));
            return;
        }
        if (asked++ > MOST || depth > DEEPEST) {
            gaveUp = true;
            why.add(report.tooLarge(new Place("", 0)));
            return;
        }
        begun.put(pair, at.inside());
        order.add(pair);
        depth++;
        taken(written, read, at, why);
        depth--;
        // answered: also at this place
        begun.computeIfPresent(pair, (_, _) -> -1);
    }

    /** What a schema refers to that says nothing else: pairs are met again at its place, whoever refers to it. */
    private static Shape named(Document document, Shape shape) {
        var named = shape;
        for (int hops = 0; hops < DEEPEST && named.isOnlyReference(); hops++) {
            var target = named.reference().flatMap(document::resolve);
            if (target.isEmpty()) {
                return named;
            }
            named = target.get();
        }
        return named;
    }

    private void taken(Written written, Shape read, Place at, List<Incompatibility> why) {
        read.reference()
                .ifPresent(reference -> reader.resolve(reference)
                        .ifPresentOrElse(
                                target -> ask(written, target, at, why),
                                () -> why.add(report.notUnderstood(at, "$ref " + reference))));
        read.all().forEach(each -> ask(written, each, at, why));
        if (!read.any().isEmpty()) {
            apart(written, why, (leaf, problems) -> oneOf(leaf, read.any(), false, at, problems));
        }
        if (!read.one().isEmpty()) {
            apart(written, why, (leaf, problems) -> oneOf(leaf, read.one(), true, at, problems));
        }
        apart(written, why, (leaf, problems) -> keywords.ask(leaf, read, at, problems));
    }

    /** Asks of each alternative of what is written. */
    void apart(Written whole, List<Incompatibility> why, Question question) {
        var shape = whole.shape();
        var kinds = Keywords.common(whole.kinds(), shape.kinds());
        if (shape.never() || kinds.isEmpty()) {
            return;
        }
        var target = shape.reference().flatMap(writer::resolve);
        // a reference that is not understood leaves the members that it declares unknown
        boolean several = (shape.reference().isPresent() ? 1 : 0)
                        + shape.all().size()
                        + (shape.any().isEmpty() ? 0 : 1)
                        + (shape.one().isEmpty() ? 0 : 1)
                        + (shape.isOnlyType() ? 0 : 1)
                > 1;
        var written = new Written(
                shape, kinds, whole.open() || several || (shape.reference().isPresent() && target.isEmpty()));
        var parts = new ArrayList<Consumer<List<Incompatibility>>>();
        target.ifPresent(named -> parts.add(problems -> within(written.of(named), problems, question)));
        shape.all().forEach(each -> parts.add(problems -> within(written.of(each), problems, question)));
        for (var alternatives : List.of(shape.any(), shape.one())) {
            if (!alternatives.isEmpty()) {
                parts.add(problems -> alternatives.forEach(each -> within(written.of(each), problems, question)));
            }
        }
        if (parts.isEmpty() || !shape.isOnlyType()) {
            parts.add(problems -> question.ask(written, problems));
        }
        any(parts, why);
    }

    private void within(Written written, List<Incompatibility> why, Question question) {
        if (gaveUp) {
            return;
        }
        if (visited++ > MOST) {
            gaveUp = true;
            return;
        }
        if (depth > DEEPEST) {
            why.add(report.endless(new Place("", 0)));
            return;
        }
        depth++;
        apart(written, why, question);
        depth--;
    }

    /** One that finds nothing suffices; else what the one found that found the least. */
    private void any(List<Consumer<List<Incompatibility>>> parts, List<Incompatibility> why) {
        Optional<List<Incompatibility>> least = Optional.empty();
        for (var part : parts) {
            var problems = new ArrayList<Incompatibility>();
            int before = order.size();
            part.accept(problems);
            if (problems.isEmpty()) {
                return;
            }
            if (parts.size() > 1) {
                forget(before);
            }
            if (least.isEmpty() || problems.size() < least.get().size()) {
                least = Optional.of(problems);
            }
        }
        least.ifPresent(why::addAll);
    }

    private void forget(int from) {
        while (order.size() > from) {
            begun.remove(order.removeLast());
        }
    }

    /** Of each kind of value there has to be an alternative that fits; and none beside, where only one may. */
    private void oneOf(Written leaf, List<Shape> alternatives, boolean only, Place at, List<Incompatibility> why) {
        for (var kind : leaf.kinds()) {
            var value = leaf.only(Set.of(kind));
            var possible =
                    alternatives.stream().filter(each -> allows(each, kind, 0)).toList();
            if (possible.isEmpty()) {
                why.add(report.kind(
                        at,
                        kind,
                        alternatives.stream()
                                .flatMap(each -> each.kinds().stream())
                                .toList()));
            } else if (only && possible.size() > 1) {
                why.add(report.notUnderstood(at, "oneOf with several schemas for " + kind.words()));
            } else {
                List<Consumer<List<Incompatibility>>> parts = new ArrayList<>();
                possible.forEach(each -> parts.add(problems -> ask(value, each, at, problems)));
                any(parts, why);
            }
        }
    }

    /** Whether a value of that kind could fit. */
    private boolean allows(Shape shape, Kind kind, int hops) {
        if (shape.never() || !shape.kinds().contains(kind)) {
            return false;
        }
        return hops > DEEPEST
                || shape.reference()
                        .flatMap(reader::resolve)
                        .map(target -> allows(target, kind, hops + 1))
                        .orElse(true);
    }
}
