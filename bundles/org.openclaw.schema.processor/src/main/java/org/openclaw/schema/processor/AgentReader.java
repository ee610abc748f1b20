package org.openclaw.schema.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Checks a class that claims to be an agent type, and reads its descriptor from it. */
final class AgentReader {
    private static final String AGENT = "org.openclaw.agent.Agent";
    private static final String QUERY = "org.openclaw.agent.Query";
    private static final String AGENT_TYPE = "org.openclaw.agent.AgentType";
    private static final String MESSAGE_TYPE = "org.openclaw.message.MessageType";
    private static final String COMPATIBILITY = "org.openclaw.schema.SchemaCompatibility";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,62}");

    private final Elements elements;
    private final Types types;
    private final Problems problems;

    AgentReader(Elements elements, Types types, Problems problems) {
        this.elements = elements;
        this.types = types;
        this.problems = problems;
    }

    /** The descriptor; empty when something was reported. */
    Optional<Descriptor> read(TypeElement agent) {
        String name = annotated(agent, AGENT_TYPE).orElse("");
        if (!NAME.matcher(name).matches()) {
            problems.report(
                    agent,
                    ("%s: agent type '%s' (expected: a lower-case letter, then up to 62 lower-case letters, digits,"
                                    + " '.' or '-')")
                            .formatted(agent, name));
        }
        if (agent.getKind() != ElementKind.CLASS || agent.getModifiers().contains(Modifier.ABSTRACT)) {
            problems.report(
                    agent, "%s: an agent type is a concrete class that implements Agent<M, S>.".formatted(agent));
            return Optional.empty();
        }
        refuseMemory(agent);
        Optional<DeclaredType> behaviour = supertype(agent.asType(), AGENT);
        if (behaviour.isEmpty() || behaviour.get().getTypeArguments().size() != 2) {
            problems.report(
                    agent,
                    ("%s carries @AgentType but does not implement Agent<M, S> (expected: M a sealed interface of"
                                    + " records or one record, S a record).")
                            .formatted(agent));
            return Optional.empty();
        }
        List<Descriptor.MessageShape> messages =
                messages(agent, name, behaviour.get().getTypeArguments().getFirst());
        Optional<Descriptor.Shape> state =
                state(agent, behaviour.get().getTypeArguments().getLast());
        return problems.any()
                ? Optional.empty()
                : state.map(shape -> new Descriptor(name, binaryName(agent), shape, messages, compatibility(agent)));
    }

    private void refuseMemory(TypeElement agent) {
        for (TypeElement type = agent; !type.getQualifiedName().contentEquals("java.lang.Object"); ) {
            for (Element field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
                if (!field.getModifiers().contains(Modifier.FINAL)) {
                    problems.report(
                            type.equals(agent) ? field : agent,
                            ("%s.%s can change: an agent class keeps no fields but what was injected (expected:"
                                            + " final). One component serves all agents of the type; what an agent"
                                            + " remembers belongs into its state record.")
                                    .formatted(type, field));
                }
            }
            if (type.getSuperclass() instanceof DeclaredType parent && parent.getKind() == TypeKind.DECLARED) {
                type = (TypeElement) parent.asElement();
            } else {
                return;
            }
        }
    }

    private Optional<Descriptor.Shape> state(TypeElement agent, TypeMirror type) {
        if (type.getKind() == TypeKind.ERROR) {
            return Optional.empty();
        }
        if (element(type).filter(state -> state.getKind() == ElementKind.RECORD).isEmpty()) {
            problems.report(agent, "%s: its state %s is not a record.".formatted(agent, type));
        }
        return element(type).map(this::shape);
    }

    private List<Descriptor.MessageShape> messages(TypeElement agent, String agentType, TypeMirror root) {
        var records = new LinkedHashSet<TypeElement>();
        collect(agent, root, records);
        var shapes = new ArrayList<Descriptor.MessageShape>();
        Map<String, TypeElement> byType = new HashMap<>();
        for (TypeElement message : records) {
            String type = annotated(message, MESSAGE_TYPE).orElse(agentType + "." + message.getSimpleName());
            TypeElement other = byType.putIfAbsent(type, message);
            if (other != null) {
                problems.report(
                        message,
                        ("%s and %s are both the message type '%s' (expected: one record for each). Rename one, or"
                                        + " name its type with @MessageType.")
                                .formatted(other, message, type));
            }
            shapes.add(new Descriptor.MessageShape(
                    type, supertype(message.asType(), QUERY).isPresent(), shape(message)));
        }
        return shapes;
    }

    /** Adds the records of a message root in the order of their declaration. */
    private void collect(Element where, TypeMirror type, Set<TypeElement> records) {
        if (type.getKind() == TypeKind.ERROR) {
            return;
        }
        Optional<TypeElement> message = element(type);
        if (message.filter(found -> found.getKind() == ElementKind.RECORD).isPresent()) {
            records.add(message.get());
        } else if (message.filter(AgentReader::isSealedInterface).isPresent()) {
            message.get().getPermittedSubclasses().forEach(permitted -> collect(message.get(), permitted, records));
        } else {
            problems.report(
                    message.filter(_ -> where.getKind() == ElementKind.INTERFACE)
                            .map(Element.class::cast)
                            .orElse(where),
                    "%s: the message type %s is neither a record nor a sealed interface of records."
                            .formatted(where, type));
        }
    }

    private static boolean isSealedInterface(TypeElement type) {
        return type.getKind() == ElementKind.INTERFACE && type.getModifiers().contains(Modifier.SEALED);
    }

    private Descriptor.Shape shape(TypeElement type) {
        return new Descriptor.Shape(binaryName(type), SchemaDeriver.derive(elements, problems, type));
    }

    private String binaryName(TypeElement type) {
        return elements.getBinaryName(type).toString();
    }

    private Optional<DeclaredType> supertype(TypeMirror type, String qualifiedName) {
        if (element(type)
                .filter(found -> found.getQualifiedName().contentEquals(qualifiedName))
                .isPresent()) {
            return Optional.of((DeclaredType) type);
        }
        return types.directSupertypes(type).stream()
                .flatMap(parent -> supertype(parent, qualifiedName).stream())
                .findFirst();
    }

    private static Optional<TypeElement> element(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                ? Optional.of((TypeElement) ((DeclaredType) type).asElement())
                : Optional.empty();
    }

    /** What it says explicitly: the defaults are those of whoever reads the descriptor. */
    private static SortedMap<String, String> compatibility(TypeElement agent) {
        var said = new TreeMap<String, String>();
        for (AnnotationMirror mirror : agent.getAnnotationMirrors()) {
            if (mirror.getAnnotationType().toString().equals(COMPATIBILITY)) {
                mirror.getElementValues()
                        .forEach((name, value) ->
                                said.put(name.getSimpleName().toString(), simpleName(value.getValue())));
            }
        }
        return said;
    }

    private static String simpleName(Object constant) {
        return constant instanceof VariableElement named ? named.getSimpleName().toString() : constant.toString();
    }

    /** The value of a one-value annotation. */
    private static Optional<String> annotated(Element element, String annotation) {
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            if (mirror.getAnnotationType().toString().equals(annotation)) {
                return mirror.getElementValues().values().stream()
                        .map(value -> String.valueOf(value.getValue()))
                        .findFirst();
            }
        }
        return Optional.empty();
    }
}
