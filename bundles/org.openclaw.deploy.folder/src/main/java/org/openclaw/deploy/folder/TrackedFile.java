package org.openclaw.deploy.folder;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.Verdict.Trusted;
import org.openclaw.deploy.folder.FolderScan.Found;
import org.openclaw.deploy.folder.FolderScan.Kind;

/**
 * What is known of one file of the folder. Used by the keeper's thread alone.
 *
 * <p>Nobody tells when a writer is done. So a file is judged once it has been quiet for a moment; one that was renamed
 * into place has been quiet before it came and is judged at once. If that turns out too early, the zip has no end yet:
 * the file goes on arriving for a while after its last change before the refusal counts.
 */
final class TrackedFile {
    private static final long QUIET = Duration.ofMillis(25).toNanos();
    private static final long GRACE = Duration.ofSeconds(2).toNanos();

    private Found found;
    private long changedAt;
    private boolean judged;
    private boolean provisional;
    private Optional<Verdict> verdict = Optional.empty();

    TrackedFile(Found found, Time time) {
        this.found = found;
        this.changedAt = quietSince(found, time);
    }

    String name() {
        return found.name();
    }

    Found found() {
        return found;
    }

    Instant modified() {
        return found.stamp().modified().toInstant();
    }

    /** Since when the file is as it is. */
    long changedAt() {
        return changedAt;
    }

    /** Takes note of another look; other bytes than before lose their verdict. */
    void seen(Found now, Time time) {
        if (now.equals(found)) {
            return;
        }
        var renamed = !now.stamp().key().equals(found.stamp().key());
        found = now;
        changedAt = renamed ? quietSince(now, time) : time.ticks();
        judged = false;
        provisional = false;
        verdict = Optional.empty();
    }

    /** How many nanoseconds until its bytes should be judged; nothing to do while empty. */
    Optional<Long> judgeIn(Time time) {
        if (judged) {
            return Optional.empty();
        }
        if (found.kind() != Kind.JAR) {
            return Optional.of(0L); // no more bytes will make a jar of it
        }
        return Optional.of(Math.max(0, QUIET - (time.ticks() - changedAt)));
    }

    /** How many nanoseconds until a provisional refusal counts; empty when there is none. */
    Optional<Long> settlesIn(Time time) {
        return provisional ? Optional.of(Math.max(0, GRACE - (time.ticks() - changedAt))) : Optional.empty();
    }

    /** The verdict on the present bytes; {@code unfinished}: a refusal of what looks like half a file. */
    void judge(Verdict given, boolean unfinished, Time time) {
        judged = true;
        verdict = Optional.of(given);
        provisional = unfinished && time.ticks() - changedAt < GRACE;
    }

    /** It could not be looked at just now. */
    void postpone(Time time) {
        changedAt = time.ticks();
    }

    /** The grace is over. */
    void settle() {
        provisional = false;
    }

    /** Wants another verdict on the same bytes; the old one holds until then. */
    void judgeAgain() {
        judged = false;
    }

    /** The verdict that counts; empty while the file arrives. */
    Optional<Verdict> verdict() {
        return provisional ? Optional.empty() : verdict;
    }

    /** What its present bytes are, when they are trusted. */
    Optional<Artifact> artifact() {
        return verdict().filter(Trusted.class::isInstance).map(given -> ((Trusted) given).artifact());
    }

    /** The digest of the present bytes, as far as a verdict has told it. */
    Optional<Digest> digest() {
        return verdict().flatMap(given -> switch (given) {
            case Trusted trusted -> Optional.of(trusted.artifact().digest());
            case Verdict.Refused refused -> refused.digest();
        });
    }

    /** The wall's clock serves here because the file's time comes from it; a time in the future counts as now. */
    private static long quietSince(Found found, Time time) {
        var quiet = Duration.between(found.stamp().modified().toInstant(), time.now());
        return time.ticks() - Math.clamp(quiet.toSeconds() > 60 ? GRACE : quiet.toNanos(), 0, GRACE);
    }
}
