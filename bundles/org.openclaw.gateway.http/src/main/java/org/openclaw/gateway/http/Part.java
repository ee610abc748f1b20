package org.openclaw.gateway.http;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A service that may come and go. Whoever needs it while it is absent answers 503.
 *
 * @param name what users call it
 * @param service it, at present
 */
record Part<T>(String name, Supplier<Optional<T>> service) {
    /** The service as it is now; used for one request only. */
    T now() throws Rejection {
        return service.get().orElseThrow(() -> Problem.unavailable(name).rejection());
    }

    boolean isThere() {
        return service.get().isPresent();
    }
}
