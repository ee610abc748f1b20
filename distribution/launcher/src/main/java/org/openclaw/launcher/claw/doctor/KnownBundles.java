package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.trust.Policy;
import org.osgi.framework.Version;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What the gate has admitted before, as it remembers it in {@code known.json}; only read, damaged or not. */
record KnownBundles(Map<String, Digest> bundles, Map<String, String> agents) implements Policy.Known {
    static KnownBundles read(Path file) throws IOException {
        var bundles = new HashMap<String, Digest>();
        var agents = new HashMap<String, String>();
        if (Files.isReadable(file)) {
            try {
                var content = new JsonMapper().readTree(Files.readAllBytes(file));
                content.path("bundles")
                        .properties()
                        .forEach(entry -> bundles.put(
                                entry.getKey(), new Digest(entry.getValue().asString(""))));
                content.path("agents")
                        .properties()
                        .forEach(entry ->
                                agents.put(entry.getKey(), entry.getValue().asString("")));
            } catch (JacksonException | IllegalArgumentException damaged) {
                return new KnownBundles(Map.of(), Map.of());
            }
        }
        return new KnownBundles(bundles, agents);
    }

    boolean holds(Artifact artifact) {
        return digestOf(artifact.name(), artifact.version())
                .filter(artifact.digest()::equals)
                .isPresent();
    }

    @Override
    public Optional<String> publisherOf(String agentType) {
        return Optional.ofNullable(agents.get(agentType));
    }

    /** Nothing is installed while no container runs. */
    @Override
    public Optional<String> publisherOfBundle(String symbolicName) {
        return Optional.empty();
    }

    @Override
    public Optional<Digest> digestOf(String symbolicName, Version version) {
        return Optional.ofNullable(bundles.get(symbolicName + "/" + version));
    }
}
