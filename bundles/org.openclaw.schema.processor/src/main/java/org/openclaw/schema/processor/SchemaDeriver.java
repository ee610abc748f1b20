package org.openclaw.schema.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Derives the JSON Schema 2020-12 of one record, in the form in which Jackson writes records.
 *
 * <p>Nested records become {@code $defs}, each once, so that a record may contain itself. Every component is
 * required but an {@link Optional}, which may be missing or null. Objects stay open: members that a record does not
 * know are ignored.
 */
final class SchemaDeriver {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private final Elements elements;
    private final Problems problems;
    private final TypeElement root;
    private final Bounds bounds;
    private final SequencedMap<String, Json> definitions = new LinkedHashMap<>();
    private final Map<String, String> namesByClass = new HashMap<>();

    private SchemaDeriver(Elements elements, Problems problems, TypeElement root) {
        this.elements = elements;
        this.problems = problems;
        this.root = root;
        this.bounds = new Bounds(elements, this::refuse);
    }

    /** The schema of a record; what has no JSON form is reported. */
    static Json derive(Elements elements, Problems problems, TypeElement root) {
        var deriver = new SchemaDeriver(elements, problems, root);
        Json.Members schema = Json.members().with("$schema", DIALECT);
        for (Map.Entry<String, Json> member : deriver.object(root).byName().entrySet()) {
            schema = schema.with(member.getKey(), member.getValue());
        }
        return deriver.definitions.isEmpty() ? schema : schema.with("$defs", new Json.Members(deriver.definitions));
    }

    private Json.Members object(TypeElement type) {
        if (!type.getTypeParameters().isEmpty()) {
            problems.report(
                    type,
                    ("%s: a generic record has no schema of its own (expected: a record without type parameters)."
                                    + " Write a record for each type that you need.")
                            .formatted(type));
        }
        Javadoc javadoc = Optional.ofNullable(elements.getDocComment(type))
                .map(Javadoc::parse)
                .orElse(Javadoc.NONE);
        Json.Members properties = Json.members();
        var required = new ArrayList<String>();
        for (RecordComponentElement component : type.getRecordComponents()) {
            String name = component.getSimpleName().toString();
            Optional<TypeMirror> optional = optional(component.asType());
            if (optional.isEmpty()) {
                required.add(name);
                refuseNullable(component);
            }
            Json.Members value = optional.map(present -> orNull(bounded(present, component)))
                    .orElseGet(() -> bounded(component.asType(), component));
            properties = properties.with(name, described(javadoc.param(name).orElse(""), value));
        }
        return described(javadoc.description(), Json.members().with("type", "object"))
                .with("properties", properties)
                .with("required", Json.strings(required));
    }

    private Json.Members bounded(TypeMirror type, RecordComponentElement where) {
        return bounds.within(where, type, schema(type, where));
    }

    private Json.Members schema(TypeMirror type, RecordComponentElement where) {
        TypeKind kind = type.getKind();
        if (kind == TypeKind.DECLARED) {
            return declared((DeclaredType) type, where);
        }
        if (kind.isPrimitive()) {
            return ScalarTypes.primitive(kind);
        }
        return switch (kind) {
            // the compiler itself says what is wrong with a type that it does not know
            case ERROR -> Json.members();
            case ARRAY -> refuse(where, type, "an array can change and is not equal by content", "Use a List.");
            default -> refuse(where, type, "has no JSON form", "Name a concrete type.");
        };
    }

    private Json.Members declared(DeclaredType declared, RecordComponentElement where) {
        var type = (TypeElement) declared.asElement();
        String name = type.getQualifiedName().toString();
        List<? extends TypeMirror> arguments = declared.getTypeArguments();
        Optional<Json.Members> scalar = ScalarTypes.named(name);
        if (scalar.isPresent()) {
            return scalar.get();
        }
        return switch (name) {
            case "java.util.List", "java.util.Set" -> collection(name, declared, where);
            case "java.util.Map" -> map(declared, where);
            case "java.util.Optional" ->
                refuse(where, declared, "an Optional is possible only as a component itself", "Leave the element out.");
            default ->
                switch (type.getKind()) {
                    case ENUM -> enumeration(type);
                    case RECORD -> arguments.isEmpty() ? reference(type) : refuseGeneric(declared, where);
                    case INTERFACE ->
                        type.getModifiers().contains(Modifier.SEALED)
                                ? refuse(
                                        where,
                                        declared,
                                        "nothing in the JSON would tell its records apart",
                                        "Use one record, with an enum for the kind.")
                                : refuse(where, declared, "has no JSON form", ScalarTypes.CURE);
                    default -> refuse(where, declared, "has no JSON form", ScalarTypes.CURE);
                };
        };
    }

