package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;

/** How many messages leave per second, over the last ten to twenty seconds. Thread-safe. */
final class Meter {
    private static final Duration SPAN = Duration.ofSeconds(10);

    private Instant since;
    private long before;
    private long current;

    Meter(Instant now) {
        since = now;
    }

    synchronized void count(Instant now) {
        turnOver(now);
        current++;
    }

    /** How long until so many have left, from 1 to 60 seconds. */
    synchronized Duration until(long messages, Instant now) {
        turnOver(now);
        double seconds =
                SPAN.toSeconds() + Math.max(0, Duration.between(since, now).toMillis()) / 1000.0;
        double perSecond = (before + current) / seconds;
        long wait = perSecond == 0 ? 60 : (long) Math.ceil(messages / perSecond);
        return Duration.ofSeconds(Math.clamp(wait, 1, 60));
    }

    private void turnOver(Instant now) {
        if (Duration.between(since, now).compareTo(SPAN) < 0) {
            return;
        }
        before = Duration.between(since, now).compareTo(SPAN.multipliedBy(2)) < 0 ? current : 0;
        current = 0;
        since = now;
    }
}
