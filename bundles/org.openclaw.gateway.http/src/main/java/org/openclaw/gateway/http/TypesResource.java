package org.openclaw.gateway.http;

import org.openclaw.agent.AgentTypeView;
import org.openclaw.agent.Agents;
import org.openclaw.message.Body;
import org.openclaw.schema.Schema;
import org.openclaw.security.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/types}: the agent types; the list has the digests of the schemas, one type the schemas themselves. Suspends and
 * resumes a whole type.
 */
final class TypesResource {
    private static final Logger LOG = LoggerFactory.getLogger(TypesResource.class);

    private static final Listing LISTING = new Listing("types");

    private final Part<Agents> agents;

    TypesResource(Part<Agents> agents) {
        this.agents = agents;
    }

    Route list() {
        return Route.of("/v1/types")
                .get(
                        Operation.of("listTypes", "The agent types", Role.READER)
                                .with(Listing.AFTER, Listing.WIDE)
                                .gives(200, LISTING.reply(shape(false))),
                        this::all);
    }

    Route one() {
        return Route.of("/v1/types/{type}")
                .get(
                        Operation.of(
                                        "getType",
                                        "One agent type, with the schemas of its messages and its state",
                                        Role.READER)
                                .gives(200, "It.", shape(true))
                                .refuses(404),
                        this::show);
    }

    Route suspend() {
        return Route.of("/v1/types/{type}/suspend")
                .on(
                        "POST",
                        changes("suspendType", "Begins no turns of a type from now on"),
                        call -> suspend(call, true));
    }

    Route resume() {
        return Route.of("/v1/types/{type}/resume")
                .on("POST", changes("resumeType", "Begins turns of a type again"), call -> suspend(call, false));
    }

    private static Operation changes(String id, String summary) {
        return Operation.of(id, summary, Role.OPERATOR)
                .gives(200, "Done: the type as it is now.", shape(false))
                .refuses(404);
    }

    private Answer all(Call call) throws Rejection {
        var page = LISTING.of(call, agents.now().types(), AgentTypeView::name);
        return LISTING.answer(call, page, type -> json(type, false));
    }

    private Answer show(Call call) throws Rejection {
        return Answer.of(Response.json(200, json(type(call), true)));
    }

    private Answer suspend(Call call, boolean suspended) throws Rejection {
        var name = call.variable("type");
        if (!(suspended ? agents.now().suspendType(name) : agents.now().resumeType(name))) {
            throw unknown();
        }
        LOG.info("'{}' has {} the type {}", call.subject().name(), suspended ? "suspended" : "resumed", name);
        return Answer.of(Response.json(200, json(type(call), false)));
    }

    private AgentTypeView type(Call call) throws Rejection {
        return agents.now().types().stream()
                .filter(each -> each.name().equals(call.variable("type")))
                .findFirst()
                .orElseThrow(TypesResource::unknown);
    }

    static Rejection unknown() {
        return Problem.of(
                        404,
                        "type.unknown",
                        "There is no such agent type. GET /v1/types lists them; GET /v1/bundles tells why a bundle does"
                                + " not serve.")
                .rejection();
    }

    private static ObjectNode json(AgentTypeView type, boolean schemas) {
        var json = Json.object().put("name", type.name());
        Json.putIfPresent(json, "serving", type.serving());
        json.put("stranded", type.serving().isEmpty()).put("suspended", type.suspended());
        var resident = json.putArray("resident");
        type.resident().forEach(resident::add);
        json.put("agents", type.agents());
        var messages = json.putArray("messages");
        for (var message : type.messages()) {
            var each = messages.addObject().put("type", message.type()).put("query", message.query());
            put(each, message.schema(), schemas);
        }
        type.state().ifPresent(state -> put(json.putObject("state"), state, schemas));
        return json;
    }

    private static Shape shape(boolean schemas) {
        var schema = Shape.object().with("digest", Shape.text());
        var known = schemas ? schema.with("schema", Shape.any()) : schema;
        var message = Shape.object().with("type", Shape.text()).with("query", Shape.flag());
        return Shape.object()
                .with("name", Shape.text())
                .maybe("serving", Shape.text().saying("The version that serves; without it, none does."))
                .with("stranded", Shape.flag())
                .with("suspended", Shape.flag())
                .with("resident", Shape.list(Shape.text()).saying("The versions that are there."))
                .with("agents", Shape.count())
                .with(
                        "messages",
                        Shape.list(
                                schemas
                                        ? message.with("digest", Shape.text()).with("schema", Shape.any())
                                        : message.with("digest", Shape.text())))
                .maybe("state", known)
                .named(schemas ? "AgentTypeWithSchemas" : "AgentType");
    }

    private static void put(ObjectNode json, Schema schema, boolean whole) {
        json.put("digest", schema.digest());
        if (whole) {
            json.set("schema", Json.embed(Body.json(schema.json())));
        }
    }
}
