package org.openclaw.agent.runtime.type;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The agent types of this node, by name. Thread-safe. */
public final class HostedTypes {
    private final ConcurrentSkipListMap<String, HostedType> types = new ConcurrentSkipListMap<>();

    /** The type of this name, whether or not it was ever here. */
    public HostedType of(String name) {
        return types.computeIfAbsent(name, HostedType::new);
    }

    /** The type of this name, if it is or was here, or an agent has sent a message to it. */
    public Optional<HostedType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** Whether a version of this type is or was here. */
    public boolean isHosted(String name) {
        return find(name).filter(HostedType::everInstalled).isPresent();
    }

    /** The names of the types of which a version is or was here. */
    public List<String> hosted() {
        return types.values().stream()
                .filter(HostedType::everInstalled)
                .map(HostedType::name)
                .toList();
    }

    /** All types, by name. */
    public List<HostedType> all() {
        return List.copyOf(types.values());
    }

    /** The version takes over at once if it is the highest. */
    public void add(AgentVersion version) {
        of(version.type()).add(version);
    }

    /** No new call reaches the version from now on; those in flight go on. */
    public void remove(AgentVersion version) {
        of(version.type()).remove(version);
    }
}
