package org.openclaw.agent.runtime.capability;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts threads whose time is over. Thread-safe.
 *
 * <p>Not the time-out of Failsafe: that keeps its threads in static fields, for ever, with the class loader of whoever needed
 * the first one. These end with the runtime.
 */
final class TimeLimits implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;

    TimeLimits() {
        timer = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .name("openclaw-capability-limits")
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** A limit for what the calling thread does until it calls {@link Limit#end}. */
    Limit begin(Duration atMost) {
        var limit = new Limit();
        try {
            var alarm = timer.schedule(limit::expire, atMost.toNanos(), TimeUnit.NANOSECONDS);
            limit.onEnd = () -> alarm.cancel(false);
        } catch (RejectedExecutionException closing) {
            // the runtime stops, and interrupts those of whom it has enough
        }
        return limit;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** The limit of one thread, which alone ends it. */
    static final class Limit {
        private final Thread thread = Thread.currentThread();
        private final boolean interruptedBefore = thread.isInterrupted();
        private Runnable onEnd = () -> {};
        private boolean ended;
        private boolean expired;

        private synchronized void expire() {
            if (!ended) {
                expired = true;
                thread.interrupt();
            }
        }

        /** The thread is not interrupted any more; says whether it was. */
        boolean end() {
            onEnd.run();
            synchronized (this) {
                ended = true;
                if (expired && !interruptedBefore) {
                    // what is called next must not take our interrupt for its own
                    Thread.interrupted();
                }
                return expired;
            }
        }
    }
}
