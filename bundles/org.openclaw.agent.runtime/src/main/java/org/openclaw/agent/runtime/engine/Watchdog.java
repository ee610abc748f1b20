package org.openclaw.agent.runtime.engine;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that handlers which compute without end do not keep all others from running: virtual threads have no time slices, so
 * as many spinning handlers as there are processors would hold them all. It lets a virtual thread of its own run now and then;
 * when that does not get its turn in time, it has the handlers named that hold the processors, and gives the virtual threads
 * more carriers, within a bound. When all is well for a while, it takes them back.
 *
 * <p>A platform thread, which the operating system gives its share whatever handlers do.
 */
public final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final int CALM = 100;
    private static final int MOST_PER_PROCESSOR = 8;
    private static final String PARALLELISM = "Parallelism";

    private final Engine engine;
    private final Carriers carriers;
    private final int usual;
    private final int most;
    private final Thread thread;
    private volatile boolean closed;
    private int calm;

    /** How many carriers the virtual threads have. */
    interface Carriers {
        int count();

        void count(int now);
    }

    public Watchdog(Engine engine) {
        this(engine, new SchedulerBean(ManagementFactory.getPlatformMBeanServer()));
    }

    Watchdog(Engine engine, Carriers carriers) {
        this.engine = engine;
        this.carriers = carriers;
        usual = carriers.count();
        most = usual * MOST_PER_PROCESSOR;
        thread = Thread.ofPlatform()
                .name("openclaw-watchdog")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .start(this::run);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, PATIENCE.toNanos());
            if (!closed && engine.isBusy()) {
                look();
            }
        }
    }

    private void look() {
        var probe = Thread.ofVirtual().inheritInheritableThreadLocals(false).start(() -> {});
        try {
            if (probe.join(PATIENCE)) {
                relax();
            } else {
                engine.tellWhoSpins(PATIENCE);
                calm = 0;
                int now = carriers.count();
                if (now < most) {
                    carriers.count(now + 1);
                }
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void relax() {
        int now = carriers.count();
        if (now > usual && ++calm >= CALM) {
            carriers.count(now - 1);
            calm = 0;
        }
    }

    /** Looks after nothing any more, and leaves as many carriers as there were. */
    public void close() throws InterruptedException {
        closed = true;
        LockSupport.unpark(thread);
        thread.join(Duration.ofSeconds(1));
        carriers.count(usual);
    }

    /** The scheduler of the JDK, through its management bean. */
    private record SchedulerBean(MBeanServer server, ObjectName name) implements Carriers {
        SchedulerBean(MBeanServer server) {
            this(server, scheduler());
        }

        private static ObjectName scheduler() {
            try {
                return new ObjectName("jdk.management:type=VirtualThreadScheduler");
            } catch (JMException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public int count() {
            try {
                return (Integer) server.getAttribute(name, PARALLELISM);
            } catch (JMException absent) {
                return Runtime.getRuntime().availableProcessors();
            }
        }

        @Override
        public void count(int now) {
            try {
                server.setAttribute(name, new Attribute(PARALLELISM, now));
            } catch (JMException absent) {
                LOG.warn("The number of carriers of virtual threads cannot be changed: {}", absent.toString());
            }
        }
    }
}
