package org.openclaw.deploy.folder;

import java.util.Optional;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Verdict.Trusted;
import org.openclaw.deploy.folder.Situation.Phase;
import org.osgi.framework.Bundle;

/** A bundle that is installed on behalf of the folder. Used by the keeper's thread alone. */
final class Resident {
    private final Bundle bundle;
    /** The world as it was when its start began: a failure counts until the world has changed. */
    private final long world;

    private final long revision;
    private Trusted verdict;
    private Phase phase;
    private long since;
    private Optional<Thread> worker = Optional.empty();
    private Optional<Long> unwellSince = Optional.empty();
    private boolean abandoned;
    private boolean hanging;

    Resident(Bundle bundle, Trusted verdict, Phase phase, long world, long since) {
        this.bundle = bundle;
        this.verdict = verdict;
        this.phase = phase;
        this.since = since;
        this.world = world;
        this.revision = bundle.getLastModified();
    }

    Bundle bundle() {
        return bundle;
    }

    Trusted verdict() {
        return verdict;
    }

    Artifact artifact() {
        return verdict.artifact();
    }

    Digest digest() {
        return verdict.artifact().digest();
    }

    Phase phase() {
        return phase;
    }

    long world() {
        return world;
    }

    /** Since when it is in that phase, in ticks. */
    long since() {
        return since;
    }

    void judged(Trusted now) {
        verdict = now;
    }

    /** Takes note of where it is now, and since when, in ticks. */
    void moved(Phase now, long ticks) {
        phase = now;
        since = ticks;
        unwellSince = Optional.empty();
    }

    void workedOnBy(Thread thread) {
        worker = Optional.of(thread);
    }

    /** Wakes the thread that waits for it, once. */
    void interrupt() {
        worker.ifPresent(Thread::interrupt);
        worker = Optional.empty();
    }

    boolean isUninstalled() {
        return bundle.getState() == Bundle.UNINSTALLED;
    }

    /** Nobody wants it any more; how its start ends tells nothing about it. */
    void abandon() {
        abandoned = true;
        interrupt();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Its start has been given up, but its activator has not returned yet. */
    void hang() {
        hanging = true;
        interrupt();
    }

    boolean isHanging() {
        return hanging;
    }

    /** Whether it still is the revision that the gate installed. */
    boolean isUpdated() {
        return bundle.getLastModified() != revision;
    }

    /** Since when it has not been active although it should be, in ticks; {@code now} begins it. */
    long unwellSince(long now) {
        var since = unwellSince.orElse(now);
        unwellSince = Optional.of(since);
        return since;
    }

    void well() {
        unwellSince = Optional.empty();
    }
}
