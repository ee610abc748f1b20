package org.openclaw.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The time that passes, and pauses in it. Thread-safe. */
interface Time {
    /** As {@link System#nanoTime}. */
    long nanos();

    /** Completes after a while, on another thread. */
    CompletableFuture<Void> after(Duration pause);

    /** That of this machine. */
    static Time real() {
        return new Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public CompletableFuture<Void> after(Duration pause) {
                return CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS));
            }
        };
    }
}
