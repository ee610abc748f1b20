package org.openclaw.launcher.gate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
 * What the policy must remember beyond a run, in {@code known.json}: which bytes a name and version stand for, which
 * publisher first brought an agent type, and how far the revocation list had come.
 *
 * <p>Not thread-safe: guarded by the gate.
 */
final class KnownArtifacts {
    private static final Logger LOG = LoggerFactory.getLogger(KnownArtifacts.class);

    private final Path file;
    private final JsonMapper json = new JsonMapper();
    private final Map<String, Digest> bundles = new HashMap<>();
    private final Map<String, String> agents = new HashMap<>();
    private long serial;

    /**
     * Reads the file. A damaged one is set aside: it lies in {@code data/}, so that nothing may hang on its being whole, and
     * what it would have refused is then first come, first served.
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
            serial = content.path("revokedSerial").asLong(0);
        } catch (JacksonException | IllegalArgumentException damaged) {
            var aside = file.resolveSibling("known.json.damaged");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.error(
                    "The memory of admitted artifacts is damaged ({}); kept as {}. Look who may write into data/.",
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

    /** The greatest serial of the revocation list that was ever seen. */
    long serial() {
        return serial;
    }

    /** Remembers an admitted artifact, durably when something is new. */
    void remember(Verdict.Trusted trusted) throws IOException {
        var artifact = trusted.artifact();
        var changed = !artifact.digest().equals(bundles.put(key(artifact), artifact.digest()));
        for (var agent : trusted.agents()) {
            changed |= agents.putIfAbsent(agent, trusted.publisher()) == null;
        }
        if (changed) {
            write();
        }
    }

    void rememberSerial(long seen) throws IOException {
        if (seen > serial) {
            serial = seen;
            write();
        }
    }

    private void write() throws IOException {
        var content = new TreeMap<String, Object>();
        var digests = new TreeMap<String, String>();
        bundles.forEach((key, digest) -> digests.put(key, digest.hex()));
        content.put("bundles", digests);
        content.put("agents", new TreeMap<>(agents));
        content.put("revokedSerial", serial);
        var temporary = file.resolveSibling("known.json.new");
        try (var out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(json.writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        PrivateFolder.force(file.resolveSibling("."));
    }

    private static String key(Artifact artifact) {
        return artifact.name() + "/" + artifact.version();
    }
}
