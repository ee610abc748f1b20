package org.openclaw.deploy.folder;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.folder.Situation.Entry;
import org.openclaw.deploy.folder.Situation.Phase;
import org.openclaw.deploy.folder.Situation.Running;

/**
 * Decides what should run and the next steps towards it. Pure: the same situation always gives the same plan.
 *
 * <p>Each file stands for one artifact: its present bytes, or, when these do not arrive, are refused or do not come up,
 * what last served on its behalf. Of the artifacts with one symbolic name the highest version should run; of two with
 * the same version the one in the newer file.
 *
 * <p>Of a pinned name the pinned version should run, also when its file now brings another version: then what last served
 * on the file's behalf does. {@link Contest#pinned} says what happens while it is not to be had.
 *
 * <p>A plan is one round of steps that may all begin at once. What a step in this round replaces is held: it is retired
 * by a later round, after its successor serves. So a replacement has no gap, and a successor that does not come up
 * changes nothing. Only what is banned goes at once, whatever comes after it.
 */
final class Planner {
    private Planner() {}

    /**
     * What to do.
     *
     * @param desired what should run, by symbolic name
     * @param actions the steps to begin now
     */
    record Plan(Map<String, Artifact> desired, List<Action> actions) {}

    static Plan plan(Situation situation) {
        var desired = desired(situation);
        var phases = new HashMap<Digest, Phase>();
        situation.running().forEach(running -> phases.put(running.artifact().digest(), running.phase()));
        var actions = new ArrayList<Action>();
        for (var running : situation.running()) {
            departure(running, desired, situation, phases).ifPresent(actions::add);
        }
        for (var artifact : desired.values()) {
            if (!phases.containsKey(artifact.digest())) {
                actions.add(new Action.Start(artifact));
            }
        }
        return new Plan(desired, List.copyOf(actions));
    }

    private static Map<String, Artifact> desired(Situation situation) {
        var running = new HashSet<Digest>();
        situation.running().forEach(one -> running.add(one.artifact().digest()));
        var contests = new TreeMap<String, Contest>();
        for (var entry : situation.files()) {
            standsFor(entry, situation).ifPresent(artifact -> {
                var contest = contests.computeIfAbsent(
                        artifact.name(), name -> new Contest(one -> running.contains(one.digest())));
                contest.stands(artifact, entry);
                entry.last()
                        .filter(last -> usable(last, situation) && last.name().equals(artifact.name()))
                        .filter(last -> !last.digest().equals(artifact.digest()))
                        .ifPresent(last -> contest.stood(last, entry));
            });
        }
        var desired = new TreeMap<String, Artifact>();
        contests.forEach((name, contest) -> {
            var pin = Optional.ofNullable(situation.pins().get(name));
            var served = Optional.ofNullable(situation.served().get(name));
            pin.map(version -> contest.pinned(version, served))
                    .orElseGet(contest::highest)
                    .ifPresent(artifact -> desired.put(name, artifact));
        });
        return desired;
    }

    private static Optional<Artifact> standsFor(Entry entry, Situation situation) {
        return entry.present()
                .filter(artifact -> usable(artifact, situation))
                .or(() -> entry.last().filter(artifact -> usable(artifact, situation)));
    }

    private static boolean usable(Artifact artifact, Situation situation) {
        return !situation.failed().contains(artifact.digest())
                && !situation.banned().contains(artifact.digest());
    }

    private static Optional<Action> departure(
            Running running, Map<String, Artifact> desired, Situation situation, Map<Digest, Phase> phases) {
        var artifact = running.artifact();
        var banned = situation.banned().contains(artifact.digest());
        if (desired.values().stream().anyMatch(one -> one.digest().equals(artifact.digest()))) {
            return Optional.empty();
        }
        return switch (running.phase()) {
            case STOPPING -> Optional.empty();
            case STARTING ->
                banned || !wanted(artifact, situation) || isHeldBack(artifact, situation)
                        ? Optional.of(new Action.Abandon(artifact))
                        : Optional.empty();
            case SERVING ->
                banned || !held(artifact, desired, situation, phases)
                        ? Optional.of(new Action.Retire(artifact))
                        : Optional.empty();
        };
    }

    /** Whether some file still stands for it, be it superseded: then its start, once begun, may come to its end. */
    private static boolean wanted(Artifact artifact, Situation situation) {
        return situation.files().stream()
                .anyMatch(entry -> standsFor(entry, situation)
                        .filter(candidate -> candidate.digest().equals(artifact.digest()))
                        .isPresent());
    }

    /**
     * Whether a pin keeps it from serving beside another version. Where no other serves it may come up, and is retired
     * when the pinned one does.
     */
    private static boolean isHeldBack(Artifact artifact, Situation situation) {
        return situation.pins().containsKey(artifact.name())
                && situation.running().stream()
                        .filter(running -> running.phase() == Phase.SERVING)
                        .map(Running::artifact)
                        .anyMatch(other -> other.name().equals(artifact.name())
                                && !situation.banned().contains(other.digest()));
    }

    /** Whether it has to serve until something that takes its place does. */
    private static boolean held(
            Artifact artifact, Map<String, Artifact> desired, Situation situation, Map<Digest, Phase> phases) {
        var successor = desired.get(artifact.name());
        if (successor != null && phases.get(successor.digest()) != Phase.SERVING) {
            return true;
        }
        // The same file now brings a bundle of another name: should that one not come up, this one stays.
        Set<Digest> successors = new HashSet<>();
        for (var entry : situation.files()) {
            if (entry.last()
                    .filter(last -> last.digest().equals(artifact.digest()))
                    .isPresent()) {
                standsFor(entry, situation).map(Artifact::digest).ifPresent(successors::add);
            }
        }
        return successors.stream()
                .anyMatch(digest -> desired.values().stream()
                                .anyMatch(wanted -> wanted.digest().equals(digest))
                        && phases.get(digest) != Phase.SERVING);
    }
}
