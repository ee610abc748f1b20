package org.openclaw.agent;

import java.util.List;
import java.util.Optional;
import org.openclaw.schema.Schema;

/**
 * An agent type as seen from outside, at one moment.
 *
 * @param name its name
 * @param serving the version that runs the next turn; empty when the type is stranded
 * @param resident all versions that are installed, highest first
 * @param messages the messages that the serving version understands
 * @param state the schema of the serving version's state
 * @param suspended whether an operator has suspended it: none of its agents begins a turn
 * @param agents the number of agents of this type, over all tenants, without retired ones
 * @param counts how many of them are in which state
 */
public record AgentTypeView(
        String name,
        Optional<String> serving,
        List<String> resident,
        List<MessageView> messages,
        Optional<Schema> state,
        boolean suspended,
        long agents,
        AgentCounts counts) {
    public AgentTypeView {
        resident = List.copyOf(resident);
        messages = List.copyOf(messages);
    }

    /**
     * A message that the type understands.
     *
     * @param type its CloudEvents type
     * @param query whether it only reads
     * @param schema the schema of its body
     */
    public record MessageView(String type, boolean query, Schema schema) {}
}
