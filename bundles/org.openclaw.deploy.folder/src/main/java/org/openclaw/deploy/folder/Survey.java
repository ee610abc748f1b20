package org.openclaw.deploy.folder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.DeployedFile.State;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Deployment.Candidate;
import org.openclaw.deploy.Verdict.Refused;
import org.openclaw.deploy.Verdict.Trusted;
import org.openclaw.deploy.folder.Board.Finding;
import org.openclaw.deploy.folder.Planner.Plan;
import org.osgi.framework.Version;

/**
 * What is to be told of each file and each symbolic name, as one round finds it. Made and used by the keeper's thread
 * within the round.
 */
final class Survey {
    private static final Comparator<Candidate> HIGHEST_FIRST = Comparator.comparing(
                    (Candidate candidate) -> candidate.artifact().version())
            .reversed()
            .thenComparing(Candidate::fileName);

    private final Arrivals arrivals;
    private final Residents residents;
    private final LastServed memory;
    private final Pins pins;
    private final Plan plan;
    private final Time time;
    private final SortedMap<String, Deployment> deployments = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    Survey(Arrivals arrivals, Residents residents, LastServed memory, Pins pins, Plan plan, Time time) {
        this.arrivals = arrivals;
        this.residents = residents;
        this.memory = memory;
        this.pins = pins;
        this.plan = plan;
        this.time = time;
        var candidates = new TreeMap<String, List<Candidate>>();
        pins.byName().keySet().forEach(name -> candidates.put(name, new ArrayList<>()));
        for (var file : arrivals.files()) {
            var finding = find(file);
            findings.add(finding);
            candidates(file, finding)
                    .forEach(candidate -> candidates
                            .computeIfAbsent(candidate.artifact().name(), name -> new ArrayList<>())
                            .add(candidate));
        }
        candidates.forEach((name, versions) -> deployments.put(name, deployment(name, versions)));
        findings.replaceAll(this::noted);
        pins.problem()
                .ifPresent(refused -> findings.add(new Finding(
                        PinFile.NAME,
                        State.REFUSED,
                        Optional.of(refused),
                        Optional.empty(),
                        Duration.ZERO,
                        Optional.empty())));
    }

    List<Finding> files() {
        return List.copyOf(findings);
    }

    /** By symbolic name. */
    SortedMap<String, Deployment> deployments() {
        return deployments;
    }

    private Finding find(TrackedFile file) {
        var name = file.name();
        var took = time.since(file.changedAt());
        var last = memory.of(name).flatMap(residents::servingOf);
        var verdict = file.verdict();
        return switch (verdict.orElse(null)) {
            case null -> Finding.of(name, State.ARRIVING, Optional.empty(), last, took);
            case Refused _ when isComingBack(name) -> Finding.of(name, State.ARRIVING, Optional.empty(), last, took);
            case Refused refused -> {
                var other = last.filter(one -> !refused.digest().equals(Optional.of(one.digest())));
                yield Finding.of(name, State.REFUSED, verdict, other, took);
            }
            case Trusted trusted -> find(name, trusted, last, took);
        };
    }

    /** Whether what a file served last is on its way up: the file has not settled before it is there. */
    private boolean isComingBack(String name) {
        return memory.of(name)
                .filter(digest ->
                        plan.desired().values().stream().map(Artifact::digest).anyMatch(digest::equals))
                .filter(digest ->
                        !residents.serves(digest) && residents.failure(digest).isEmpty())
                .isPresent();
    }

    private Finding find(String name, Trusted trusted, Optional<Artifact> last, Duration took) {
        var artifact = trusted.artifact();
        if (residents.serves(artifact.digest())) {
            return Finding.of(name, State.SERVING, Optional.of(trusted), Optional.of(artifact), took);
        }
        var failure = residents.failure(artifact.digest());
        if (failure.isPresent() && !isComingBack(name)) {
            return Finding.of(name, State.REFUSED, failure.map(refused -> refused.of(name)), last, took);
        }
        var superseded = Optional.ofNullable(plan.desired().get(artifact.name()))
                .filter(other -> !other.digest().equals(artifact.digest()) && residents.serves(other.digest()))
                .isPresent();
        return superseded
                ? Finding.of(name, State.SUPERSEDED, Optional.of(trusted), last, took)
                : Finding.of(name, State.ARRIVING, Optional.empty(), last, took);
    }

