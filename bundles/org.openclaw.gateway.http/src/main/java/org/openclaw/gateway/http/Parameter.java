package org.openclaw.gateway.http;

import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * What may be said beside the path and the body.
 *
 * @param name its name
 * @param place where it stands
 * @param shape of its value
 * @param text what it does
 */
record Parameter(String name, Place place, Shape shape, String text) {
    /** Where parameters stand. */
    enum Place {
        PATH,
        QUERY,
        HEADER
    }

    static Parameter path(String name, String text) {
        return new Parameter(name, Place.PATH, Shape.text(), text);
    }

    static Parameter query(String name, Shape shape, String text) {
        return new Parameter(name, Place.QUERY, shape, text);
    }

    static Parameter header(String name, String text) {
        return new Parameter(name, Place.HEADER, Shape.text(), text);
    }

    /** As an OpenAPI document has it. */
    ObjectNode json() {
        var json = Json.object()
                .put("name", name)
                .put("in", place.name().toLowerCase(Locale.ROOT))
                .put("required", place == Place.PATH)
                .put("description", text);
        json.set("schema", shape.schema());
        return json;
    }
}
