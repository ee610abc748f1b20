package org.openclaw.deploy;

import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * All that is deployed under one Bundle-SymbolicName: which version serves, which one it is pinned to, and every version
 * that there is. Unless the name is pinned, the highest version that comes up serves.
 *
 * @param name the Bundle-SymbolicName
 * @param serving the version that serves; while one takes over from another, the one that still does; empty when none
 *     does
 * @param pinned the version that {@code deploy/pins.json} demands; empty when it leaves the name alone. It may be one
 *     that is not there: then it is another one than {@code serving}, and {@code text} says why
 * @param versions the trusted bytes that the folder has of this name, the highest version first, of equal versions by
 *     file name; empty when only the pin is left
 * @param text what serves and why, what was expected and what to do, in plain words
 */
public record Deployment(
        String name, Optional<Version> serving, Optional<Version> pinned, List<Candidate> versions, String text) {
    public Deployment {
        versions = List.copyOf(versions);
    }

    /**
     * One version of it, as one file of the folder brings it. The same version comes as often as there are files for it.
     *
     * @param artifact its identity
     * @param fileName the file of {@code deploy/} that it serves on behalf of; after an overwrite that does not serve
     *     these are no longer the file's present bytes
     * @param state {@code SERVING}; {@code SUPERSEDED} when another version serves; {@code REFUSED} when it is trusted
     *     but does not come up; {@code ARRIVING} while it comes up
     * @param agents the agent types that its manifest declares
     */
    public record Candidate(Artifact artifact, String fileName, DeployedFile.State state, List<String> agents) {
        public Candidate {
            agents = List.copyOf(agents);
        }
    }

    /** Whether there is a file for this version, be it one that does not come up. */
    public boolean has(Version version) {
        return versions.stream()
                .anyMatch(candidate -> candidate.artifact().version().equals(version));
    }

    /** Whether what serves is what should: the pinned version, or any at all while it is not pinned. */
    public boolean isAsWanted() {
        return pinned.isEmpty() ? serving.isPresent() : serving.equals(pinned);
    }
}
