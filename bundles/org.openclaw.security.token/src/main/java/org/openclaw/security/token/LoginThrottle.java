package org.openclaw.security.token;

import java.time.Duration;
import java.time.Instant;

/**
 * Slows down guessing at the login: from the fifth wrong token in a row on, all logins are refused for a while that
 * doubles with each further one, from one second to one minute. A refused login does not prolong it. Thread-safe.
 */
final class LoginThrottle {
    private static final int FREE = 5;
    private static final int MAX_DOUBLINGS = 6;
    private static final Duration MAX = Duration.ofMinutes(1);

    private int wrong;
    private Instant closedUntil = Instant.MIN;

    synchronized boolean isClosed(Instant now) {
        return now.isBefore(closedUntil);
    }

    synchronized void succeeded() {
        wrong = 0;
        closedUntil = Instant.MIN;
    }

    /** Counts a wrong token. Returns how long logins are refused from now on; zero when they are not. */
    synchronized Duration failed(Instant now) {
        wrong = Math.min(wrong + 1, FREE + MAX_DOUBLINGS);
        if (wrong < FREE) {
            return Duration.ZERO;
        }
        var pause = Duration.ofSeconds(1L << (wrong - FREE));
        if (pause.compareTo(MAX) > 0) {
            pause = MAX;
        }
        closedUntil = now.plus(pause);
        return pause;
    }
}
