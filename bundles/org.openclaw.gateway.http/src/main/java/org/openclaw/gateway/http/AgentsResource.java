package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.Optional;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.Agents;
import org.openclaw.agent.Creation;
import org.openclaw.agent.Waits;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.security.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/agents}: lists, shows, creates, suspends, resumes, retires and purges agents. */
final class AgentsResource {
    private static final Logger LOG = LoggerFactory.getLogger(AgentsResource.class);
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final int INBOX = 50;
    private static final int RECENT_TURNS = 20;
    private static final int BODIES = 1 << 20;

    private final Part<Agents> agents;
    private final Part<Waits> waits;
    private final AgentBodies bodies;

    AgentsResource(Part<Agents> agents, Part<Waits> waits, AgentBodies bodies) {
        this.agents = agents;
        this.waits = waits;
        this.bodies = bodies;
    }

    Route list() {
        return Route.of("/v1/agents")
                .get(
                        Operation.of("listAgents", "The agents", Role.READER)
                                .with(AgentQuery.parameters())
                                .gives(200, AgentQuery.LISTING.reply(AgentJson.shape())),
                        this::page);
    }

    Route one() {
        return Route.of("/v1/agents/{type}/{key+}")
                .get(
                        Operation.of("getAgent", "One agent, its inbox, its steps and its latest turns", Role.READER)
                                .with(Call.BODY)
                                .gives(200, "It.", AgentJson.wholeShape())
                                .refuses(404),
                        this::show)
                .on("PUT", creating(), this::create)
                .on("PATCH", changing(), this::change)
                .on("DELETE", ending(), this::end);
    }

    private static Operation creating() {
        return Operation.of("createAgent", "Creates an agent, which its first message does too", Role.OPERATOR)
                .takes(Shape.object())
                .gives(
                        201,
                        Reply.json("It is there now.", AgentJson.wholeShape()).with("Location", "Where it is."))
                .gives(200, "It was there before.", AgentJson.wholeShape())
                .refuses(404, 409, 422, 429);
    }

    private static Operation changing() {
        var change = Shape.object().with("suspended", Shape.flag());
        return Operation.of("changeAgent", "Suspends or resumes an agent", Role.OPERATOR)
                .takes(AgentBodies.MERGE_PATCH, change)
                .takes(change)
                .gives(200, "Done: the agent as it is now.", AgentJson.wholeShape())
                .refuses(404);
    }

    private static Operation ending() {
        return Operation.of("endAgent", "Retires an agent once it has handled what waits, or purges it", Role.OPERATOR)
                .with(Parameter.query(
                        "purge", Shape.flag(), "Forgets all of it, at once and for good: for administrators only."))
                .gives(204, "It is retired, or purged.")
                .gives(202, "It handles what waits first.", AgentJson.wholeShape())
                .refuses(404, 409);
    }

    private Answer page(Call call) throws Rejection {
        var query = AgentQuery.of(call);
        var page = agents.now().list(call.subject().tenant(), query.filter(), query.after(), query.limit());
        return AgentQuery.LISTING.answer(
                call, new Listing.Page<>(page.agents(), page.next().map(Address::toString)), AgentJson::of);
    }

    private Answer show(Call call) throws Rejection {
        var address = Addresses.of(call);
        boolean bodies = call.showsBodies("an agent");
        return Answer.of(whole(call, 200, find(call, address).orElseThrow(() -> unknown(address)), bodies));
    }

    private Answer create(Call call) throws Rejection {
        var address = Addresses.of(call);
        bodies.requireNothing(call.request());
        return Answer.of(
                switch (agents.now().create(call.subject().tenant(), address)) {
                    case Creation.Created(var agent) -> {
                        LOG.debug("'{}' has created {}", call.subject().name(), address);
                        yield whole(call, 201, agent).with("Location", UrlText.agent(address));
                    }
                    case Creation.Existed(var agent) -> whole(call, 200, agent);
                    case Creation.Refused(var refusal) -> Problem.of(refusal).response();
                });
    }

    private Answer change(Call call) throws Rejection {
        var address = Addresses.of(call);
        boolean suspended = bodies.suspended(call.request());
        if (!suspend(call.subject().tenant(), address, suspended)) {
            throw find(call, address).isPresent() ? retired(address) : unknown(address);
        }
        LOG.info("'{}' has {} {}", call.subject().name(), suspended ? "suspended" : "resumed", address);
        return Answer.of(whole(call, 200, find(call, address).orElseThrow(() -> unknown(address))));
    }

    private boolean suspend(Tenant tenant, Address address, boolean suspended) throws Rejection {
        return suspended ? agents.now().suspend(tenant, address) : agents.now().resume(tenant, address);
    }

    private Answer end(Call call) throws Rejection {
        var address = Addresses.of(call);
        if (!call.flag("purge")) {
            return retire(call, address);
        }
        if (!call.subject().role().includes(Role.ADMIN)) {
            throw Door.forbidden(call.subject(), "admin");
        }
        return purge(call, address);
    }

    private Answer retire(Call call, Address address) throws Rejection {
        boolean known = agents.now().retire(call.subject().tenant(), address);
        var left = find(call, address);
        if (!known && left.filter(AgentsResource::isRetired).isEmpty()) {
            throw unknown(address);
        }
        // It first handles what waits: while it does, the answer shows it.
        var draining = left.filter(agent -> !isRetired(agent));
        return Answer.of(draining.isPresent() ? whole(call, 202, draining.get()) : Response.empty(204));
    }

    private static boolean isRetired(AgentView agent) {
        return agent.state() == AgentState.RETIRED;
    }

    private Answer purge(Call call, Address address) throws Rejection {
        return switch (agents.now().purge(call.subject().tenant(), address)) {
            case DONE -> {
                LOG.info("'{}' has purged {}", call.subject().name(), address);
                yield Answer.of(Response.empty(204));
            }
            case UNKNOWN -> throw unknown(address);
            case BUSY ->
                throw Problem.of(
                                409,
                                "agent.busy",
                                "Refused to purge " + address + ": its turn is under way (expected: an agent between"
                                        + " its turns). Try again when it has ended.")
                        .retryAfter(BUSY)
                        .rejection();
        };
    }

    private Response whole(Call call, int status, AgentView agent) throws Rejection {
        return whole(call, status, agent, false);
    }

    private Response whole(Call call, int status, AgentView agent, boolean bodies) throws Rejection {
        var tenant = call.subject().tenant();
        int bytes = bodies ? BODIES : 0;
        return Response.json(
                status,
                AgentJson.of(
                        agent,
                        bodies ? agents.now().timers(tenant, agent.address(), bytes) : agent.timers(),
                        waits.now().of(tenant, agent.address()),
                        agents.now().inbox(tenant, agent.address(), INBOX, bytes),
                        agents.now().steps(tenant, agent.address(), bytes),
                        agents.now().recentTurns(tenant, agent.address(), RECENT_TURNS)));
    }

    private Optional<AgentView> find(Call call, Address address) throws Rejection {
        return agents.now().find(call.subject().tenant(), address);
    }

    private static Rejection unknown(Address address) {
        return Problem.of(
                        404,
                        "agent.unknown",
                        "There is no agent " + address + ". It exists from its first message, or from a PUT here.")
                .rejection();
    }

    private static Rejection retired(Address address) {
        return Problem.of(
                        404,
                        "agent.retired",
                        "The agent " + address + " is retired: nothing can be done to it but to purge it, with DELETE"
                                + " and ?purge=true.")
                .rejection();
    }
}
