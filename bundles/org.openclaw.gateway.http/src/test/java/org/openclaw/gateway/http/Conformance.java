package org.openclaw.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds answers to what {@code /openapi.json} says: the status, the type of the body, the body, and no member beside it. */
final class Conformance {
    /** What is answered before it is known what is asked for. */
    private static final Set<Integer> OF_THE_DOOR = Set.of(400, 401, 403, 404, 405);

    private final List<Route> routes;
    private final ObjectNode document;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    Conformance(List<Route> routes) {
        this.routes = routes;
        document = OpenApi.document(routes);
    }

    void check(String method, String target, Response response) {
        var path = target.replaceAll("\\?.*", "");
        var type = response.headers().getOrDefault("Content-Type", "");
        var found = routes.stream().filter(route -> matches(route, path)).findFirst();
        var operation = found.map(Route::path)
                .map(template -> operation(method, template))
                .orElseGet(() -> document.path("nowhere"));
        boolean preflight = method.equals("OPTIONS") && response.status() == 204;
        if (preflight) {
            assertThat(response.body()).isEmpty();
        } else if (operation.isMissingNode()) {
            assertThat(response.status()).as(method + " " + target).isIn(OF_THE_DOOR);
        } else {
            check(method + " " + target, operation, response.status(), type, plain(response));
        }
    }

    private static byte[] plain(Response response) {
        try (var in = response.headers().containsKey("Content-Encoding")
                ? new GZIPInputStream(new ByteArrayInputStream(response.body()))
                : new ByteArrayInputStream(response.body())) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static boolean matches(Route route, String path) {
        try {
            return route.match(PathTemplate.segments(path)).isPresent();
        } catch (Rejection malformed) {
            return false;
        }
    }

    JsonNode operation(String method, String template) {
        var verb = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        return document.path("paths").path(template).path(verb);
    }

    void check(String what, JsonNode operation, int status, String type, byte[] body) {
        var said = operation.path("responses").path(Integer.toString(status));
        assertThat(said.isObject()).as("%s answered %d", what, status).isTrue();
        var content = said.path("content");
        if (content.isMissingNode()) {
            assertThat(body).as("%s answered %d with a body", what, status).isEmpty();
            return;
        }
        var exact = content.path(type).path("schema");
        var schema = exact.isMissingNode() ? content.path("*/*").path("schema") : exact;
        assertThat(schema.isObject())
                .as("%s answered %d with %s", what, status, type)
                .isTrue();
        boolean cbor = type.equals(CborReader.MEDIA_TYPE);
        if ((cbor || type.endsWith("json")) && body.length > 0) {
            assertThat(schemas.getSchema(closed(schema)).validate(cbor ? fromCbor(body) : json(body)))
                    .as("%s answered %d: %s", what, status, new String(body, StandardCharsets.UTF_8))
                    .isEmpty();
        }
    }

    private static JsonNode fromCbor(byte[] body) {
        try {
            return CborReader.read(body, 64, Long.MAX_VALUE);
        } catch (Rejection malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static JsonNode json(byte[] body) {
        return JsonMapper.shared().readTree(body);
    }

    /** The schema with all that it speaks of, and closed: the document lets members come later, this code must say them now. */
    private JsonNode closed(JsonNode schema) {
        var whole = (ObjectNode) schema.deepCopy();
        whole.set("components", document.path("components").deepCopy());
        close(whole);
        return whole;
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Conformance::close);
    }
}