    private Json.Members collection(String name, DeclaredType declared, RecordComponentElement where) {
        if (declared.getTypeArguments().isEmpty()) {
            return refuse(where, declared, "says nothing about its elements", "Write List<T> or Set<T>.");
        }
        Json.Members array = Json.members()
                .with("type", "array")
                .with("items", schema(declared.getTypeArguments().getFirst(), where));
        return name.equals("java.util.Set") ? array.with("uniqueItems", Json.of(true)) : array;
    }

    private Json.Members map(DeclaredType declared, RecordComponentElement where) {
        List<? extends TypeMirror> arguments = declared.getTypeArguments();
        if (arguments.isEmpty() || !isNamed(arguments.getFirst(), "java.lang.String")) {
            return refuse(where, declared, "the names in a JSON object are strings", "Use Map<String, T>.");
        }
        return Json.members().with("type", "object").with("additionalProperties", schema(arguments.getLast(), where));
    }

    private static Json.Members enumeration(TypeElement type) {
        List<String> constants = type.getEnclosedElements().stream()
                .filter(element -> element.getKind() == ElementKind.ENUM_CONSTANT)
                .map(constant -> constant.getSimpleName().toString())
                .toList();
        return Json.members().with("type", "string").with("enum", Json.strings(constants));
    }

    private Json.Members reference(TypeElement type) {
        if (type.equals(root)) {
            return Json.members().with("$ref", "#");
        }
        String qualified = type.getQualifiedName().toString();
        String known = namesByClass.get(qualified);
        if (known == null) {
            known = freshName(type, qualified);
            namesByClass.put(qualified, known);
            definitions.put(known, Json.members()); // holds its place, and ends the recursion
            definitions.put(known, object(type));
        }
        return Json.members().with("$ref", "#/$defs/" + known);
    }

    private String freshName(TypeElement type, String qualified) {
        String simple = type.getSimpleName().toString();
        return definitions.containsKey(simple) ? qualified : simple;
    }

    private static Json.Members described(String description, Json.Members schema) {
        return description.isEmpty() ? schema : schema.with("description", description);
    }

    private static Json.Members orNull(Json.Members schema) {
        boolean plain = schema.byName().get("type") instanceof Json.Text
                && !schema.byName().containsKey("enum");
        return plain
                ? schema.with(
                        "type",
                        Json.array(List.of(schema.byName().getOrDefault("type", Json.of("null")), Json.of("null"))))
                : Json.members()
                        .with("anyOf", Json.array(List.of(schema, Json.members().with("type", "null"))));
    }

    private static Optional<TypeMirror> optional(TypeMirror type) {
        return isNamed(type, "java.util.Optional")
                        && !((DeclaredType) type).getTypeArguments().isEmpty()
                ? Optional.of(((DeclaredType) type).getTypeArguments().getFirst())
                : Optional.empty();
    }

    private static boolean isNamed(TypeMirror type, String qualifiedName) {
        return type.getKind() == TypeKind.DECLARED
                && ((TypeElement) ((DeclaredType) type).asElement())
                        .getQualifiedName()
                        .contentEquals(qualifiedName);
    }

    private void refuseNullable(RecordComponentElement component) {
        boolean nullable = component.asType().getAnnotationMirrors().stream()
                .anyMatch(annotation -> annotation
                        .getAnnotationType()
                        .asElement()
                        .getSimpleName()
                        .contentEquals("Nullable"));
        if (nullable) {
            refuse(component, component.asType(), "null does not travel", "Use Optional<T>.");
        }
    }

    private Json.Members refuseGeneric(DeclaredType type, RecordComponentElement where) {
        return refuse(where, type, "a generic record has no schema of its own", "Write a record for each type.");
    }

    private Json.Members refuse(RecordComponentElement where, TypeMirror type, String why, String cure) {
        problems.report(
                place(where),
                "%s.%s: %s: %s. %s".formatted(where.getEnclosingElement(), where.getSimpleName(), type, why, cure));
        return Json.members();
    }

    /** Compilers know the place in the source of a component's field better than that of the component. */
    private static Element place(RecordComponentElement component) {
        if (component.getEnclosingElement() instanceof TypeElement type) {
            for (Element field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
                if (field.getSimpleName().equals(component.getSimpleName())) {
                    return field;
                }
            }
        }
        return component;
    }
}
