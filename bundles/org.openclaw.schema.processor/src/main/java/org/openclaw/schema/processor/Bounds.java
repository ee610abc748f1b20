package org.openclaw.schema.processor;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/**
 * The bounds that an author sets to a component with the annotations of {@code org.openclaw.schema}, put into its schema. The
 * annotations are known by name: the processor brings nothing along.
 */
final class Bounds {
    private static final String PACKAGE = "org.openclaw.schema.";
    /** Up to here every whole number is a double. */
    private static final double EXACT = 1L << 53;

    private final Elements elements;
    private final Refusals refusals;

    Bounds(Elements elements, Refusals refusals) {
        this.elements = elements;
        this.refusals = refusals;
    }

    /** Says what is wrong with a component. */
    interface Refusals {
        void refuse(RecordComponentElement where, TypeMirror type, String why, String cure);
    }

    /** The schema of a value within the bounds of its component. */
    Json.Members within(RecordComponentElement component, TypeMirror type, Json.Members schema) {
        Json.Members bounded = schema;
        for (AnnotationMirror annotation : component.getAnnotationMirrors()) {
            String name = annotation.getAnnotationType().toString();
            if (name.startsWith(PACKAGE)) {
                bounded = switch (name.substring(PACKAGE.length())) {
                    case "Range" -> range(component, type, annotation, bounded);
                    case "Length" -> length(component, type, annotation, bounded);
                    case "Size" -> size(component, type, annotation, bounded);
                    case "Pattern" -> pattern(component, type, annotation, bounded);
                    default -> bounded;
                };
            }
        }
        return bounded;
    }

    private Json.Members range(
            RecordComponentElement where, TypeMirror type, AnnotationMirror range, Json.Members schema) {
        boolean whole = isOf(schema, "integer");
        if (!whole && !isOf(schema, "number")) {
            refusals.refuse(
                    where, type, "@Range bounds numbers", "Use @Length or @Pattern for a String, @Size for a List.");
            return schema;
        }
        double min = decimal(range, "min");
        double max = decimal(range, "max");
        if (!(min <= max) || min == Double.POSITIVE_INFINITY || max == Double.NEGATIVE_INFINITY) {
            refusals.refuse(
                    where, type, "@Range from %s to %s holds no number".formatted(min, max), "Let min be at most max.");
            return schema;
        }
        if (Double.isInfinite(min) && Double.isInfinite(max)) {
            refusals.refuse(where, type, "@Range says neither min nor max", "Say one, or take it away.");
            return schema;
        }
        Optional<String> inexact = whole
                ? Stream.of(min, max).flatMap(bound -> inexact(bound).stream()).findFirst()
                : Optional.empty();
        if (inexact.isPresent()) {
            refusals.refuse(
                    where,
                    type,
                    "@Range " + inexact.get() + " is no bound of whole numbers",
                    "Use whole bounds of at most 2^53.");
            return schema;
        }
        Optional<ScalarTypes.Whole> beyond =
                ScalarTypes.bounds(schema).filter(own -> !own.holds(min) || !own.holds(max));
        if (beyond.isPresent()) {
            refusals.refuse(
                    where,
                    type,
                    "@Range from %s to %s reaches beyond it".formatted(min, max),
                    "Use bounds between %d and %d, or a wider type."
                            .formatted(beyond.get().min(), beyond.get().max()));
            return schema;
        }
        return bounded(bounded(schema, "minimum", min), "maximum", max);
    }

    private static Optional<String> inexact(double bound) {
        return Double.isInfinite(bound) || (bound == Math.rint(bound) && Math.abs(bound) <= EXACT)
                ? Optional.empty()
                : Optional.of(Double.toString(bound));
    }

    private static Json.Members bounded(Json.Members schema, String keyword, double bound) {
        return Double.isInfinite(bound) ? schema : schema.with(keyword, Json.number(bound));
    }

    private Json.Members length(
            RecordComponentElement where, TypeMirror type, AnnotationMirror length, Json.Members schema) {
        if (!isString(type)) {
            refusals.refuse(
                    where, type, "@Length bounds Strings", "Use @Size for a List, Set or Map, @Range for a number.");
            return schema;
        }
        return counted(where, type, "@Length", length, schema, "minLength", "maxLength");
    }

    private Json.Members size(
            RecordComponentElement where, TypeMirror type, AnnotationMirror size, Json.Members schema) {
        if (isOf(schema, "array")) {
            return counted(where, type, "@Size", size, schema, "minItems", "maxItems");
        }
        if (isOf(schema, "object")) {
            return counted(where, type, "@Size", size, schema, "minProperties", "maxProperties");
        }
        refusals.refuse(
                where, type, "@Size bounds Lists, Sets and Maps", "Use @Length for a String, @Range for a number.");
        return schema;
    }

    private Json.Members counted(
            RecordComponentElement where,
            TypeMirror type,
            String name,
            AnnotationMirror annotation,
            Json.Members schema,
            String least,
            String greatest) {
        int min = (int) decimal(annotation, "min");
        int max = (int) decimal(annotation, "max");
        if (min < 0 || min > max) {
            refusals.refuse(
                    where,
                    type,
                    "%s from %d to %d holds nothing".formatted(name, min, max),
                    "Let min be at least 0 and at most max.");
            return schema;
        }
        if (min == 0 && max == Integer.MAX_VALUE) {
            refusals.refuse(where, type, name + " says neither min nor max", "Say one, or take it away.");
            return schema;
        }
        Json.Members above = min == 0 ? schema : schema.with(least, Json.of(min));
        return max == Integer.MAX_VALUE ? above : above.with(greatest, Json.of(max));
    }

    private Json.Members pattern(
            RecordComponentElement where, TypeMirror type, AnnotationMirror pattern, Json.Members schema) {
        if (!isString(type)) {
            refusals.refuse(where, type, "@Pattern is for Strings", "Take it away, or use a String.");
            return schema;
        }
        String regex = String.valueOf(value(pattern, "value").orElse(""));
        Optional<String> problem = SharedRegex.problem(regex);
        if (problem.isPresent()) {
            refusals.refuse(
                    where,
                    type,
                    "@Pattern '%s': %s".formatted(regex, problem.get()),
                    "Use what ECMA-262 and java.util.regex have in common; the Javadoc of @Pattern lists it.");
            return schema;
        }
        return schema.with("pattern", Json.of("^(?:" + regex + ")$"));
    }

    private static boolean isOf(Json.Members schema, String type) {
        return Json.of(type).equals(schema.byName().get("type"));
    }

    private static boolean isString(TypeMirror type) {
        return type.toString().replaceAll("@\\S+ ", "").equals("java.lang.String");
    }

    private double decimal(AnnotationMirror annotation, String name) {
        // anything else is an error that the compiler reports by itself
        return value(annotation, name).orElse(0) instanceof Number number ? number.doubleValue() : 0;
    }

    private Optional<Object> value(AnnotationMirror annotation, String name) {
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                elements.getElementValuesWithDefaults(annotation).entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals(name)) {
                return Optional.of(entry.getValue().getValue());
            }
        }
        return Optional.empty();
    }
}
