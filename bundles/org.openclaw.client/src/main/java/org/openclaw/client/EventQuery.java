package org.openclaw.client;

import java.util.List;
import java.util.Optional;
import org.openclaw.message.Address;

/**
 * Which events to follow, and from where on.
 *
 * @param agent only of this agent
 * @param type only of agents of this type
 * @param kinds only of these kinds, such as {@code turn.failed}; empty for all
 * @param from where to begin
 */
public record EventQuery(Optional<Address> agent, Optional<String> type, List<String> kinds, From from) {
    /** Where to begin. */
    public sealed interface From {
        /** With what is to come from when the stream is there. */
        record Now() implements From {}

        /** With all that the container remembers. */
        record Start() implements From {}

        /**
         * Behind an event that was seen before.
         *
         * @param id its {@link AgentEvent#id}
         */
        record Behind(String id) implements From {}
    }

    public EventQuery {
        kinds = List.copyOf(kinds);
    }

    /** All that is to come. */
    public static EventQuery all() {
        return new EventQuery(Optional.empty(), Optional.empty(), List.of(), new From.Now());
    }

    /** What one agent does. */
    public static EventQuery of(Address agent) {
        return new EventQuery(Optional.of(agent), Optional.empty(), List.of(), new From.Now());
    }

    /** The same of agents of one type. */
    public EventQuery type(String name) {
        return new EventQuery(agent, Optional.of(name), kinds, from);
    }

    /** The same of these kinds. */
    public EventQuery kinds(String... names) {
        return new EventQuery(agent, type, List.of(names), from);
    }

    /** The same from somewhere on. */
    public EventQuery from(From beginning) {
        return new EventQuery(agent, type, kinds, beginning);
    }

    String target() {
        var query = new StringBuilder();
        type.ifPresent(name -> query.append("&type=").append(ApiPath.encoded(name)));
        if (!kinds.isEmpty()) {
            query.append("&kind=").append(ApiPath.encoded(String.join(",", kinds)));
        }
        if (from instanceof From.Start) {
            query.append("&since=start");
        }
        var path = agent.map(one -> ApiPath.agent(one) + "/events").orElse("/v1/events");
        return query.isEmpty() ? path : path + "?" + query.substring(1);
    }
}
