package org.openclaw.gateway.http;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers that somebody prefers to wait for at present: bounded in number and time, none left behind. Thread-safe. */
final class PreferredWaits {
    private static final Logger LOG = LoggerFactory.getLogger(PreferredWaits.class);

    private record Pending(CompletableFuture<Response> result, Response otherwise) {}

    private final Semaphore free;
    private final Set<Pending> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    PreferredWaits(int max) {
        free = new Semaphore(max);
    }

    /** What will leave, within the time of the answer; with too many waiting already, at once. */
    CompletableFuture<Response> await(Answer.Later later) {
        if (!free.tryAcquire()) {
            // Waiting is a preference (RFC 7240): the receipt is an answer as well.
            return CompletableFuture.completedFuture(later.atOnce());
        }
        var wait = new Pending(new CompletableFuture<>(), later.otherwise());
        pending.add(wait);
        var _ = wait.result().whenComplete((_, _) -> {
            pending.remove(wait);
            free.release();
            later.ceased().run();
        });
        var _ = later.response().whenComplete((value, failure) -> {
            if (failure != null && !wait.result().isDone()) {
                LOG.warn("Waiting for an outcome failed", failure);
            }
            wait.result().complete(failure == null ? value : later.otherwise());
        });
        if (closed) { // perhaps before it was one of those pending
            wait.result().complete(later.otherwise());
        }
        return wait.result().completeOnTimeout(later.otherwise(), later.within().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends all waits, those to come too: each gets what it would get when its time is over. */
    void close() {
        closed = true;
        pending.forEach(wait -> wait.result().complete(wait.otherwise()));
    }
}
