package org.openclaw.deploy.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.openclaw.deploy.Digest;
import org.osgi.framework.VersionRange;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds to {@code revoked.json}: what is in it runs nowhere, whoever signed it. Each addition makes the serial greater by
 * one; a container never goes back to a smaller serial. There is no way to take something off the list.
 *
 * <p>Changes are made under a lock file and replace the list atomically, so commands may run side by side.
 */
public final class Revocations {
    private static final String EXPECTED =
            "{\"serial\": N, \"files\": [], \"keys\": [], \"bundles\": [{\"name\": \"\", \"versions\": \"\"}]}";

    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private final Path file;
    private final JsonMapper json = new JsonMapper();

    /** @param trustFolder such as {@code conf/trust} */
    public Revocations(Path trustFolder) {
        this.file = trustFolder.resolve("revoked.json");
    }

    /**
     * The outcome of a revocation.
     *
     * @param serial the serial of the list now
     * @param added false when it was revoked already: nothing has changed then
     */
    public record Change(long serial, boolean added) {}

    /** Revokes one jar, by the SHA-256 of its bytes. */
    public Change revokeFile(Digest digest) throws IOException, TrustException {
        return append("files", digest.hex());
    }

    /** Revokes a signer's key, by the SHA-256 of its SubjectPublicKeyInfo: everything that it signed. */
    public Change revokeKey(Digest key) throws IOException, TrustException {
        return append("keys", key.hex());
    }

    /** Revokes versions of a bundle, whoever signed them. */
    public Change revokeBundle(String name, VersionRange versions) throws IOException, TrustException {
        if (!SYMBOLIC_NAME.matcher(name).matches()) {
            throw TrustException.invalid("bundle", "'" + name + "'", "a Bundle-SymbolicName, such as acme.bot");
        }
        if (versions.isEmpty()) {
            throw TrustException.invalid("versions", versions.toString(), "a range that holds a version");
        }
        var entry = json.createObjectNode().put("name", name).put("versions", versions.toString());
        return change("bundles", entry, entry::equals);
    }

    private Change append(String list, String value) throws IOException, TrustException {
        return change(
                list,
                json.getNodeFactory().stringNode(value),
                known -> known.asString("").equals(value));
    }

    private Change change(String list, JsonNode entry, Predicate<JsonNode> same) throws IOException, TrustException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        // the file's lock keeps other processes out, and does not keep out other threads of this one dependably
        synchronized (Revocations.class) {
            return changeAlone(list, entry, same);
        }
    }

    private Change changeAlone(String list, JsonNode entry, Predicate<JsonNode> same)
            throws IOException, TrustException {
        var lock = file.resolveSibling("revoked.json.lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            var content = read();
            var entries = (ArrayNode) content.get(list);
            var serial = content.get("serial").asLong();
            if (entries.valueStream().anyMatch(same)) {
                return new Change(serial, false);
            }
            entries.add(entry);
            content.put("serial", serial + 1);
            var text = json.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n";
            DurableFile.write(file, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            return new Change(serial + 1, true);
        } catch (OverlappingFileLockException busy) {
            throw TrustException.busy(lock);
        }
    }

    /** The list as it is, complete: an absent file is an empty list, but a damaged one is never written over. */
    private ObjectNode read() throws IOException, TrustException {
        var content = json.createObjectNode();
        if (Files.exists(file)) {
            try {
                if (!(json.readTree(Files.readAllBytes(file)) instanceof ObjectNode object)) {
                    throw TrustException.damaged(file, "no JSON object", EXPECTED);
                }
                content = object;
            } catch (JacksonException damaged) {
                throw TrustException.damaged(file, damaged.getOriginalMessage(), EXPECTED);
            }
        }
        if (!content.has("serial")) {
            content.put("serial", 0);
        }
        for (var list : new String[] {"files", "keys", "bundles"}) {
            if (!content.has(list)) {
                content.putArray(list);
            }
            if (!content.get(list).isArray()) {
                throw TrustException.damaged(file, "'" + list + "' is no list", EXPECTED);
            }
        }
        if (!content.get("serial").isIntegralNumber() || content.get("serial").asLong() < 0) {
            throw TrustException.damaged(file, "'serial' is no count", EXPECTED);
        }
        return content;
    }
}
