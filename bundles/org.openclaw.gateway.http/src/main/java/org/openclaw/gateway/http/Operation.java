package org.openclaw.gateway.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openclaw.message.Body;
import org.openclaw.security.Role;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a method does at a path, who may call it, what it takes and what it answers: no route is without, {@code /openapi.json} is
 * made from it, and the tests hold the code to it. Immutable: whatever is added makes another one.
 *
 * @param id names it among all
 * @param summary what it does
 * @param roles one of which its caller must have or include; empty when it needs no token
 * @param parameters of the query and the headers
 * @param takes what its body may be, by media type; empty when it takes none
 * @param replies by status
 */
record Operation(
        String id,
        String summary,
        Set<Role> roles,
        List<Parameter> parameters,
        Map<String, Shape> takes,
        SortedMap<Integer, Reply> replies) {
    static final Shape PROBLEM = Shape.object()
            .with("type", Shape.text())
            .with("title", Shape.text())
            .with("status", Shape.count())
            .with("detail", Shape.text().saying("What happened, what was expected, what to do."))
            .with("code", Shape.text().saying("Stable: what to switch over."))
            .open()
            .named("Problem");

    private static final List<Integer> ALWAYS = List.of(400, 403, 500, 503);
    private static final List<Integer> WITH_A_BODY = List.of(408, 413, 415);

    /** For whoever has or includes one of these roles. */
    static Operation of(String id, String summary, Role one, Role... others) {
        return new Operation(id, summary, EnumSet.of(one, others), List.of(), Map.of(), new TreeMap<>())
                .refuses(ALWAYS)
                .refuses(401);
    }

    /** For everybody, without a token. */
    static Operation open(String id, String summary) {
        return new Operation(id, summary, EnumSet.noneOf(Role.class), List.of(), Map.of(), new TreeMap<>())
                .refuses(ALWAYS);
    }

    /** For everybody, and answered whatever else does not work. */
    static Operation probe(String id, String summary) {
        return new Operation(id, summary, EnumSet.noneOf(Role.class), List.of(), Map.of(), new TreeMap<>());
    }

    Operation with(Parameter... more) {
        var all = new ArrayList<>(parameters);
        all.addAll(Arrays.asList(more));
        return new Operation(id, summary, roles, List.copyOf(all), takes, replies);
    }

    Operation takes(Shape json) {
        return takes(Body.JSON, json);
    }

    Operation takes(String mediaType, Shape shape) {
        var all = new LinkedHashMap<>(takes);
        all.put(mediaType, shape);
        return new Operation(id, summary, roles, parameters, all, replies).refuses(WITH_A_BODY);
    }

    Operation gives(int status, String text, Shape json) {
        return gives(status, Reply.json(text, json));
    }

    Operation gives(int status, String text) {
        return gives(status, Reply.of(text));
    }

    Operation gives(int status, Reply reply) {
        var all = new TreeMap<>(replies);
        all.put(status, reply);
        return new Operation(id, summary, roles, parameters, takes, all);
    }

    /** Statuses of problems beside those that every operation has. */
    Operation refuses(Integer... statuses) {
        return refuses(Arrays.asList(statuses));
    }

    private Operation refuses(List<Integer> statuses) {
        var more = this;
        for (int status : statuses) {
            more = more.gives(status, Reply.of(Problem.title(status), Map.of(Problem.MEDIA_TYPE, PROBLEM)));
        }
        return more;
    }

    /** With what holds for JSON that is looked at: it has an ETag, and is not sent again to who has it. */
    Operation tagged() {
        var shown = replies.get(200);
        return shown == null || shown.contents().keySet().stream().noneMatch(Representation::isTagged)
                ? this
                : with(Parameter.header("If-None-Match", "An ETag that the client has: 304 when it is that still."))
                        .gives(200, shown.with("ETag", "Names what it is like at present."))
                        .gives(304, "It is as the client knows it.");
    }

    boolean isOpen() {
        return roles.isEmpty();
    }

    boolean isFor(Role role) {
        return isOpen() || roles.stream().anyMatch(role::includes);
    }

    /** Who may call it, from the least to the greatest, in words. */
    String callers() {
        return Arrays.stream(Role.values())
                .filter(this::isFor)
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    boolean has(Parameter.Place place, String name) {
        for (var each : parameters) { // for each parameter of each request: no stream
            if (each.place() == place && each.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** As an OpenAPI document has it. */
    ObjectNode json() {
        var json = Json.object().put("operationId", id).put("summary", summary);
        if (isOpen()) {
            json.putArray("security");
        } else {
            json.put("description", "Roles: " + callers() + ".");
        }
        if (!parameters.isEmpty()) {
            var all = json.putArray("parameters");
            parameters.forEach(each -> all.add(each.json()));
        }
        if (!takes.isEmpty()) {
            var content = json.putObject("requestBody").putObject("content");
            takes.forEach((type, shape) -> content.putObject(type).set("schema", shape.schema()));
        }
        var responses = json.putObject("responses");
        replies.forEach((status, reply) -> responses.set(Integer.toString(status), reply.json()));
        return json;
    }

    /** The schemas that it speaks of by name. */
    SortedMap<String, ObjectNode> schemas() {
        var all = new TreeMap<String, ObjectNode>();
        takes.values().forEach(shape -> all.putAll(shape.named()));
        replies.values().forEach(reply -> reply.contents().values().forEach(shape -> all.putAll(shape.named())));
        return all;
    }
}
