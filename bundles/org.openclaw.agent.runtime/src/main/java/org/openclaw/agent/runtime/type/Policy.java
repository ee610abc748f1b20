package org.openclaw.agent.runtime.type;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.openclaw.agent.OnFailure;

/**
 * What a version does about turns that fail, from its {@link OnFailure}.
 *
 * @param attempts how often a message is tried in all
 * @param firstWait before the second attempt
 * @param longestWait the longest one
 * @param blocks whether a message that has failed for the last time stays, and its agent is quarantined
 * @param turnLimit how long a turn may take; empty leaves it to the node
 */
public record Policy(
        int attempts, Duration firstWait, Duration longestWait, boolean blocks, Optional<Duration> turnLimit) {
    private static final int MOST_ATTEMPTS = 1_000;
    private static final long MOST_MILLIS = Duration.ofDays(30).toMillis();
    private static final double JITTER = 0.2;

    /** Each message is tried once, and set aside when its turn fails. */
    public static final Policy ONCE = new Policy(1, Duration.ZERO, Duration.ZERO, false, Optional.empty());

    @OnFailure
    private static final class Unsaid {}

    /** @throws IllegalArgumentException when the annotation of the class is out of its bounds */
    static Policy of(Class<?> agent) {
        var said = agent.getAnnotation(OnFailure.class);
        return said == null ? of(Unsaid.class) : of(said, agent);
    }

    private static Policy of(OnFailure said, Class<?> agent) {
        within(agent, "attempts", said.attempts(), 1, MOST_ATTEMPTS);
        within(agent, "firstWaitMillis", said.firstWaitMillis(), 0, MOST_MILLIS);
        within(agent, "longestWaitMillis", said.longestWaitMillis(), said.firstWaitMillis(), MOST_MILLIS);
        within(agent, "turnLimitMillis", said.turnLimitMillis(), 0, MOST_MILLIS);
        return new Policy(
                said.attempts(),
                Duration.ofMillis(said.firstWaitMillis()),
                Duration.ofMillis(said.longestWaitMillis()),
                said.then() == OnFailure.Then.BLOCK,
                said.turnLimitMillis() == 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis(said.turnLimitMillis())));
    }

    private static void within(Class<?> agent, String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("@OnFailure of " + agent.getName() + ": " + name + " is " + value
                    + " (expected: " + least + " to " + most + ")");
        }
    }

    /**
     * How long to wait before the next attempt.
     *
     * @param failed how many have failed, 1 or more
     * @param random from 0 to 1
     */
    public Duration waitAfter(int failed, DoubleSupplier random) {
        double doubled = (double) firstWait.toMillis() * Math.pow(2, Math.min(failed - 1, 62));
        double bounded = Math.min(doubled, (double) longestWait.toMillis());
        return Duration.ofMillis((long) (bounded * (1 - JITTER + 2 * JITTER * random.getAsDouble())));
    }
}
