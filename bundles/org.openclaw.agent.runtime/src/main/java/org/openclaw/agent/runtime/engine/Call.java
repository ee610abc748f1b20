package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;

/**
 * A handler at work, for a turn or a query. Whoever closes it first decides: its own thread, and then its effects count;
 * or somebody who cannot wait any longer, and then they do not.
 */
final class Call {
    private final Tracked tracked;
    private final AgentVersion version;
    private final Thread thread;
    private final Instant since;
    private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.OPEN);
    private volatile Duration reportAt;

    Call(Tracked tracked, AgentVersion version, Thread thread, Instant since, Duration reportAt) {
        this.tracked = tracked;
        this.version = version;
        this.thread = thread;
        this.since = since;
        this.reportAt = reportAt;
    }

    private enum Fate {
        OPEN,
        ENDED,
        ABANDONED
    }

    Tracked tracked() {
        return tracked;
    }

    Tenant tenant() {
        return tracked.tenant();
    }

    Address address() {
        return tracked.to();
    }

    String messageType() {
        return tracked.type();
    }

    AgentVersion version() {
        return version;
    }

    Thread thread() {
        return thread;
    }

    Instant since() {
        return since;
    }

    /** Whether nobody has ended or abandoned it yet. */
    boolean isOpen() {
        return fate.get() == Fate.OPEN;
    }

    /** Whether what the handler did counts. */
    boolean end() {
        return fate.compareAndSet(Fate.OPEN, Fate.ENDED);
    }

    /** Gives the handler up and interrupts it; false when it has ended already. */
    boolean abandon() {
        if (!fate.compareAndSet(Fate.OPEN, Fate.ABANDONED)) {
            return false;
        }
        thread.interrupt();
        return true;
    }

    /** Whether it is time to report it; each time after twice as long. */
    boolean isDue(Instant now) {
        if (Duration.between(since, now).compareTo(reportAt) < 0) {
            return false;
        }
        reportAt = reportAt.multipliedBy(2);
        return true;
    }
}
