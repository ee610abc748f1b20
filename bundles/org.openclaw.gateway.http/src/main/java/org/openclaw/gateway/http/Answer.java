package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.openclaw.security.Subject;

/** What a resource says: a response, or one to wait for without a thread. */
sealed interface Answer {
    static Answer of(Response response) {
        return new Now(response);
    }

    /** Leaves at once. */
    record Now(Response response) implements Answer {}

    /**
     * Leaves when it is there.
     *
     * @param response to wait for
     * @param within how long
     * @param otherwise what leaves when the time is over, or when the wait itself breaks
     */
    record Later(CompletionStage<Response> response, Duration within, Response otherwise) implements Answer {}

    /**
     * Goes on for as long as its reader may read.
     *
     * @param feed what it tells
     * @param reader who asked for it
     */
    record Stream(EventFeed feed, Subject reader) implements Answer {}
}
