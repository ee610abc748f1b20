package org.openclaw.agent.runtime.type;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.openclaw.agent.AgentCounts;

/**
 * An agent type and the versions of it that are here. What cannot go on without another version parks here, and is
 * resumed once when the versions change.
 */
public final class HostedType {
    private final String name;
    private final AtomicLong agents = new AtomicLong();
    private final Census census = new Census();
    private final AtomicLong changes = new AtomicLong();
    private final ConcurrentHashMap<Object, Runnable> parked = new ConcurrentHashMap<>();
    private volatile List<AgentVersion> versions = List.of();
    private volatile Set<String> queriesOfTheLast = Set.of();
    private volatile boolean everInstalled;
    private volatile boolean suspended;

    HostedType(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** All versions, the serving one first. */
    public List<AgentVersion> versions() {
        return versions;
    }

    /** The version that runs the next turn; empty when the type is stranded. */
    public Optional<AgentVersion> serving() {
        var now = versions;
        return now.isEmpty() ? Optional.empty() : Optional.of(now.getFirst());
    }

    /** Leases the serving version; empty when the type is stranded. Release it. */
    public Optional<AgentVersion> lease() {
        while (true) {
            var serving = serving();
            if (serving.isEmpty() || serving.get().leases().acquire()) {
                return serving;
            }
            // it left the list before its leases were closed, so the next look finds another list
            Thread.onSpinWait();
        }
    }

    /** Whether an operator has suspended the type: its agents begin no turn. */
    public boolean isSuspended() {
        return suspended;
    }

    /** Suspends the type, or lets it go on. */
    public void suspend(boolean now) {
        suspended = now;
        if (!now) {
            resumeParked();
        }
    }

    /** Why its messages wait while it is suspended. */
    public String suspendedText() {
        return "The agent type '" + name + "' is suspended: its messages wait until an operator resumes it.";
    }

    /** Whether a version of it was ever here; otherwise only another agent has sent a message to it. */
    public boolean everInstalled() {
        return everInstalled;
    }

    /** Whether a message only reads, as far as the last version that was here said. */
    public boolean wasQuery(String messageType) {
        return queriesOfTheLast.contains(messageType);
    }

    /** The number of its agents. */
    public AtomicLong agents() {
        return agents;
    }

    /** Where its agents stand. */
    public Census census() {
        return census;
    }

    /** How many of its agents are in which state. */
    public AgentCounts counts() {
        return census.counts(versions.isEmpty());
    }

    /** Why its messages wait when nothing serves. */
    public String strandedText() {
        return everInstalled
                ? "No version of the agent type '" + name + "' is running. Deploy one: the messages wait for it."
                : "The agent type '" + name + "' was never deployed here. Deploy it: the messages wait for it.";
    }

    /**
     * Sets work aside until the versions change, or the type is resumed.
     *
     * @param owner parks once at a time
     * @param seen what {@link #changes} said before it found that it cannot go on
     */
    public void park(Object owner, long seen, Runnable resume) {
        parked.put(owner, resume);
        if (changes.get() != seen && parked.remove(owner, resume)) {
            resume.run();
        }
    }

    /** How often its versions have changed, or the type was resumed. */
    public long changes() {
        return changes.get();
    }

    void add(AgentVersion version) {
        synchronized (this) {
            var next = new ArrayList<>(versions);
            next.add(version);
            next.sort(Comparator.comparing(AgentVersion::precedence).reversed());
            queriesOfTheLast = version.descriptor().messages().stream()
                    .filter(Descriptor.MessageForm::query)
                    .map(Descriptor.MessageForm::type)
                    .collect(Collectors.toUnmodifiableSet());
            everInstalled = true;
            versions = List.copyOf(next);
        }
        resumeParked();
    }

    void remove(AgentVersion version) {
        synchronized (this) {
            versions = versions.stream().filter(kept -> kept != version).toList();
        }
        version.leases().close();
        resumeParked();
    }

    /** Waits no longer. */
    public void unpark(Object owner) {
        parked.remove(owner);
    }

    private void resumeParked() {
        changes.incrementAndGet();
        // a copy: what parks again while this runs waits for the next change
        for (var waiting : List.copyOf(parked.entrySet())) {
            if (parked.remove(waiting.getKey(), waiting.getValue())) {
                waiting.getValue().run();
            }
        }
    }
}
