package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.store.AgentName;

/**
 * A handler at work, for a turn or a query. Whoever closes it first decides: its own thread, and then its effects count;
 * or somebody who cannot wait any longer, and then they do not.
 */
final class Call {
    private final @Nullable Job job;
    private final AgentName agent;
    private final String messageType;
    private final AgentVersion version;
    private final Thread thread;
    private final Instant since;
    private final Duration limit;
    private final AtomicReference<@Nullable Fate> fate = new AtomicReference<>();
    private volatile Duration reportAt;

    /**
     * @param job the turn; null for a query
     * @param reportAt from which length on it is reported
     * @param limit how long it may take
     */
    Call(
            @Nullable Job job,
            AgentName agent,
            String messageType,
            AgentVersion version,
            Thread thread,
            Instant since,
            Duration reportAt,
            Duration limit) {
        this.job = job;
        this.agent = agent;
        this.messageType = messageType;
        this.version = version;
        this.thread = thread;
        this.since = since;
        this.reportAt = reportAt;
        this.limit = limit;
    }

    /** How it was closed. */
    enum Fate {
        /** Its handler has returned, or thrown. */
        ENDED,
        /** It was given up because it must not go on: its message waits for another turn, as if it had not begun. */
        ABANDONED,
        /** It was given up because it took too long: it has failed. */
        TIMED_OUT
    }

    Optional<Job> job() {
        return Optional.ofNullable(job);
    }

    AgentName agent() {
        return agent;
    }

    String messageType() {
        return messageType;
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

    /** Whether nobody has closed it yet. */
    boolean isOpen() {
        return fate.get() == null;
    }

    /** Closes it by its own thread; says who was first. */
    Fate end() {
        var other = fate.compareAndExchange(null, Fate.ENDED);
        return other == null ? Fate.ENDED : other;
    }

    /** Gives the handler up and interrupts it; false when it was closed before. */
    boolean giveUp(Fate why) {
        if (!fate.compareAndSet(null, why)) {
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

    /** Whether it has taken longer than it may. */
    boolean isOverLimit(Instant now) {
        return Duration.between(since, now).compareTo(limit) >= 0;
    }

    String timeoutText() {
        return "The turn had " + limit.toSeconds() + " s to end, and was interrupted.";
    }

    /** By what it is for: the identity of an object has an order of its own in each process, and costs more. */
    @Override
    public int hashCode() {
        return job == null ? agent.hashCode() : Long.hashCode(job.number());
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
