package org.openclaw.deploy.folder;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Digest;
import org.osgi.framework.Version;

/**
 * All that the planner looks at.
 *
 * @param files the files of the folder
 * @param running what is installed on behalf of the folder
 * @param failed what is trusted but did not come up, and shall not be tried now
 * @param banned what is installed and no longer trusted
 * @param pins which version each name is pinned to
 * @param served what serves under each pinned name, or served last
 */
record Situation(
        List<Entry> files,
        List<Running> running,
        Set<Digest> failed,
        Set<Digest> banned,
        Map<String, Version> pins,
        Map<String, Digest> served) {
    Situation {
        files = List.copyOf(files);
        running = List.copyOf(running);
        failed = Set.copyOf(failed);
        banned = Set.copyOf(banned);
        pins = Map.copyOf(pins);
        served = Map.copyOf(served);
    }

    /**
     * One file.
     *
     * @param fileName its name
     * @param present what its present bytes are; empty while they arrive and when they are refused
     * @param last what last served on its behalf, if that is trusted and other than {@code present}
     * @param modified when its bytes were written
     */
    record Entry(String fileName, Optional<Artifact> present, Optional<Artifact> last, Instant modified) {}

    /** One installed bundle. */
    record Running(Artifact artifact, Phase phase) {}

    /** Where an installed bundle is. */
    enum Phase {
        STARTING,
        SERVING,
        STOPPING
    }
}
