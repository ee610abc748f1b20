package org.openclaw.agent;

import java.util.List;
import java.util.Optional;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.osgi.annotation.versioning.ProviderType;

/** The agents of this node, for those who look after them. Thread-safe; every answer is a copy of one moment. */
@ProviderType
public interface Agents {
    /** All known agent types, by name. */
    List<AgentTypeView> types();

    /**
     * A page of agents, ordered by address. Their state is left out: ask for one agent to see it.
     *
     * @param type only agents of this type
     * @param after only agents behind this address, which need not exist
     * @param limit at most so many, 1 to 1000
     */
    List<AgentView> list(Tenant tenant, Optional<String> type, Optional<Address> after, int limit);

    /** One agent; empty when it does not exist. */
    Optional<AgentView> find(Tenant tenant, Address address);

    /**
     * Retires an agent: it accepts nothing more, handles what waits, and is forgotten then, with its state and timers.
     *
     * @return false when there is no such agent
     */
    boolean retire(Tenant tenant, Address address);
}
