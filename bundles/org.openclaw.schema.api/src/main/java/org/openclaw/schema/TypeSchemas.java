package org.openclaw.schema;

import java.util.List;
import java.util.Optional;

/**
 * The schemas that one version of an agent type brings.
 *
 * @param agentType the name of the type
 * @param messages of what it understands, each named by its CloudEvents type
 * @param state of its state
 * @param policy which other versions they have to get on with
 */
public record TypeSchemas(String agentType, List<Schema> messages, Schema state, Policy policy) {
    public TypeSchemas {
        messages = List.copyOf(messages);
    }

    /**
     * Which versions have to understand each other: what {@link SchemaCompatibility} says.
     *
     * @param messages of messages
     * @param state of states
     */
    public record Policy(Compatibility messages, Compatibility state) {
        /** What holds where nothing is said. */
        public static final Policy USUAL = new Policy(Compatibility.FULL, Compatibility.BACKWARD);
    }

    /** The schema of a message by its CloudEvents type. */
    public Optional<Schema> message(String name) {
        return messages.stream().filter(message -> message.name().equals(name)).findFirst();
    }
}
