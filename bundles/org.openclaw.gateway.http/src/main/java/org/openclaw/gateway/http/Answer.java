package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.openclaw.message.MessageStatus;
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
     * @param atOnce what leaves when there is no room for waiting
     * @param ceased is run when nobody waits any more
     */
    record Later(
            CompletionStage<Response> response, Duration within, Response otherwise, Response atOnce, Runnable ceased)
            implements Answer {
        /** Of what ends soon in any case. */
        Later(CompletionStage<Response> response, Duration within, Response otherwise) {
            this(response, within, otherwise, otherwise, () -> {});
        }

        /** Where a message ends, waited for because the request prefers that (RFC 7240). */
        static Later of(
                CompletionStage<MessageStatus> outcome,
                Function<MessageStatus, Response> ended,
                Duration within,
                Response present) {
            var applied = Prefer.applied(within);
            return new Later(
                    outcome.thenApply(status -> ended.apply(status).with(Prefer.APPLIED, applied)),
                    within,
                    present.with(Prefer.APPLIED, applied),
                    present,
                    () -> outcome.toCompletableFuture().cancel(false));
        }
    }

    /**
     * Goes on for as long as its reader may read.
     *
     * @param feed what it tells
     * @param reader who asked for it
     */
    record Stream(EventFeed feed, Subject reader) implements Answer {}
}
