package org.openclaw.capability;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The capabilities of this node as an operator sees them: who provides each, its limits, who waits for it and how its latest
 * calls ended. Thread-safe; what it returns does not change any more. Nothing here survives a restart.
 */
@ProviderType
public interface Capabilities {
    /** Those that have a facade, by name: also those whose providers are away at present. */
    List<CapabilityView> list();

    /** One of them. */
    Optional<CapabilityView> find(String name);

    /**
     * The latest calls of a capability that have ended, newest first, as far as they are remembered; none when there is no
     * such capability.
     *
     * @param limit at most so many
     */
    List<CapabilityCall> recent(String name, int limit);
}
