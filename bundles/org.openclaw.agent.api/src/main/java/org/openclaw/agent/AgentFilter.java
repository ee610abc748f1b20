package org.openclaw.agent;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.openclaw.message.Address;

/**
 * Which agents to list. What is left open lets every agent pass.
 *
 * @param type only agents of this type
 * @param states only agents in one of these states; empty for all
 * @param text only agents whose {@code type/key} has this part, in upper or lower case
 */
public record AgentFilter(Optional<String> type, Set<AgentState> states, Optional<String> text) {
    /** Every agent. */
    public static final AgentFilter ALL = new AgentFilter(Optional.empty(), Set.of(), Optional.empty());

    public AgentFilter {
        states = Set.copyOf(states);
        text = text.map(part -> part.toLowerCase(Locale.ROOT));
    }

    /** Every agent of a type. */
    public static AgentFilter ofType(String type) {
        return new AgentFilter(Optional.of(type), Set.of(), Optional.empty());
    }

    /** Whether the type and the text let an agent of this address pass. */
    public boolean matches(Address address) {
        return (type.isEmpty() || address.type().equals(type.get()))
                && (text.isEmpty()
                        || address.toString().toLowerCase(Locale.ROOT).contains(text.get()));
    }

    /** Whether the states let an agent in this state pass. */
    public boolean matches(AgentState state) {
        return states.isEmpty() || states.contains(state);
    }
}
