package org.openclaw.agent;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.openclaw.message.Address;

/**
 * Which events to read. What is left open lets every event pass.
 *
 * @param type only those of agents of this type
 * @param agent only those of this agent
 * @param kinds only these; empty for all
 */
public record EventFilter(Optional<String> type, Optional<Address> agent, Set<EventKind> kinds) {
    /** Every event. */
    public static final EventFilter ALL = new EventFilter(Optional.empty(), Optional.empty(), Set.of());

    public EventFilter {
        var copy = EnumSet.noneOf(EventKind.class);
        copy.addAll(kinds);
        kinds = Collections.unmodifiableSet(copy);
    }

    /** Those of one agent. */
    public static EventFilter of(Address agent) {
        return new EventFilter(Optional.empty(), Optional.of(agent), Set.of());
    }

    /** The same, of these kinds only. */
    public EventFilter only(Set<EventKind> others) {
        return new EventFilter(type, agent, others);
    }

    /** Whether an event of an agent passes. */
    public boolean matches(EventKind kind, Address of) {
        return (kinds.isEmpty() || kinds.contains(kind))
                && (type.isEmpty() || type.get().equals(of.type()))
                && (agent.isEmpty() || agent.get().equals(of));
    }
}
