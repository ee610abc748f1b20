package org.openclaw.agent.runtime.type;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.openclaw.agent.Agent;
import org.openclaw.agent.Query;
import org.openclaw.message.Body;
import org.openclaw.schema.SchemaCheck;
import org.openclaw.schema.Schemas;
import org.openclaw.schema.Violation;

/**
 * One version of an agent type: the agent, the classes of its messages and its state, and everything that is known about
 * those classes. Whoever drops the version drops all of it, so nothing outside may keep an object that came out of it.
 */
public final class AgentVersion {
    /** One for each 16 KiB of the heap, about. */
    private static final int DECODED_STATES =
            Math.clamp(Long.highestOneBit(Runtime.getRuntime().maxMemory() >> 14), 1 << 10, 1 << 20);

    private final Descriptor descriptor;
    private final Precedence precedence;
    private final Agent<Object, Object> agent;
    private final JsonCodec codec = new JsonCodec();
    private final Classes classes;
    private final Policy policy;
    private final boolean repeated;
    private final Class<?> stateClass;
    private final Map<String, Understood> byType;
    private final Map<Class<?>, String> byClass;
    private final Map<String, Class<?>> resolved = new ConcurrentHashMap<>();
    private final Leases leases = new Leases();
    private final DecodedStates states = new DecodedStates(DECODED_STATES);

    private AgentVersion(
            Descriptor descriptor,
            Precedence precedence,
            Agent<Object, Object> agent,
            Classes classes,
            Policy policy,
            boolean repeated,
            Class<?> stateClass,
            Map<String, Understood> byType,
            Map<Class<?>, String> byClass) {
        this.descriptor = descriptor;
        this.precedence = precedence;
        this.agent = agent;
        this.classes = classes;
        this.policy = policy;
        this.repeated = repeated;
        this.stateClass = stateClass;
        this.byType = Map.copyOf(byType);
        this.byClass = Map.copyOf(byClass);
        codec.prepare(stateClass);
        byClass.keySet().forEach(message -> {
            codec.prepare(message);
            answerOf(message).ifPresent(codec::prepare);
        });
    }

    /** What a query says it is answered with. */
    private static Optional<Class<?>> answerOf(Class<?> message) {
        for (Type implemented : message.getGenericInterfaces()) {
            if (implemented instanceof ParameterizedType generic
                    && generic.getRawType() == Query.class
                    && generic.getActualTypeArguments()[0] instanceof Class<?> answer) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    /**
     * A message that the version understands.
     *
     * @param check what its body has to fit beside the class; empty when that is not checked
     */
    public record Understood(Class<?> type, boolean query, Optional<SchemaCheck> check) {
        /** In what a body does not fit the schema. */
        public List<Violation> violations(Body body) {
            return check.filter(_ -> body.mediaType().equals(Body.JSON))
                    .map(schema -> schema.check(body.stream()))
                    .orElse(List.of());
        }
    }

    /** Where the classes of a version come from. */
    @FunctionalInterface
    public interface Classes {
        Class<?> load(String binaryName) throws ClassNotFoundException;
    }

    /**
     * Binds a descriptor to an agent.
     *
     * @throws IllegalArgumentException when a class that the descriptor names cannot be loaded, or its {@code @OnFailure} is
     *     out of its bounds
     */
    public static AgentVersion bind(Descriptor descriptor, Agent<?, ?> agent, Classes classes, Precedence precedence) {
        var byType = new HashMap<String, Understood>();
        var byClass = new HashMap<Class<?>, String>();
        for (var form : descriptor.messages()) {
            var type = load(classes, form.className(), descriptor);
            byType.put(form.type(), new Understood(type, form.query(), Optional.empty()));
            byClass.put(type, form.type());
        }
        var state = load(classes, descriptor.state().className(), descriptor);
        var policy = Policy.of(load(classes, descriptor.className(), descriptor));
        return new AgentVersion(descriptor, precedence, untyped(agent), classes, policy, false, state, byType, byClass);
    }

    /**
     * The same version, whose messages have to fit their schemas, too.
     *
     * @throws IllegalArgumentException when a schema of the descriptor is none
     */
    public AgentVersion checkedBy(Schemas schemas) {
        var checked = new HashMap<String, Understood>();
        descriptor
                .messages()
                .forEach(form -> checked.computeIfAbsent(form.type(), type -> {
                    var known = Objects.requireNonNull(byType.get(type));
                    return new Understood(known.type(), known.query(), Optional.of(schemas.compile(form.schema())));
                }));
        return new AgentVersion(descriptor, precedence, agent, classes, policy, repeated, stateClass, checked, byClass);
    }

    /** The same version with another policy: for tests that want to see the first failure. */
    public AgentVersion with(Policy other) {
        return new AgentVersion(descriptor, precedence, agent, classes, other, repeated, stateClass, byType, byClass);
    }

    /** The same version, each turn of which that takes steps is run again against its record: for tests. */
    public AgentVersion repeated() {
        return new AgentVersion(descriptor, precedence, agent, classes, policy, true, stateClass, byType, byClass);
    }

    private static Class<?> load(Classes classes, String name, Descriptor descriptor) {
        try {
            return classes.load(name);
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new IllegalArgumentException(
                    "agent type '" + descriptor.agentType() + "': class " + name + " cannot be loaded (" + missing
                            + "; expected: the classes that its descriptor names, inside its bundle)",
                    missing);
        }
    }

    /** Only what the descriptor's own classes were decoded to is ever passed to the agent. */
    @SuppressWarnings("unchecked")
    private static Agent<Object, Object> untyped(Agent<?, ?> agent) {
        return (Agent<Object, Object>) agent;
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    public String type() {
        return descriptor.agentType();
    }

    /** The version as text. */
    public String version() {
        return precedence.version();
    }

    public Precedence precedence() {
        return precedence;
    }

    public Agent<Object, Object> agent() {
        return agent;
    }

    /** What to do about turns that fail. */
    public Policy policy() {
        return policy;
    }

    /** Whether turns with steps are run again, to see whether they do the same. */
    public boolean isRepeated() {
        return repeated;
    }

    public JsonCodec codec() {
        return codec;
    }

    public Leases leases() {
        return leases;
    }

    public DecodedStates states() {
        return states;
    }

    /** Reads a message: by its schema first, which says all that does not fit. */
    public Decoded decode(Body body, Understood as) {
        var violations = as.violations(body);
        return violations.isEmpty() ? codec.decode(body, as.type()) : new Decoded.Unfit(violations);
    }

    /** How a message of a CloudEvents type is understood. */
    public Optional<Understood> understands(String messageType) {
        return Optional.ofNullable(byType.get(messageType));
    }

    /** The CloudEvents type of one of the version's own message classes. */
    public Optional<String> typeOf(Class<?> message) {
        return Optional.ofNullable(byClass.get(message));
    }

    /** A class as the version's bundle sees it; empty when it does not. */
    public Optional<Class<?>> resolve(String binaryName) {
        var known = resolved.get(binaryName);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            var loaded = classes.load(binaryName);
            resolved.put(binaryName, loaded);
            return Optional.of(loaded);
        } catch (ClassNotFoundException | LinkageError missing) {
            return Optional.empty();
        }
    }

    /** Reads a state; foreign code. */
    public Decoded decodeState(Body state) {
        return codec.decode(state, stateClass);
    }

    @Override
    public String toString() {
        return type() + " " + version();
    }
}
