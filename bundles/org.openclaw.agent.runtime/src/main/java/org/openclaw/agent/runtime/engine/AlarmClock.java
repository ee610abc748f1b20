package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires alarms when the wall clock says so, and sweeps once a second. It looks at the clock again at least once a second, so
 * a jump of the clock is noticed then. A platform thread, so that handlers which use up all carriers of virtual threads do
 * not keep it from reporting them.
 */
public final class AlarmClock {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmClock.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Alarms alarms;
    private final Runnable sweep;
    private final Thread thread;
    private volatile boolean closed;

    public AlarmClock(InstantSource clock, Alarms alarms, Runnable sweep) {
        this.clock = clock;
        this.alarms = alarms;
        this.sweep = sweep;
        this.thread = Thread.ofPlatform()
                .name("openclaw-alarms")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(this::run);
        alarms.onEarlier(() -> LockSupport.unpark(thread));
        thread.start();
    }

    private void run() {
        var nextSweep = Instant.MIN;
        while (!closed) {
            var now = clock.instant();
            try {
                alarms.fire(now);
                if (!now.isBefore(nextSweep) || now.plus(TICK).isBefore(nextSweep)) {
                    sweep.run();
                    nextSweep = now.plus(TICK);
                }
            } catch (RuntimeException broken) {
                // the clock must go on whatever one alarm does
                LOG.error("An alarm failed; the others go on.", broken);
            }
            LockSupport.parkNanos(
                    this, Math.max(1, alarms.until(clock.instant(), TICK).toNanos()));
        }
    }

    /** Fires nothing any more. */
    public void close() throws InterruptedException {
        closed = true;
        LockSupport.unpark(thread);
        thread.join(TICK);
    }
}
