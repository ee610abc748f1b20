package org.openclaw.deploy.folder;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.DeployedFile.State;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What everybody sees of the folder. Written by the keeper's thread, read by any; each change is told once. */
final class Board {
    private static final Logger LOG = LoggerFactory.getLogger(Board.class);

    private final Herald herald;
    private volatile SortedMap<String, DeployedFile> rows = new TreeMap<>();
    private volatile SortedMap<String, Deployment> deployments = new TreeMap<>();
    /** The pins that were complained of, with the words used. */
    private final Map<String, String> unfulfilled = new HashMap<>();

    private boolean shown;

    Board(Herald herald) {
        this.herald = herald;
    }

    /**
     * A row as it is found now.
     *
     * @param took since the file was complete
     */
    record Finding(
            String fileName,
            State state,
            Optional<Verdict> verdict,
            Optional<Artifact> serving,
            Duration took,
            Optional<String> note) {
        static Finding of(
                String fileName, State state, Optional<Verdict> verdict, Optional<Artifact> serving, Duration took) {
            return new Finding(fileName, state, verdict, serving, took, Optional.empty());
        }

        Finding with(Optional<String> newNote) {
            return new Finding(fileName, state, verdict, serving, took, newNote);
        }
    }

    List<DeployedFile> all() {
        return List.copyOf(rows.values());
    }

    Optional<DeployedFile> row(String fileName) {
        return Optional.ofNullable(rows.get(fileName));
    }

    List<Deployment> deployments() {
        return List.copyOf(deployments.values());
    }

    Optional<Deployment> deployment(String name) {
        return Optional.ofNullable(deployments.get(name));
    }

    void show(List<Finding> findings, SortedMap<String, Deployment> byName, Instant now) {
        if (shown) {
            tellPins(deployments, byName, now);
        }
        shown = true;
        deployments = byName;
        var before = rows;
        var after = new TreeMap<String, DeployedFile>();
        for (var found : findings) {
            after.put(found.fileName(), row(Optional.ofNullable(before.get(found.fileName())), found, now));
        }
        rows = after;
        after.forEach((name, row) -> herald.changed(Optional.ofNullable(before.get(name)), row));
        before.forEach((name, row) -> {
            if (!after.containsKey(name)) {
                herald.removed(name, now);
            }
        });
        if (findings.stream().noneMatch(finding -> finding.state() == State.ARRIVING)) {
            logPins(byName.values());
        }
    }

    /** A bundle that goes altogether takes its pin with it. */
    private void tellPins(Map<String, Deployment> before, Map<String, Deployment> after, Instant now) {
        after.forEach((name, deployment) -> {
            var was = Optional.ofNullable(before.get(name)).flatMap(Deployment::pinned);
            if (!was.equals(deployment.pinned())) {
                herald.pinned(deployment, now);
            }
        });
    }

    private void logPins(Collection<Deployment> all) {
        for (var deployment : all) {
            var name = deployment.name();
            if (deployment.pinned().isPresent() && !deployment.isAsWanted()) {
                if (!deployment.text().equals(unfulfilled.put(name, deployment.text()))) {
                    LOG.warn("{}", deployment.text());
                }
            } else if (unfulfilled.remove(name) != null) {
                LOG.info("{}", deployment.text());
            }
        }
    }

    private static DeployedFile row(Optional<DeployedFile> before, Finding found, Instant now) {
        if (before.filter(row -> isSame(row, found)).isPresent()) {
            var row = before.get();
            return row(found, row.since(), row.took());
        }
        // only what began with the file's arrival took its time from there
        var arrived = before.isEmpty() || before.get().state() == State.ARRIVING;
        return row(found, now, arrived ? found.took() : before.get().took());
    }

    private static boolean isSame(DeployedFile row, Finding found) {
        return row.state() == found.state()
                && row.verdict().equals(found.verdict())
                && row.serving().equals(found.serving());
    }

    private static DeployedFile row(Finding found, Instant since, Duration took) {
        return new DeployedFile(
                found.fileName(), found.state(), found.verdict(), found.serving(), since, took, found.note());
    }
}
