package org.openclaw.capability;

import java.time.Duration;

/**
 * The limits of a capability, as configured.
 *
 * @param rule the name in the configuration that they come from: that of the capability, or {@code *} for all that have none
 *     of their own; {@code default} when there is neither
 * @param concurrent how many calls may be under way; 0: any number
 * @param perSecond how many calls may begin in a second; 0: any number
 * @param queue how many calls may wait
 * @param patience how long a call may wait
 * @param timeout how long one attempt may take; zero: any time
 * @param attempts how often a call that fails is tried
 * @param pause between the first attempt and the second; doubled each time
 * @param failures so many failed calls of {@code calls} open the circuit; 0: it never opens
 * @param calls how many of the latest calls are looked at
 * @param open how long the circuit stays open
 */
public record CapabilityLimits(
        String rule,
        int concurrent,
        int perSecond,
        int queue,
        Duration patience,
        Duration timeout,
        int attempts,
        Duration pause,
        int failures,
        int calls,
        Duration open) {
    private static final int MANY = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(1);

    /** @throws IllegalArgumentException naming the setting that is out of its bounds, by its name in the configuration */
    public CapabilityLimits {
        if (rule.isBlank()) {
            throw new IllegalArgumentException("name: it is empty (expected: the name of a capability, or *).");
        }
        require("concurrent", concurrent, 0, MANY);
        require("per.second", perSecond, 0, MANY);
        require("queue", queue, 0, MANY);
        require("wait.millis", patience.toMillis(), 0, LONGEST.toMillis());
        require("timeout.millis", timeout.toMillis(), 0, LONGEST.toMillis());
        require("attempts", attempts, 1, 10);
        require("retry.millis", pause.toMillis(), 1, 30_000);
        require("breaker.calls", calls, 1, 10_000);
        require("breaker.failures", failures, 0, calls);
        require("breaker.millis", open.toMillis(), 1, LONGEST.toMillis());
    }

    private static void require(String setting, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(setting + ": " + value + " (expected: " + least + " to " + most + ").");
        }
    }
}
