package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.Optional;
import org.openclaw.store.StoreException;

/** What is answered when the runtime throws because its store can neither be read nor written. */
final class StoreProblem {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(60);

    private StoreProblem() {}

    /** Empty when the store is not the cause. */
    static Optional<Problem> of(RuntimeException thrown) {
        return thrown.getCause() instanceof StoreException failed
                ? Optional.of(Problem.of(503, failed.code(), text(failed)).retryAfter(RETRY_AFTER))
                : Optional.empty();
    }

    private static String text(StoreException failed) {
        return "The store of this node does not work at present, and it is not known whether this was done. "
                + failed.getMessage()
                + (failed.mayBeTriedAgain()
                        ? " Make room on the disk; it goes on by itself."
                        : " An operator has to start this node again.");
    }
}
