package org.openclaw.telemetry.health;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openclaw.deploy.DeployedFile;

/**
 * What the node waits for: its parts, and the verdicts on the files that lay in the drop folder at the start. Files that arrive
 * later do not make it unready. Thread-safe.
 */
final class Readiness {
    private final AtomicBoolean scanned = new AtomicBoolean();

    /** @param files of the drop folder, where it is there */
    List<String> missing(boolean runtime, boolean folder, List<DeployedFile> files) {
        var missing = new ArrayList<String>();
        if (!runtime) {
            missing.add("the agent runtime");
        }
        if (!folder) {
            missing.add("the drop folder");
        } else if (!scanned.get()) {
            var arriving = files.stream()
                    .filter(file -> file.state() == DeployedFile.State.ARRIVING)
                    .map(file -> "the verdict on " + file.fileName())
                    .toList();
            missing.addAll(arriving);
            scanned.set(arriving.isEmpty());
        }
        return missing;
    }
}
