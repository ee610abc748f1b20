package org.openclaw.launcher.gate;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.Policy;
import org.osgi.framework.Version;

/** What the policy asks about everything else that is here. Agent types and versions are remembered beyond a run. */
final class InstalledBundles implements Policy.Known {
    /** No publisher can have this name: the container's own bundles are nobody's to attach to. */
    private static final String CONTAINER = "the container itself";

    private final KnownArtifacts known;
    private final Map<String, String> publishers = new ConcurrentHashMap<>();

    InstalledBundles(KnownArtifacts known) {
        this.known = known;
    }

    void system(String symbolicName) {
        publishers.put(symbolicName, CONTAINER);
    }

    void deployed(Verdict.Trusted trusted) {
        publishers.putIfAbsent(trusted.artifact().name(), trusted.publisher());
    }

    @Override
    public Optional<String> publisherOf(String agentType) {
        return known.publisher(agentType);
    }

    @Override
    public Optional<String> publisherOfBundle(String symbolicName) {
        return Optional.ofNullable(publishers.get(symbolicName));
    }

    @Override
    public Optional<Digest> digestOf(String symbolicName, Version version) {
        return known.digest(symbolicName, version);
    }
}
