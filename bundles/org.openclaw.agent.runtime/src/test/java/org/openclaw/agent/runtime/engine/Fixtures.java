package org.openclaw.agent.runtime.engine;

import java.util.Arrays;
import org.openclaw.agent.Agent;
import org.openclaw.agent.Query;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Descriptor;
import org.openclaw.agent.runtime.type.Policy;
import org.openclaw.agent.runtime.type.Precedence;
import org.openclaw.schema.Schema;

/** Versions of agent types without a bundle. */
public final class Fixtures {
    private Fixtures() {}

    /** A version 'major.0.0' of a type whose messages are the records of a sealed interface, each of them tried once. */
    public static AgentVersion version(String type, int major, Agent<?, ?> agent, Class<?> messages, Class<?> state) {
        return AgentVersion.bind(
                        descriptor(type, agent.getClass(), messages, state),
                        agent,
                        name -> Class.forName(name, false, agent.getClass().getClassLoader()),
                        new Precedence(major, 0, 0, "", 0, 1))
                .with(Policy.ONCE);
    }

    static Descriptor descriptor(String type, Class<?> agent, Class<?> messages, Class<?> state) {
        var forms = Arrays.stream(messages.getPermittedSubclasses())
                .map(message -> new Descriptor.MessageForm(
                        type + "." + message.getSimpleName(),
                        message.getName(),
                        Query.class.isAssignableFrom(message),
                        schema(type + "." + message.getSimpleName())))
                .toList();
        return new Descriptor(
                type, agent.getName(), new Descriptor.StateForm(state.getName(), schema(type + ".state")), forms);
    }

    private static Schema schema(String name) {
        return new Schema(name, "0".repeat(64), "{}");
    }
}
