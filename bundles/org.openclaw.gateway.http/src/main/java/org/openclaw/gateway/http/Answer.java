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

    /** What is said once something has happened; at once when it has. */
    static <T> Answer after(CompletionStage<T> before, Then<T> then) throws Rejection {
        var happens = before.toCompletableFuture();
        return happens.isDone() ? then.of(happens.join()) : new After(happens, () -> then.of(happens.join()));
    }

    /** Makes an answer of what has happened. */
    @FunctionalInterface
    interface Then<T> {
        Answer of(T value) throws Rejection;
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
     * Is another one, once something has happened that does so soon in any case: no thread waits for it.
     *
     * @param before what has to happen, or to fail
     * @param next that other one, or a {@link java.util.concurrent.CompletionException}; asked on a thread for requests
     */
    record After(CompletionStage<?> before, Next next) implements Answer {
        /** The answer that is there now. */
        @FunctionalInterface
        interface Next {
            Answer get() throws Rejection;
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
