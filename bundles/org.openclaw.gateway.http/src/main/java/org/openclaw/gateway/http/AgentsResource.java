package org.openclaw.gateway.http;

import java.util.Locale;
import java.util.Optional;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.Agents;
import org.openclaw.message.Address;
import org.openclaw.security.Role;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/agents}: lists, shows and retires agents. */
final class AgentsResource {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final Part<Agents> agents;

    AgentsResource(Part<Agents> agents) {
        this.agents = agents;
    }

    Route list() {
        return Route.of("/v1/agents").get(this::page);
    }

    Route one() {
        return Route.of("/v1/agents/{type}/{key+}").get(this::show).on("DELETE", Role.ADMIN, this::retire);
    }

    private Answer page(Call call) throws Rejection {
        int limit = limit(call.parameter("limit").orElse(Integer.toString(DEFAULT_LIMIT)));
        var after = call.parameter("after");
        Optional<Address> behind = after.isPresent() ? Optional.of(Addresses.of(after.get())) : Optional.empty();
        var page = agents.now().list(call.subject().tenant(), call.parameter("type"), behind, limit);
        var json = Json.object();
        var array = json.putArray("agents");
        page.forEach(agent -> array.add(json(agent)));
        if (page.size() == limit) {
            json.put("next", page.getLast().address().toString());
        }
        return Answer.of(Response.json(200, json));
    }

    private static int limit(String text) throws Rejection {
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Problem.of(400, "limit.invalid", "limit is out of range (expected: 1 to " + MAX_LIMIT + ").")
                    .rejection();
        }
        return limit;
    }

    private Answer show(Call call) throws Rejection {
        var address = Addresses.of(call);
        return Answer.of(Response.json(200, json(find(call, address).orElseThrow(() -> unknown(address)))));
    }

    private Answer retire(Call call) throws Rejection {
        var address = Addresses.of(call);
        if (!agents.now().retire(call.subject().tenant(), address)) {
            throw unknown(address);
        }
        // It first handles what waits: while it does, the answer shows it.
        return Answer.of(find(call, address)
                .map(agent -> Response.json(202, json(agent)))
                .orElse(Response.empty(204)));
    }

    private Optional<AgentView> find(Call call, Address address) throws Rejection {
        return agents.now().find(call.subject().tenant(), address);
    }

    private static Rejection unknown(Address address) {
        return Problem.of(404, "agent.unknown", "There is no agent " + address + ". It exists from its first message.")
                .rejection();
    }

    private static ObjectNode json(AgentView agent) {
        var json = Json.object()
                .put("address", agent.address().toString())
                .put("type", agent.address().type())
                .put("key", agent.address().key())
                .put("state", agent.state().name().toLowerCase(Locale.ROOT));
        Json.putIfPresent(json, "version", agent.version());
        json.put("waiting", agent.waiting())
                .put("turns", agent.turns())
                .put("failures", agent.failures())
                .put("createdAt", agent.createdAt().toString());
        Json.putIfPresent(json, "lastTurnAt", agent.lastTurnAt());
        agent.memory().ifPresent(memory -> json.set("memory", Json.embed(memory)));
        var timers = json.putArray("timers");
        agent.timers()
                .forEach(timer -> timers.addObject()
                        .put("name", timer.name())
                        .put("due", timer.due().toString())
                        .put("type", timer.type()));
        return json;
    }
}
