package org.openclaw.agent.runtime;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.openclaw.agent.runtime.type.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** Reads what a bundle's manifest declares about its agent types. */
final class DeclaredTypes {
    private static final String NAMESPACE = "org.openclaw.agent";

    private DeclaredTypes() {}

    /**
     * The descriptor of an agent type.
     *
     * @throws IllegalArgumentException when the bundle does not declare it, or not as its descriptor says; the text is for
     *     the operator
     */
    static Descriptor read(Bundle bundle, String agentType) {
        var declared = declaration(bundle, agentType)
                .orElseThrow(() -> new IllegalArgumentException("the manifest does not declare it (expected:"
                        + " Provide-Capability: " + NAMESPACE + ";" + NAMESPACE + "=\"" + agentType + "\";path=...)."
                        + " Build the bundle with the annotation processor, and sign it again."));
        var path = text(declared, "path").orElse("OSGI-INF/openclaw/" + agentType + ".json");
        var bytes = entry(bundle, path);
        var expected = text(declared, "digest");
        if (expected.isPresent() && !expected.get().equals(sha256(bytes))) {
            throw new IllegalArgumentException(path + " is not the file that the manifest declares (expected: SHA-256 "
                    + expected.get() + ", found: " + sha256(bytes) + "). Build the bundle again.");
        }
        var descriptor = Descriptor.read(bytes);
        if (!descriptor.agentType().equals(agentType)) {
            throw new IllegalArgumentException(path + " describes the agent type '" + descriptor.agentType()
                    + "' (expected: '" + agentType + "'). Build the bundle again.");
        }
        return descriptor;
    }

    private static Optional<Map<String, Object>> declaration(Bundle bundle, String agentType) {
        var revision = bundle.adapt(BundleRevision.class);
        return revision.getDeclaredCapabilities(NAMESPACE).stream()
                .map(BundleCapability::getAttributes)
                .filter(attributes -> agentType.equals(attributes.get(NAMESPACE)))
                .findFirst();
    }

    private static Optional<String> text(Map<String, Object> attributes, String name) {
        return Optional.ofNullable(attributes.get(name)).map(Object::toString);
    }

    private static byte[] entry(Bundle bundle, String path) {
        var url = bundle.getEntry(path);
        if (url == null) {
            throw new IllegalArgumentException(
                    "there is no " + path + " in it (expected: the descriptor). Build the bundle again.");
        }
        try (var stream = url.openStream()) {
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(path + " cannot be read (" + unreadable + ")", unreadable);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
