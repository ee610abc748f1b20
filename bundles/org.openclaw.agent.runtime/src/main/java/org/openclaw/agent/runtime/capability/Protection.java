package org.openclaw.agent.runtime.capability;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RateLimiter;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import org.openclaw.capability.CapabilityLimits;

/**
 * What the limits of a capability come to. Other limits begin with a rate and a breaker that have seen nothing yet.
 *
 * @param limits as configured
 * @param rate so many calls a second, in one burst if they come so; empty: any number
 * @param breaker leaves it alone when it fails too often
 * @param retries tries again what failed; empty: never
 */
record Protection(
        CapabilityLimits limits,
        Optional<RateLimiter<Object>> rate,
        Breaker breaker,
        Optional<FailsafeExecutor<Outcome>> retries) {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** So that calls that failed together do not come again together. */
    private static final double JITTER = 0.2;

    static Protection of(CapabilityLimits limits, Breaker breaker) {
        return new Protection(limits, rate(limits), breaker, retries(limits));
    }

    private static Optional<RateLimiter<Object>> rate(CapabilityLimits limits) {
        return limits.perSecond() == 0
                ? Optional.empty()
                : Optional.of(RateLimiter.burstyBuilder(limits.perSecond(), Duration.ofSeconds(1))
                        .build());
    }

    private static Optional<FailsafeExecutor<Outcome>> retries(CapabilityLimits limits) {
        return limits.attempts() == 1
                ? Optional.empty()
                : Optional.of(Failsafe.with(RetryPolicy.<Outcome>builder()
                        .handleResultIf(Outcome::isWorthAnother)
                        .withMaxAttempts(limits.attempts())
                        .withBackoff(limits.pause(), LONGEST_PAUSE)
                        .withJitter(JITTER)
                        .build()));
    }
}
