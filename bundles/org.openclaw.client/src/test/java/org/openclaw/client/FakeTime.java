package org.openclaw.client;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when a test says so, and when somebody pauses, who does not have to wait for it. */
final class FakeTime implements Time {
    private final AtomicLong nanos = new AtomicLong();
    private volatile boolean stopped;
    final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** From now on pauses do not end. */
    void stop() {
        stopped = true;
    }

    Duration passed() {
        return Duration.ofNanos(nanos.get());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public CompletableFuture<Void> after(Duration pause) {
        pauses.add(pause);
        if (stopped) {
            return new CompletableFuture<>();
        }
        pass(pause);
        return CompletableFuture.completedFuture(null);
    }
}
