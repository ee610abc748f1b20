package org.openclaw.gateway.http;

import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.openclaw.message.Body;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an operation may answer with one status. Immutable.
 *
 * @param text when it does
 * @param contents what the body is, by its media types; empty when there is none
 * @param headers what the headers say, by their names
 */
record Reply(String text, Map<String, Shape> contents, SequencedMap<String, String> headers) {
    static Reply of(String text, Map<String, Shape> contents) {
        return new Reply(text, contents, new TreeMap<>());
    }

    static Reply json(String text, Shape json) {
        return of(text, Map.of(Body.JSON, json));
    }

    static Reply of(String text) {
        return of(text, Map.of());
    }

    Reply with(String header, String says) {
        var more = new TreeMap<>(headers);
        more.put(header, says);
        return new Reply(text, contents, more);
    }

    /** As an OpenAPI document has it. */
    ObjectNode json() {
        var json = Json.object().put("description", text);
        if (!headers.isEmpty()) {
            var all = json.putObject("headers");
            headers.forEach((name, says) -> all.putObject(name)
                    .put("description", says)
                    .putObject("schema")
                    .put("type", "string"));
        }
        if (!contents.isEmpty()) {
            var content = json.putObject("content");
            var all = new TreeMap<>(contents);
            Optional.ofNullable(contents.get(Body.JSON)).ifPresent(shape -> all.put(CborReader.MEDIA_TYPE, shape));
            all.forEach((type, shape) -> content.putObject(type).set("schema", shape.schema()));
        }
        return json;
    }
}
