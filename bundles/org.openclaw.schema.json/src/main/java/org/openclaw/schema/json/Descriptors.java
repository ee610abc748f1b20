package org.openclaw.schema.json;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.openclaw.schema.Compatibility;
import org.openclaw.schema.Schema;
import org.openclaw.schema.TypeSchemas;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the annotation processor has written about agent types. Thread-safe. */
final class Descriptors {
    /** Bytes of the largest descriptor. */
    static final int LARGEST = 8 << 20;

    private static final int MOST = 1_000;
    private static final Pattern PLACE = Pattern.compile("OSGI-INF/openclaw/([^/]+)\\.json");
    private static final String CURE = " Build the bundle again with the annotation processor.";

    /** Reads fractions as doubles, whose text the processor writes: so that digests hold. */
    private final JsonMapper json = JsonMapper.builder().build();

    /** @throws IllegalArgumentException when it has another shape */
    TypeSchemas read(byte[] descriptor) {
        return read(tree(descriptor));
    }

    private JsonNode tree(byte[] descriptor) {
        try {
            return json.readTree(descriptor);
        } catch (JacksonException broken) {
            throw new IllegalArgumentException(
                    "agent descriptor: not JSON (expected: what the annotation processor writes)." + CURE, broken);
        }
    }

    private static TypeSchemas read(JsonNode root) {
        var agentType = text(root, "agentType");
        var messages = new ArrayList<Schema>();
        for (var message : member(root, "messages")) {
            messages.add(schema(text(message, "type"), message));
        }
        return new TypeSchemas(agentType, messages, schema(agentType + ".state", member(root, "state")), policy(root));
    }

    private static Schema schema(String name, JsonNode of) {
        return new Schema(name, text(of, "digest"), member(of, "schema").toString());
    }

    private static TypeSchemas.Policy policy(JsonNode root) {
        var said = root.path("compatibility");
        return new TypeSchemas.Policy(
                compatibility(said.path("messages"), TypeSchemas.Policy.USUAL.messages()),
                compatibility(said.path("state"), TypeSchemas.Policy.USUAL.state()));
    }

    private static Compatibility compatibility(JsonNode said, Compatibility usual) {
        if (said.isMissingNode()) {
            return usual;
        }
        return Arrays.stream(Compatibility.values())
                .filter(each -> each.name().equals(said.asString("")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("agent descriptor: the compatibility " + said
                        + " is none (expected one of: " + Arrays.toString(Compatibility.values()) + ")." + CURE));
    }

    private static JsonNode member(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name))
                .orElseThrow(() -> new IllegalArgumentException("agent descriptor: no member '" + name
                        + "' (expected: what the annotation processor writes)." + CURE));
    }

    private static String text(JsonNode node, String name) {
        return member(node, name).asString("");
    }

    /**
     * Those of a bundle.
     *
     * @throws IllegalArgumentException when one has another shape; the message says which
     */
    List<TypeSchemas> readBundle(Path jar) throws IOException {
        var found = new ArrayList<TypeSchemas>();
        try (var zip = new ZipFile(jar.toFile())) {
            var names = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> PLACE.matcher(name).matches())
                    .sorted()
                    .limit(MOST + 1L)
                    .toList();
            if (names.size() > MOST) {
                throw new IllegalArgumentException(
                        jar.getFileName() + " has too many descriptors (expected: at most " + MOST + "). Split it.");
            }
            for (var name : names) {
                read(zip, name).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Empty for descriptors of other things. */
    private Optional<TypeSchemas> read(ZipFile zip, String name) throws IOException {
        byte[] bytes;
        try (var stream = zip.getInputStream(zip.getEntry(name))) {
            bytes = stream.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) {
            throw new IllegalArgumentException(
                    name + " is too large (expected: at most " + LARGEST + " bytes). Give the type smaller records.");
        }
        try {
            var root = tree(bytes);
            var place = PLACE.matcher(name);
            return place.matches()
                            && place.group(1).equals(root.path("agentType").asString(""))
                    ? Optional.of(read(root))
                    : Optional.empty();
        } catch (IllegalArgumentException other) {
            throw new IllegalArgumentException(name + ": " + other.getMessage(), other);
        }
    }
}