    /** What a file brings, and what serves on its behalf where that is something else. */
    private List<Candidate> candidates(TrackedFile file, Finding finding) {
        var candidates = new ArrayList<Candidate>();
        if (file.verdict().orElse(null) instanceof Trusted trusted) {
            candidates.add(new Candidate(trusted.artifact(), file.name(), finding.state(), trusted.agents()));
        }
        finding.serving()
                .filter(serving -> !file.artifact().equals(Optional.of(serving)))
                .flatMap(serving -> residents.of(serving.digest()))
                .map(resident -> new Candidate(
                        resident.artifact(),
                        file.name(),
                        State.SERVING,
                        resident.verdict().agents()))
                .ifPresent(candidates::add);
        return candidates;
    }

    private Deployment deployment(String name, List<Candidate> candidates) {
        candidates.sort(HIGHEST_FIRST);
        var serving = serving(name);
        var pinned = Optional.ofNullable(pins.byName().get(name));
        var text = pinned.map(pin -> pinned(name, pin, serving, candidates))
                .orElseGet(() -> unpinned(name, serving, candidates));
        return new Deployment(name, serving, pinned, candidates, text);
    }

    private Optional<Version> serving(String name) {
        return Optional.ofNullable(plan.desired().get(name))
                .filter(artifact -> residents.serves(artifact.digest()))
                .or(() -> residents.servingUnder(name).stream().findFirst())
                .map(Artifact::version);
    }

    private static String unpinned(String name, Optional<Version> serving, List<Candidate> candidates) {
        if (serving.isPresent()) {
            return "%s %s serves.".formatted(name, serving.get());
        }
        return candidates.stream().anyMatch(candidate -> candidate.state() == State.ARRIVING)
                ? name + " is coming up."
                : "No version of " + name + " serves; 'claw bundles' says why.";
    }

    private String pinned(String name, Version pin, Optional<Version> serving, List<Candidate> candidates) {
        var pinned = name + " is pinned to " + pin;
        if (serving.equals(Optional.of(pin))) {
            return pinned + ".";
        }
        var meanwhile =
                serving.map(version -> "; " + version + " serves meanwhile.").orElse("; no other version serves.");
        var failure = candidates.stream()
                .filter(candidate -> candidate.artifact().version().equals(pin))
                .flatMap(candidate -> residents.failure(candidate.artifact().digest()).stream())
                .findFirst();
        if (failure.isPresent()) {
            return "%s, which does not come up (%s [%s])%s Correct what it complains about, or let the highest version serve: claw unpin %s."
                    .formatted(pinned, failure.get().reason(), failure.get().code(), meanwhile, name);
        }
        var coming = Optional.ofNullable(plan.desired().get(name)).map(Artifact::version);
        if (coming.equals(Optional.of(pin))
                || arrivals.files().stream().anyMatch(file -> file.verdict().isEmpty())) {
            return pinned + ", which is not there yet" + meanwhile;
        }
        return "%s, which no trusted file in deploy/ brings%s Put that version into deploy/, or let the highest version serve: claw unpin %s."
                .formatted(pinned, meanwhile, name);
    }

    /** With what its bundle's pin means for it, as far as it is known which bundle that is. */
    private Finding noted(Finding finding) {
        var note = arrivals.file(finding.fileName())
                .flatMap(TrackedFile::artifact)
                .or(finding::serving)
                .map(artifact -> deployments.get(artifact.name()))
                .filter(deployment -> deployment.pinned().isPresent())
                .map(Deployment::text);
        return finding.with(note);
    }
}
