package org.openclaw.capability;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A call of a capability that has ended. What went in and came out is not recorded.
 *
 * @param operation the name of the method
 * @param provider the symbolic name of the bundle that was called last; empty when none was
 * @param version its version
 * @param startedAt when it began
 * @param took from then to its end, waits and all attempts included
 * @param waited how much of that it waited for a provider, for room or for its place in the rate
 * @param attempts how often a provider was called for it
 * @param code why it failed: that of a {@link CapabilityException}, or the class of what the provider threw; empty when it did
 *     not
 * @param cause the same in words, shortened
 */
public record CapabilityCall(
        String operation,
        Optional<String> provider,
        Optional<String> version,
        Instant startedAt,
        Duration took,
        Duration waited,
        int attempts,
        Optional<String> code,
        Optional<String> cause) {}
