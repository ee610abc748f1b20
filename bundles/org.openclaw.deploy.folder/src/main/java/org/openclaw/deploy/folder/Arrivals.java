package org.openclaw.deploy.folder;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Gate;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.Verdict.Refused;
import org.openclaw.deploy.Verdict.Trusted;
import org.openclaw.deploy.folder.FolderScan.Found;
import org.openclaw.deploy.folder.FolderScan.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the folder with the gate's verdicts on their bytes. Used by the keeper's thread alone. */
final class Arrivals {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    /** How many entries are listed for each that may be a bundle: all of those get a row that says why not. */
    private static final int LISTED = 10;

    private final Path folder;
    private final FolderScan scan;
    private final Gate gate;
    private final int most;
    private final Time time;
    private final SortedMap<String, TrackedFile> files = new TreeMap<>();
    private boolean lost;
    private boolean crowded;

    Arrivals(Path folder, Gate gate, int most, Time time) {
        this.folder = folder;
        this.scan = new FolderScan(folder, most * LISTED);
        this.gate = gate;
        this.most = most;
        this.time = time;
    }

    Collection<TrackedFile> files() {
        return Collections.unmodifiableCollection(files.values());
    }

    Optional<TrackedFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /**
     * Looks at the folder.
     *
     * @return the files that are gone since the last look. While the folder cannot be read nothing is gone: a mount
     *     that fails must not stop what runs
     */
    List<TrackedFile> look() {
        try {
            var found = scan.list();
            lost = false;
            if (found.size() >= most * LISTED && !crowded) {
                LOG.warn(
                        "{} has more than {} entries; the rest is not looked at. Remove what is no bundle.",
                        folder,
                        found.size());
            }
            crowded = found.size() >= most * LISTED;
            var gone = new ArrayList<TrackedFile>();
            for (var file : List.copyOf(files.values())) {
                var now = found.containsKey(file.name()) ? Optional.of(found.get(file.name())) : scan.look(file.name());
                now.ifPresentOrElse(seen -> file.seen(seen, time), () -> {
                    files.remove(file.name());
                    gone.add(file);
                });
            }
            found.values().forEach(this::track);
            return gone;
        } catch (IOException failure) {
            if (!lost) {
                LOG.warn(
                        "Could not read {}: {}. What runs goes on; the folder is looked at again every few seconds.",
                        folder,
                        failure.toString());
                lost = true;
            }
            return List.of();
        }
    }

    private void track(Found found) {
        files.computeIfAbsent(found.name(), name -> new TrackedFile(found, time));
    }

    /**
     * Judges the files that are due, oldest change first, until something more urgent comes up.
     *
     * @param complete whether a file is known to be complete
     */
    void judge(Predicate<String> complete, BooleanSupplier urgent) {
        var due = files.values().stream()
                .filter(file -> file.judgeIn(time)
                        .filter(in -> in == 0 || complete.test(file.name()))
                        .isPresent())
                .sorted(Comparator.comparingLong(file -> file.changedAt() - time.ticks()))
                .toList();
        for (var file : due) {
            if (urgent.getAsBoolean()) {
                return;
            }
            judge(file, complete.test(file.name()));
        }
        for (var file : files.values()) {
            file.settlesIn(time).filter(in -> in == 0).ifPresent(in -> file.settle());
        }
    }

    private void judge(TrackedFile file, boolean complete) {
        var name = file.name();
        var kind = file.found().kind();
        var refusal = Refusals.ofKind(name, kind).or(() -> refusalOfOneTooMany(file));
        if (refusal.isPresent()) {
            file.judge(refusal.get(), false, time);
            return;
        }
        var path = folder.resolve(name);
        try {
            var verdict = admit(path, name);
            var unfinished = verdict instanceof Refused && !complete && !ZipEnd.isWritten(path);
            var after = scan.look(name);
            if (after.filter(file.found()::equals).isPresent()) {
                file.judge(verdict, unfinished, time);
            } else {
                // it changed while it was read: the verdict is on bytes that are no longer there
                after.ifPresentOrElse(now -> file.seen(now, time), () -> file.postpone(time));
            }
        } catch (NoSuchFileException gone) {
            file.postpone(time); // the next look will miss it
        } catch (IOException failure) {
            file.judge(Refusals.unreadable(path, name, failure), false, time);
        }
    }

    private Optional<Refused> refusalOfOneTooMany(TrackedFile file) {
        var others = files.values().stream()
                .filter(other -> other != file && other.found().kind() == Kind.JAR)
                .flatMap(other -> other.verdict().stream())
                .filter(verdict ->
                        !(verdict instanceof Refused refused && refused.code().equals(Refusals.FULL)))
                .count();
        return others >= most ? Optional.of(Refusals.tooMany(file.name(), most)) : Optional.empty();
    }

    private Verdict admit(Path path, String name) throws IOException {
        try {
            return said(gate.admit(path), name);
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (IOException failure) {
            return Refusals.unreadable(path, name, failure);
        } catch (RuntimeException failure) {
            LOG.error("The gate could not judge {}", name, failure);
            return Refusals.gateFailed(name, failure);
        }
    }

    boolean isLost() {
        return lost;
    }

    /** The trust store has changed, or it is time to try again: what was refused is read again. */
    void judgeRefusedAgain(Predicate<Refused> which) {
        for (var file : files.values()) {
            if (file.found().kind() == Kind.JAR
                    && file.verdict().orElse(null) instanceof Refused refused
                    && which.test(refused)) {
                file.judgeAgain();
            }
        }
    }

    /** Asks for the policy's verdict on everything that is trusted. */
    void recheck(Function<Digest, Verdict> policy) {
        for (var file : files.values()) {
            if (file.verdict().orElse(null) instanceof Trusted trusted) {
                var verdict = said(policy.apply(trusted.artifact().digest()), file.name());
                if (isAboutTheStore(verdict)) {
                    file.judgeAgain();
                } else {
                    file.judge(verdict, false, time);
                }
            }
        }
    }

    /** In how many nanoseconds a file should be looked at without any ring. */
    Optional<Duration> next() {
        return files.values().stream()
                .flatMap(file -> file.judgeIn(time).or(() -> file.settlesIn(time)).stream())
                .min(Comparator.naturalOrder())
                .map(Duration::ofNanos);
    }

    Optional<Trusted> trusted(Digest digest) {
        return files.values().stream()
                .flatMap(file -> file.verdict().stream())
                .filter(Trusted.class::isInstance)
                .map(Trusted.class::cast)
                .filter(trusted -> trusted.artifact().digest().equals(digest))
                .findFirst();
    }

    /** Such a refusal says nothing about trust: the bytes are only not where they were. */
    static boolean isAboutTheStore(Verdict verdict) {
        return verdict instanceof Refused refused && refused.code().startsWith("store.");
    }

    /** The verdict, said of the file as the user knows it. */
    static Verdict said(Verdict verdict, String name) {
        return switch (verdict) {
            case Refused refused -> refused.of(name);
            case Trusted trusted ->
                new Trusted(
                        name,
                        trusted.artifact(),
                        trusted.publisher(),
                        trusted.signatures(),
                        trusted.agents(),
                        trusted.flags());
        };
    }
}
