package org.openclaw.telemetry.health;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again, on a thread of its own, until it is closed. */
final class Ticker {
    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
    private static final Duration END = Duration.ofSeconds(1);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    Ticker(String name, Duration every, Runnable action) {
        thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .start(() -> run(every, action));
    }

    private void run(Duration every, Runnable action) {
        try {
            while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    action.run();
                } catch (RuntimeException broken) {
                    LOG.warn("What is done every {} s failed; it is tried again.", every.toSeconds(), broken);
                }
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does it no more; waits for the last time to end. */
    void close() throws InterruptedException {
        closed.countDown();
        thread.join(END);
    }
}
