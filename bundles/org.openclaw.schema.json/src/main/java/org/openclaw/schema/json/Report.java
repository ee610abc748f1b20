package org.openclaw.schema.json;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openclaw.schema.Compatibility;
import org.openclaw.schema.Incompatibility;
import org.openclaw.schema.json.Comparison.Place;
import tools.jackson.databind.JsonNode;

/** Puts into words who expects what of whom, and what to do about it. */
final class Report {
    private final Incompatibility.Reader who;
    private final boolean stored;
    private final String reader;
    private final String writer;

    Report(Incompatibility.Reader who, Compatibility policy) {
        this.who = who;
        this.stored = policy == Compatibility.BACKWARD;
        this.reader = who == Incompatibility.Reader.NEWER ? "the newer version" : "the older version";
        this.writer = who == Incompatibility.Reader.NEWER ? "the older" : "the newer";
    }

    private Incompatibility no(Place at, String rule, String ifReaderIsNewer, String ifReaderIsOlder) {
        var cure = who == Incompatibility.Reader.NEWER ? ifReaderIsNewer : ifReaderIsOlder;
        return new Incompatibility(
                who, at.pointer(), rule, cure + (stored ? "" : ", or give the message another type"));
    }

    private Incompatibility no(Place at, String read, String written, String ifReaderIsNewer, String ifReaderIsOlder) {
        return no(
                at,
                "%s reads %s, %s may write %s".formatted(reader, read, writer, written),
                ifReaderIsNewer,
                ifReaderIsOlder);
    }

    Incompatibility required(Place at) {
        return no(
                at,
                "%s requires it, %s may leave it out".formatted(reader, writer),
                "Make it optional",
                "Keep it, and keep it required");
    }

    Incompatibility kind(Place at, Kind kind, Collection<Kind> read) {
        var words = read.stream()
                .distinct()
                .sorted()
                .filter(each -> each != Kind.FRACTION || !read.contains(Kind.WHOLE))
                .map(each -> each == Kind.WHOLE && read.contains(Kind.FRACTION) ? "a number" : each.words())
                .collect(Collectors.joining(" or "));
        return no(
                at,
                words,
                kind.words(),
                kind == Kind.NULL ? "Keep it optional" : "Keep its type, and put the new one under another name",
                kind == Kind.NULL ? "Keep it required" : "Keep its type, and put the new one under another name");
    }

    Incompatibility choice(Place at, JsonNode value) {
        return no(
                at,
                "%s does not know %s, which %s may write".formatted(reader, value, writer),
                "Keep it among the values",
                "Put the new value under another name");
    }

    Incompatibility anyOther(Place at, Collection<JsonNode> read) {
        var known = read.stream().limit(10).map(JsonNode::toString).collect(Collectors.joining(", "));
        return no(
                at,
                "only " + known + (read.size() > 10 ? ", ..." : ""),
                "others",
                "Keep the values open",
                "Keep the values closed");
    }

    Incompatibility bound(Place at, String read, Optional<Interval.Bound> bound, String written) {
        var number = bound.map(each -> each.at().toString()).orElse("anywhere");
        return no(at, read.formatted(number), written, "Widen the bound", "Keep the bound");
    }

    Incompatibility count(Place at, String read, String written) {
        return no(at, read, written, "Widen the bound", "Keep the bound");
    }

    Incompatibility texts(Place at, String read) {
        return no(at, read, "others", "Take the rule away, or keep it as it was", "Keep the rule as it was");
    }

    Incompatibility equalElements(Place at) {
        return no(at, "elements that differ", "equal ones", "Keep it a List", "Keep it a Set");
    }

    Incompatibility undeclared(Place at) {
        return no(
                at,
                "%s refuses members that it does not declare, and %s may write this one".formatted(reader, writer),
                "Declare it, or leave additionalProperties out",
                "Leave it out");
    }

    Incompatibility nothing(Place at) {
        return no(
                at,
                "%s refuses whatever is there, and %s may write something".formatted(reader, writer),
                "Leave it out of the schema",
                "Leave it out");
    }

    Incompatibility notUnderstood(Place at, String keyword) {
        return no(
                at,
                "%s asserts %s, of which nothing is known here, so whether what %s writes fits cannot be told"
                        .formatted(reader, keyword, writer),
                "Use what the annotation processor derives",
                "Use what the annotation processor derives");
    }

    Incompatibility endless(Place at) {
        return no(
                at,
                "the schemas refer to themselves without end, so whether what %s writes fits cannot be told"
                        .formatted(writer),
                "Let references go into a member or an element",
                "Let references go into a member or an element");
    }

    Incompatibility tooLarge(Place at) {
        return no(
                at,
                "the schemas are too large to be compared, so whether what %s writes fits cannot be told"
                        .formatted(writer),
                "Split the record",
                "Split the record");
    }
}
