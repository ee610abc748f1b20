package org.openclaw.gateway.http;

import java.util.Locale;
import org.openclaw.agent.Agents;
import org.openclaw.agent.TurnLimits;
import org.openclaw.security.Role;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/limits}: what the caller's tenant and the agent types get of the node, what holds them, and who waits. */
final class LimitsResource {
    private static final Listing LISTING = new Listing("limits");

    private final Part<Agents> agents;

    LimitsResource(Part<Agents> agents) {
        this.agents = agents;
    }

    Route route() {
        return Route.of("/v1/limits")
                .get(
                        Operation.of(
                                        "listLimits",
                                        "What the caller's tenant and the agent types get of the node",
                                        Role.READER)
                                .with(Listing.AFTER, Listing.WIDE)
                                .gives(200, LISTING.reply(shape())),
                        this::all);
    }

    private static Shape shape() {
        return Shape.object()
                .with("of", Shape.oneOf(TurnLimits.Of.values()))
                .with("name", Shape.text())
                .with("weight", Shape.count())
                .maybe("concurrent", Shape.count())
                .maybe("perSecond", Shape.count())
                .with("running", Shape.count())
                .with("waiting", Shape.count())
                .maybe("heldBy", Shape.oneOf("concurrent", "perSecond"))
                .with("waiters", Shape.list(Shape.text()))
                .named("TurnLimits");
    }

    private Answer all(Call call) throws Rejection {
        var limits = agents.now().limits(call.subject().tenant());
        var page = LISTING.of(call, limits, each -> name(each.of()) + "/" + each.name());
        return LISTING.answer(call, page, LimitsResource::json);
    }

    private static String name(TurnLimits.Of of) {
        return of.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode json(TurnLimits limits) {
        var json = Json.object()
                .put("of", name(limits.of()))
                .put("name", limits.name())
                .put("weight", limits.weight());
        limits.concurrent().ifPresent(most -> json.put("concurrent", most));
        limits.perSecond().ifPresent(most -> json.put("perSecond", most));
        json.put("running", limits.running()).put("waiting", limits.waiting());
        Json.putIfPresent(json, "heldBy", limits.heldBy().map(LimitsResource::member));
        var waiters = json.putArray("waiters");
        limits.waiters().forEach(waiter -> waiters.add(waiter.toString()));
        return json;
    }

    /** The member of the same JSON that has the bound. */
    private static String member(TurnLimits.Bound bound) {
        return switch (bound) {
            case CONCURRENT -> "concurrent";
            case PER_SECOND -> "perSecond";
        };
    }
}
