package org.openclaw.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openclaw.schema.SchemaEntry;
import org.openclaw.schema.SchemaEntry.Kind;
import org.openclaw.schema.SchemaRegistry;
import org.openclaw.schema.SchemaRegistry.Choice;
import org.openclaw.schema.SchemaRegistry.Found;
import org.openclaw.security.Role;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/schemas}: every schema that an agent type has ever brought, and its document by its digest. */
final class SchemasResource {
    static final String MEDIA_TYPE = "application/schema+json";

    /** The document of a digest never changes; it needs a token, so no proxy keeps it. */
    private static final String FOR_EVER = "private, max-age=31536000, immutable";

    private static final Listing LISTING = new Listing("schemas");

    private final Part<SchemaRegistry> registry;

    SchemasResource(Part<SchemaRegistry> registry) {
        this.registry = registry;
    }

    Route list() {
        return Route.of("/v1/schemas")
                .get(
                        Operation.of("listSchemas", "The schemas that agent types have brought, ever", Role.READER)
                                .with(
                                        Parameter.query("type", Shape.text(), "Only those of this agent type."),
                                        Parameter.query("kind", Shape.oneOf(Kind.values()), "Only those of this kind."),
                                        Listing.AFTER,
                                        Listing.LIMIT)
                                .gives(200, LISTING.reply(shape())),
                        this::page);
    }

    Route one() {
        return Route.of("/v1/schemas/{digest}")
                .get(
                        Operation.of("getSchema", "The document with a digest, which never changes", Role.READER)
                                .gives(
                                        200,
                                        Reply.of("It, as JSON Schema 2020-12.", Map.of(MEDIA_TYPE, Shape.any()))
                                                .with("Cache-Control", "That it never changes."))
                                .refuses(404),
                        this::show);
    }

    private Answer page(Call call) throws Rejection {
        var there = registry.now();
        int limit = Listing.limit(call);
        var entries = new ArrayList<>(entries(there, call, limit + 1));
        Optional<String> next = Optional.empty();
        if (entries.size() > limit) {
            entries.removeLast();
            next = Optional.of(there.place(entries.getLast()));
        }
        return LISTING.answer(call, new Listing.Page<>(entries, next), SchemasResource::json);
    }

    private static List<SchemaEntry> entries(SchemaRegistry there, Call call, int limit) throws Rejection {
        var choice = new Choice(call.parameter("type"), kind(call));
        var after = LISTING.after(call);
        try {
            return there.list(choice, after, limit);
        } catch (IllegalArgumentException none) {
            throw Cursor.invalid("it names no place in it");
        }
    }

    private static Optional<Kind> kind(Call call) throws Rejection {
        var said = call.parameter("kind");
        var kind = Arrays.stream(Kind.values())
                .filter(each -> said.equals(Optional.of(name(each))))
                .findFirst();
        if (said.isPresent() && kind.isEmpty()) {
            throw Problem.of(400, "kind.invalid", "There is no such kind of schema (expected: message or state).")
                    .rejection();
        }
        return kind;
    }

    private Answer show(Call call) throws Rejection {
        return switch (registry.now().find(call.variable("digest"))) {
            case Found.Document document ->
                Answer.of(Response.of(200, MEDIA_TYPE, document.json().getBytes(StandardCharsets.UTF_8))
                        .with("Cache-Control", FOR_EVER));
            case Found.Unknown() ->
                throw Problem.of(
                                404,
                                "schema.unknown",
                                "No agent type has ever brought a schema with that digest (expected: the SHA-256 of a"
                                        + " document, as 64 lower-case hexadecimal digits). GET /v1/schemas lists them.")
                        .rejection();
            case Found.Damaged(var text) ->
                throw Problem.of(500, "schema.damaged", text).rejection();
        };
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode json(SchemaEntry entry) {
        return Json.object()
                .put("digest", entry.digest())
                .put("kind", name(entry.kind()))
                .put("type", entry.agentType())
                .put("name", entry.name())
                .put("version", entry.version())
                .put("firstSeen", entry.firstSeen().toString())
                .put("bytes", entry.bytes());
    }

    private static Shape shape() {
        return Shape.object()
                .with("digest", Shape.text().saying("The SHA-256 of the document: what dataschema names."))
                .with("kind", Shape.oneOf(Kind.values()))
                .with("type", Shape.text().saying("The agent type that brought it."))
                .with("name", Shape.text().saying("The CloudEvents type of a message, or <agent type>.state."))
                .with("version", Shape.text().saying("The version of the bundle that brought it first."))
                .with("firstSeen", Shape.time())
                .with("bytes", Shape.count())
                .named("SchemaEntry");
    }
}
