package org.openclaw.security.token;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of wrong tokens at most once a minute, with their number and never with the token. Thread-safe. */
final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private long untold;
    private Instant toldAt = Instant.MIN;

    /** Counts one; returns how many were told of now, 0 when none. */
    synchronized long failed(Instant now) {
        untold++;
        if (now.isBefore(toldAt.plus(EVERY))) {
            return 0;
        }
        long told = untold;
        LOG.warn(
                "{} request(s) with a wrong token or an ended session were refused. If they are yours: the valid tokens"
                        + " are in the configuration folder",
                told);
        untold = 0;
        toldAt = now;
        return told;
    }
}
