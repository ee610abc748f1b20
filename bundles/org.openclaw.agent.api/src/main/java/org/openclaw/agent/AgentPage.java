package org.openclaw.agent;

import java.util.List;
import java.util.Optional;
import org.openclaw.message.Address;

/**
 * A part of a list of agents.
 *
 * @param agents ordered by address
 * @param next where the next part begins: behind this address; empty when there is none
 */
public record AgentPage(List<AgentView> agents, Optional<Address> next) {
    public AgentPage {
        agents = List.copyOf(agents);
    }
}
