package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loop on a thread of the system, which is there while there is something to do: it must not hold a carrier of turns. */
final class ThreadLoop implements EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadLoop.class);
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(2);

    private final ScheduledThreadPoolExecutor thread;

    ThreadLoop(String name) {
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory());
        thread.setKeepAliveTime(KEPT.toMillis(), TimeUnit.MILLISECONDS);
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public void run(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public void after(Duration wait, Runnable task) {
        try {
            var _ = thread.schedule(() -> attempt(task), wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.trace("Closed", closed);
        }
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error broken) { // or a loop would stand still without a word
            LOG.error("A task of the event streams broke", broken);
        }
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        var done = new CountDownLatch(1);
        run(done::countDown);
        try {
            if (!done.await(CLOSES_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Not all event streams have ended in time");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
    }
}
