package org.openclaw.deploy.folder;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.openclaw.deploy.DeployedFile;
import org.openclaw.deploy.Deployment;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.Verdict.Trusted;
import org.openclaw.telemetry.Notice;
import org.openclaw.telemetry.RuntimeEvent;
import org.openclaw.telemetry.Severity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what becomes of files and pins, once each, in the log and as an event. */
final class Herald {
    private static final Logger LOG = LoggerFactory.getLogger(Herald.class);

    private final Consumer<RuntimeEvent> events;

    /** @param events must be quick and must not throw */
    Herald(Consumer<RuntimeEvent> events) {
        this.events = events;
    }

    /** A row as it was and as it is. What changes in the note is said once for the whole bundle. */
    void changed(Optional<DeployedFile> before, DeployedFile row) {
        var said = before.filter(one -> one.state() == row.state()
                        && one.verdict().map(Verdict::text).equals(row.verdict().map(Verdict::text))
                        && one.serving().equals(row.serving()))
                .isPresent();
        if (said) {
            return;
        }
        switch (row.state()) {
            case ARRIVING -> LOG.debug("{}", row.text());
            case SERVING -> runs(row, "bundle.serving");
            case SUPERSEDED -> runs(row, "bundle.superseded");
            case REFUSED -> {
                LOG.warn("{}", row.text());
                publish(row, "bundle.refused", row.serving().isPresent() ? Severity.WARNING : Severity.ERROR);
            }
        }
    }

    private void runs(DeployedFile row, String kind) {
        if (row.verdict().orElse(null) instanceof Trusted trusted
                && !trusted.flags().isEmpty()) {
            LOG.warn("{}", row.text());
            publish(row, "bundle.flagged", Severity.WARNING);
        } else {
            LOG.info("{}", row.text());
            publish(row, kind, Severity.INFO);
        }
    }

    private void publish(DeployedFile row, String kind, Severity severity) {
        events.accept(new Notice(row.since(), kind, Refusals.plain(row.fileName()), severity, row.text()));
    }

    /** A file is no longer there, or what was wrong with the pins is not. */
    void removed(String fileName, Instant now) {
        var name = Refusals.plain(fileName);
        if (fileName.equals(PinFile.NAME)) {
            LOG.info("{} is no longer refused.", name);
            return;
        }
        var text = "Removed " + name + " from the folder.";
        LOG.info("{}", text);
        events.accept(new Notice(now, "bundle.removed", name, Severity.INFO, text));
    }

    /** A bundle is pinned to another version than before, or no longer. */
    void pinned(Deployment deployment, Instant now) {
        var kind = deployment.pinned().isPresent() ? "bundle.pinned" : "bundle.unpinned";
        events.accept(new Notice(now, kind, deployment.name(), Severity.INFO, deployment.text()));
    }
}
