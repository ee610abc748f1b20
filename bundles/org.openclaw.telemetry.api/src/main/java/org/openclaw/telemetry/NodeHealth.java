package org.openclaw.telemetry;

import org.osgi.annotation.versioning.ProviderType;

/** How this node is, for those who look after it. Thread-safe. */
@ProviderType
public interface NodeHealth {
    /**
     * How it is now. Reads counters and the verdicts on the deployed files, and never looks at each agent: fit to be called
     * every second.
     */
    NodeStatus status();
}
