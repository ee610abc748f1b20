package org.openclaw.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openclaw.agent.AgentTypeView;
import org.openclaw.agent.AgentView;
import org.openclaw.agent.Agents;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;

/** The agents that a test lists. */
final class ListedAgents implements Agents {
    final List<AgentTypeView> types = new ArrayList<>();
    final List<AgentView> agents = new ArrayList<>();

    @Override
    public List<AgentTypeView> types() {
        return List.copyOf(types);
    }

    @Override
    public List<AgentView> list(Tenant tenant, Optional<String> type, Optional<Address> after, int limit) {
        return agents.stream()
                .filter(agent -> type.isEmpty() || agent.address().type().equals(type.get()))
                .filter(agent -> after.isEmpty() || agent.address().compareTo(after.get()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<AgentView> find(Tenant tenant, Address address) {
        return agents.stream().filter(agent -> agent.address().equals(address)).findFirst();
    }

    @Override
    public boolean retire(Tenant tenant, Address address) {
        return agents.removeIf(agent -> agent.address().equals(address));
    }
}
