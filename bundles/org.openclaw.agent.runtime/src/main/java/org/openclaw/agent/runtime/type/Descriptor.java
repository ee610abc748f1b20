package org.openclaw.agent.runtime.type;

import java.util.ArrayList;
import java.util.List;
import org.openclaw.schema.Schema;
import org.openclaw.schema.TypeSchemas;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a bundle says about one of its agent types: {@code OSGI-INF/openclaw/<agent type>.json}, written by the annotation
 * processor.
 *
 * @param agentType the name of the type
 * @param className the binary name of the agent class
 * @param state the form of its state
 * @param messages the messages it understands
 */
public record Descriptor(String agentType, String className, StateForm state, List<MessageForm> messages) {
    public Descriptor {
        messages = List.copyOf(messages);
    }

    /** What it says to whoever keeps schemas. */
    public TypeSchemas schemas() {
        return new TypeSchemas(
                agentType,
                messages.stream().map(MessageForm::schema).toList(),
                state.schema(),
                TypeSchemas.Policy.USUAL);
    }

    /** The class and schema of a state. */
    public record StateForm(String className, Schema schema) {}

    /** The CloudEvents type, class and schema of a message, and whether it only reads. */
    public record MessageForm(String type, String className, boolean query, Schema schema) {}

    /**
     * Reads a descriptor.
     *
     * @throws IllegalArgumentException when it has another shape
     */
    public static Descriptor read(byte[] json) {
        try {
            var root = JsonMapper.builder().build().readTree(json);
            var agentType = text(root, "agentType");
            var state = member(root, "state");
            var messages = new ArrayList<MessageForm>();
            for (var message : member(root, "messages")) {
                var type = text(message, "type");
                messages.add(new MessageForm(
                        type,
                        text(message, "class"),
                        member(message, "query").asBoolean(),
                        new Schema(
                                type,
                                text(message, "digest"),
                                member(message, "schema").toString())));
            }
            var schema = new Schema(
                    agentType + ".state",
                    text(state, "digest"),
                    member(state, "schema").toString());
            return new Descriptor(
                    agentType, text(root, "class"), new StateForm(text(state, "class"), schema), messages);
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("agent descriptor: not JSON (expected: what the annotation processor"
                    + " writes to OSGI-INF/openclaw). Build the bundle again.");
        }
    }

    private static JsonNode member(JsonNode node, String name) {
        var member = node.get(name);
        if (member == null) {
            throw new IllegalArgumentException("agent descriptor: no member '" + name + "' (expected: what the"
                    + " annotation processor writes to OSGI-INF/openclaw). Build the bundle again.");
        }
        return member;
    }

    private static String text(JsonNode node, String name) {
        return member(node, name).asString();
    }
}
