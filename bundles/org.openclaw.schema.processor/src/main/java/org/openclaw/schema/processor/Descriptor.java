package org.openclaw.schema.processor;

import java.util.List;
import java.util.SortedMap;

/**
 * What the bundle tells the runtime about an agent type: the file {@code OSGI-INF/openclaw/<agent type>.json}.
 *
 * @param agentType the name of the type
 * @param agentClass the binary name of the agent class
 * @param state its state
 * @param messages what it understands, as declared
 * @param compatibility which versions have to understand each other, by what; empty where it says nothing
 */
record Descriptor(
        String agentType,
        String agentClass,
        Shape state,
        List<MessageShape> messages,
        SortedMap<String, String> compatibility) {
    Descriptor {
        messages = List.copyOf(messages);
    }

    /**
     * A record and its schema.
     *
     * @param recordClass the binary name of the record
     * @param schema its schema
     */
    record Shape(String recordClass, Json schema) {
        private Json.Members addTo(Json.Members json) {
            return json.with("digest", Digest.of(schema.text())).with("schema", schema);
        }
    }

    /**
     * A message record.
     *
     * @param type its CloudEvents type
     * @param query whether it only reads
     * @param shape the record
     */
    record MessageShape(String type, boolean query, Shape shape) {
        private Json json() {
            return shape.addTo(Json.members()
                    .with("type", type)
                    .with("class", shape.recordClass())
                    .with("query", Json.of(query)));
        }
    }

    /** Where the file lies in the bundle. */
    String path() {
        return "OSGI-INF/openclaw/" + agentType + ".json";
    }

    /** What the file holds. */
    String text() {
        var type = Json.members().with("agentType", agentType).with("class", agentClass);
        if (!compatibility.isEmpty()) {
            var policy = Json.members();
            for (var said : compatibility.entrySet()) {
                policy = policy.with(said.getKey(), said.getValue());
            }
            type = type.with("compatibility", policy);
        }
        return type.with("state", state.addTo(Json.members().with("class", state.recordClass())))
                .with(
                        "messages",
                        Json.array(messages.stream().map(MessageShape::json).toList()))
                .text();
    }
}
