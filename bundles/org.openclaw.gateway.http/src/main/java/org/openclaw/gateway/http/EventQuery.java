package org.openclaw.gateway.http;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openclaw.agent.EventFilter;
import org.openclaw.agent.EventId;
import org.openclaw.agent.EventKind;
import org.openclaw.message.Address;

/**
 * Which events a stream is of.
 *
 * @param filter which of them pass
 * @param start where it begins
 */
record EventQuery(EventFilter filter, Start start) {
    static final int MOST_LATEST = 1000;

    /** Where a stream begins. */
    sealed interface Start {
        /** Behind the last one that the client has got. */
        record Behind(EventId last) implements Start {}

        /** With the latest that are remembered; with those to come for zero. */
        record Latest(int count) implements Start {}

        /** With the first that is remembered. */
        record Remembered() implements Start {}
    }

    /** Those of all agents, or of a type. */
    static EventQuery of(Call call) throws Rejection {
        return new EventQuery(new EventFilter(call.parameter("type"), Optional.empty(), kinds(call)), start(call));
    }

    /** Those of one agent. */
    static EventQuery of(Call call, Address agent) throws Rejection {
        return new EventQuery(EventFilter.of(agent).only(kinds(call)), start(call));
    }

    private static Set<EventKind> kinds(Call call) throws Rejection {
        var kinds = EnumSet.noneOf(EventKind.class);
        var names = call.parameter("kind").orElse("");
        if (names.isEmpty()) {
            return kinds;
        }
        for (String name : names.split(",", -1)) {
            kinds.add(EventKind.of(name)
                    .orElseThrow(() -> Problem.of(
                                    400,
                                    "kind.invalid",
                                    "There is no such kind of event (expected some of: "
                                            + Stream.of(EventKind.values())
                                                    .map(EventKind::text)
                                                    .collect(Collectors.joining(","))
                                            + ").")
                            .rejection()));
        }
        return kinds;
    }

    /** A client that comes again asks as before, and says where it was: that counts. */
    private static Start start(Call call) throws Rejection {
        var last = call.request().header("Last-Event-ID").filter(text -> !text.isEmpty());
        if (last.isPresent()) {
            return new Start.Behind(EventId.parse(last.get())
                    .orElseThrow(() -> Problem.of(
                                    400,
                                    "event.id.invalid",
                                    "The Last-Event-ID is none of this API (expected: the id of an event). Leave it out to"
                                            + " begin anew.")
                            .rejection()));
        }
        var latest = call.parameter("last");
        var since = call.parameter("since");
        if (since.isPresent() && (!since.get().equals("start") || latest.isPresent())) {
            throw Problem.of(
                            400,
                            "parameter.invalid",
                            "since is not as expected (expected: 'start', without last; to go on behind an event, the header"
                                    + " Last-Event-ID).")
                    .rejection();
        }
        return since.isPresent() ? new Start.Remembered() : new Start.Latest(latest(latest.orElse("0")));
    }

    private static int latest(String text) throws Rejection {
        int count = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
        if (count < 0 || count > MOST_LATEST) {
            throw Problem.of(400, "last.invalid", "last is out of range (expected: 0 to " + MOST_LATEST + ").")
                    .rejection();
        }
        return count;
    }
}
