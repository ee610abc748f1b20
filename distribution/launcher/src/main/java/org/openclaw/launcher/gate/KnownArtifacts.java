package org.openclaw.launcher.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Verdict;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the policy must remember beyond a run, in {@code known.json}: which bytes a name and version stand for, and which
 * publisher first brought an agent type. It lies in the trust store, because it decides: in {@code data/} it could be
 * written by somebody who may not, to make another publisher's agent type his own, or a lapsed jar an old acquaintance.
 *
 * <p>Not thread-safe: guarded by the gate.
 */
final class KnownArtifacts {
    private static final Logger LOG = LoggerFactory.getLogger(KnownArtifacts.class);

    private final Path file;
    private final JsonMapper json = new JsonMapper();
    private final Map<String, Digest> bundles = new HashMap<>();
    private final Map<String, String> agents = new HashMap<>();
    private boolean unsaved;

    /**
     * Reads the file. A damaged one is set aside: nothing that lapsed is known then, and whoever comes first is first.
     */
    KnownArtifacts(Path file) throws IOException {
        this.file = file;
        if (!Files.exists(file)) {
            return;
        }
        try {
            var content = json.readTree(Files.readAllBytes(file));
            content.path("bundles")
                    .properties()
                    .forEach(entry -> bundles.put(
                            entry.getKey(), new Digest(entry.getValue().asString())));
            content.path("agents")
                    .properties()
                    .forEach(
                            entry -> agents.put(entry.getKey(), entry.getValue().asString()));
        } catch (JacksonException | IllegalArgumentException damaged) {
            var aside = file.resolveSibling("known.json.damaged");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.error(
                    "The memory of admitted artifacts is damaged ({}); kept as {}. Correct it, move it back to known.json and"
                            + " start again: until then agent types belong to whoever brings them first.",
                    damaged.getMessage(),
                    aside);
        }
    }

    /** The bytes that this name and version stood for last. */
    Optional<Digest> digest(Artifact artifact) {
        return digest(artifact.name(), artifact.version());
    }

    Optional<Digest> digest(String name, Version version) {
        return Optional.ofNullable(bundles.get(name + "/" + version));
    }

    /** The publisher that an agent type belongs to: whoever brought it first. */
    Optional<String> publisher(String agentType) {
        return Optional.ofNullable(agents.get(agentType));
    }

    /** Remembers an admitted artifact, durably when something is new. */
    void remember(Verdict.Trusted trusted) throws IOException {
        var artifact = trusted.artifact();
        unsaved |= !artifact.digest().equals(bundles.put(key(artifact), artifact.digest()));
        for (var agent : trusted.agents()) {
            unsaved |= agents.putIfAbsent(agent, trusted.publisher()) == null;
        }
        if (unsaved) {
            write();
            unsaved = false;
        }
    }

    private void write() throws IOException {
        var content = new TreeMap<String, Object>();
        var digests = new TreeMap<String, String>();
        bundles.forEach((key, digest) -> digests.put(key, digest.hex()));
        content.put("bundles", digests);
        content.put("agents", new TreeMap<>(agents));
        PrivateFolder.write(file, json.writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
    }

    private static String key(Artifact artifact) {
        return artifact.name() + "/" + artifact.version();
    }
}
