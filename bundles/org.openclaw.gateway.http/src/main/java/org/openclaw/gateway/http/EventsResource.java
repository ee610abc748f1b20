package org.openclaw.gateway.http;

import java.util.Map;
import java.util.Optional;
import org.openclaw.agent.AgentEvents;
import org.openclaw.agent.Agents;
import org.openclaw.agent.EventFilter;
import org.openclaw.agent.EventId;
import org.openclaw.agent.EventPage;
import org.openclaw.message.Tenant;
import org.openclaw.security.Role;

/** {@code /v1/events} and {@code /v1/agents/{type}/{key}/events}: what agents do, as server-sent events. */
final class EventsResource {
    private final Part<AgentEvents> events;
    private final Part<Agents> agents;

    EventsResource(Part<AgentEvents> events, Part<Agents> agents) {
        this.events = events;
        this.agents = agents;
    }

    Route all() {
        return Route.of("/v1/events")
                .get(
                        streams("streamEvents", "What agents do, as it happens")
                                .with(Parameter.query("type", Shape.text(), "Only agents of this type.")),
                        call -> stream(call, EventQuery.of(call)));
    }

    /** Also of an agent that does not exist yet: its first message makes it. */
    Route ofOne() {
        return Route.of("/v1/agents/{type}/{key+}/events")
                .get(
                        streams("streamAgentEvents", "What one agent does, as it happens"),
                        call -> stream(call, EventQuery.of(call, Addresses.of(call))));
    }

    private static Operation streams(String id, String summary) {
        return Operation.of(id, summary, Role.READER)
                .with(
                        Parameter.query("kind", Shape.text(), "Only these kinds, with commas between them."),
                        Parameter.query(
                                "last", Shape.within(0, EventQuery.MOST_LATEST, 0), "Begins with the latest so many."),
                        Parameter.query("since", Shape.oneOf("start"), "Begins with all that is remembered."),
                        Parameter.header("Last-Event-ID", "Goes on behind that event; counts before the other two."))
                .gives(
                        200,
                        Reply.of(
                                "Server-sent events, each with JSON as data, for as long as the client stays.",
                                Map.of(EventFrame.MEDIA_TYPE, Shape.text())))
                .refuses(404, 410);
    }

    private Answer stream(Call call, EventQuery query) throws Rejection {
        requireKnown(query.filter());
        var now = events.now();
        var tenant = call.subject().tenant();
        var from = from(now, tenant, query);
        return call.request().method().equals("HEAD")
                ? Answer.of(Response.empty(200).with(EventFrame.HEADERS))
                : new Answer.Stream(
                        new AgentFeed(new AgentSource(events, now), tenant, query.filter(), from), call.subject());
    }

    private void requireKnown(EventFilter filter) throws Rejection {
        var type = filter.type().or(() -> filter.agent().map(agent -> agent.type()));
        if (type.isPresent()
                && agents.now().types().stream().noneMatch(each -> each.name().equals(type.get()))) {
            throw TypesResource.unknown();
        }
    }

    private static EventId from(AgentEvents events, Tenant tenant, EventQuery query) throws Rejection {
        return switch (query.start()) {
            case EventQuery.Start.Behind(var last) -> behind(events, tenant, query.filter(), last);
            case EventQuery.Start.Latest(int count) -> events.before(tenant, query.filter(), count);
            case EventQuery.Start.Remembered() -> events.oldest();
        };
    }

    private static EventId behind(AgentEvents events, Tenant tenant, EventFilter filter, EventId last)
            throws Rejection {
        var forgotten = Optional.of(events.read(tenant, filter, last, 1))
                .filter(EventPage.Forgotten.class::isInstance)
                .map(EventPage.Forgotten.class::cast);
        if (forgotten.isPresent()) {
            throw Problem.of(
                            410,
                            "events.forgotten",
                            forgotten.get().restarted()
                                    ? "The Last-Event-ID is of an earlier start of this node, whose events it does not remember."
                                            + " Leave it out, or ask with ?since=start for those since this start."
                                    : "More has happened since the Last-Event-ID than this node remembers. Leave it out, or ask"
                                            + " with ?since=start for all that is remembered.")
                    .rejection();
        }
        return last;
    }
}
