package org.openclaw.deploy.folder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.folder.Situation.Entry;
import org.osgi.framework.Version;

/** The artifacts of one symbolic name, of which one should run. Used within one plan. */
final class Contest {
    private final Comparator<Choice> better;
    private final List<Choice> standing = new ArrayList<>();
    private final List<Choice> overwritten = new ArrayList<>();

    /** @param running whether an artifact is installed: between equals it is left alone */
    Contest(Predicate<Artifact> running) {
        better = Comparator.comparing((Choice choice) -> choice.artifact.version())
                .thenComparing(choice -> choice.entry.modified())
                .thenComparing(choice -> running.test(choice.artifact))
                .thenComparing(choice -> choice.artifact.digest());
    }

    private record Choice(Artifact artifact, Entry entry) {}

    /** A file stands for this artifact. */
    void stands(Artifact artifact, Entry entry) {
        standing.add(new Choice(artifact, entry));
    }

    /** A file stood for this artifact and now stands for another version: only a pin brings it back. */
    void stood(Artifact artifact, Entry entry) {
        overwritten.add(new Choice(artifact, entry));
    }

    /** The highest version, of equal ones that of the newer file. */
    Optional<Artifact> highest() {
        return best(standing, artifact -> true);
    }

    /**
     * The pinned version. While it is not to be had, what serves goes on, or what served last comes back; failing that,
     * the highest version below the pin, since a pin is there to hold back what is newer; failing that, the highest of
     * all, since a wrong pin must not leave messages without anybody to read them.
     */
    Optional<Artifact> pinned(Version pin, Optional<Digest> served) {
        Predicate<Artifact> isPinned = artifact -> artifact.version().equals(pin);
        Predicate<Artifact> isServed = artifact -> served.equals(Optional.of(artifact.digest()));
        return best(standing, isPinned)
                .or(() -> best(overwritten, isPinned))
                .or(() -> best(standing, isServed))
                .or(() -> best(overwritten, isServed))
                .or(() -> best(standing, artifact -> artifact.version().compareTo(pin) < 0))
                .or(this::highest);
    }

    private Optional<Artifact> best(List<Choice> choices, Predicate<Artifact> which) {
        return choices.stream()
                .filter(choice -> which.test(choice.artifact))
                .max(better)
                .map(Choice::artifact);
    }
}
