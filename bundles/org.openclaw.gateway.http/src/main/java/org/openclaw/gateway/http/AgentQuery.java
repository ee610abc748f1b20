package org.openclaw.gateway.http;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openclaw.agent.AgentFilter;
import org.openclaw.agent.AgentState;
import org.openclaw.message.Address;

/**
 * Which agents a list is about.
 *
 * @param filter which of them
 * @param after where the page begins
 * @param limit the length of the page
 */
record AgentQuery(AgentFilter filter, Optional<Address> after, int limit) {
    static final Listing LISTING = new Listing("agents");
    private static final int MAX_TEXT = 320;

    /** What a query may say. */
    static Parameter[] parameters() {
        return new Parameter[] {
            Parameter.query("type", Shape.text(), "Only agents of this type."),
            Parameter.query("state", Shape.text(), "Only those in these states, with commas between: " + names() + "."),
            Parameter.query("q", Shape.text(), "Only those whose address has this text in it."),
            Listing.AFTER,
            Listing.LIMIT
        };
    }

    static AgentQuery of(Call call) throws Rejection {
        var after = LISTING.after(call);
        return new AgentQuery(
                new AgentFilter(
                        call.parameter("type"), states(call.parameter("state").orElse("")), text(call)),
                after.isPresent() ? Optional.of(address(after.get())) : Optional.empty(),
                Listing.limit(call));
    }

    private static Address address(String place) throws Rejection {
        try {
            return Address.parse(place);
        } catch (IllegalArgumentException none) {
            throw Cursor.invalid("it names no agent");
        }
    }

    private static Set<AgentState> states(String names) throws Rejection {
        var states = EnumSet.noneOf(AgentState.class);
        if (names.isEmpty()) {
            return states;
        }
        for (String name : names.split(",", -1)) {
            states.add(Stream.of(AgentState.values())
                    .filter(state -> name(state).equals(name))
                    .findFirst()
                    .orElseThrow(() -> Problem.of(
                                    400,
                                    "state.invalid",
                                    "There is no such state of an agent (expected some of: " + names() + ").")
                            .rejection()));
        }
        return states;
    }

    private static String name(AgentState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String names() {
        return Stream.of(AgentState.values()).map(AgentQuery::name).collect(Collectors.joining(","));
    }

    private static Optional<String> text(Call call) throws Rejection {
        var text = call.parameter("q").filter(part -> !part.isEmpty());
        if (text.isPresent() && text.get().length() > MAX_TEXT) {
            throw Problem.of(400, "q.invalid", "q is too long (expected: at most " + MAX_TEXT + " characters).")
                    .rejection();
        }
        return text;
    }
}
