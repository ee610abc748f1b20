package org.openclaw.deploy.folder;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.DeployedFile.State;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.Verdict.Trusted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What everybody sees of the folder. Written by the keeper's thread, read by any; each change is logged once. */
final class Board {
    private static final Logger LOG = LoggerFactory.getLogger(Board.class);

    private volatile SortedMap<String, DeployedFile> rows = new TreeMap<>();

    /**
     * A row as it is found now.
     *
     * @param took since the file was complete
     */
    record Finding(
            String fileName, State state, Optional<Verdict> verdict, Optional<Artifact> serving, Duration took) {}

    List<DeployedFile> all() {
        return List.copyOf(rows.values());
    }

    Optional<DeployedFile> row(String fileName) {
        return Optional.ofNullable(rows.get(fileName));
    }

    void show(List<Finding> findings, Instant now) {
        var before = rows;
        var after = new TreeMap<String, DeployedFile>();
        for (var found : findings) {
            after.put(found.fileName(), row(Optional.ofNullable(before.get(found.fileName())), found, now));
        }
        rows = after;
        after.forEach((name, row) -> log(Optional.ofNullable(before.get(name)), row));
        before.forEach((name, row) -> {
            if (!after.containsKey(name)) {
                LOG.info("Removed {} from the folder.", Refusals.plain(name));
            }
        });
    }

    private static DeployedFile row(Optional<DeployedFile> before, Finding found, Instant now) {
        var sameState = before.filter(row -> row.state() == found.state()
                && row.verdict().equals(found.verdict())
                && row.serving().equals(found.serving()));
        if (sameState.isPresent()) {
            return sameState.get();
        }
        // only what began with the file's arrival took its time from there
        var arrived = before.isEmpty() || before.get().state() == State.ARRIVING;
        var took = arrived ? found.took() : before.get().took();
        return new DeployedFile(found.fileName(), found.state(), found.verdict(), found.serving(), now, took);
    }

    private static void log(Optional<DeployedFile> before, DeployedFile row) {
        var said = before.filter(one -> one.state() == row.state() && one.text().equals(row.text()))
                .isPresent();
        if (said) {
            return;
        }
        switch (row.state()) {
            case ARRIVING -> LOG.debug("{}", row.text());
            case SERVING, SUPERSEDED -> {
                if (row.verdict().orElse(null) instanceof Trusted trusted
                        && !trusted.flags().isEmpty()) {
                    LOG.warn("{}", row.text());
                } else {
                    LOG.info("{}", row.text());
                }
            }
            case REFUSED -> LOG.warn("{}", row.text());
        }
    }
}
