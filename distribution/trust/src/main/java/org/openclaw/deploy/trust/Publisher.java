package org.openclaw.deploy.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.trust.JsonFields.Unreadable;
import org.osgi.framework.Version;

/**
 * What the operator grants to a publisher. Where its file is silent, the strictest reading holds; only {@code agents} and
 * {@code capabilities} then mean everything and {@code crl} means {@code if-present}.
 *
 * @param name the name of its file
 * @param anchors the SHA-256 of the SubjectPublicKeyInfo of each certificate that its chains may end in
 * @param bundles the symbolic names it may use: names, or beginnings followed by {@code *}
 * @param agents the agent types it may bring, in the same form
 * @param capabilities the capabilities it may bring, in the same form
 * @param postQuantum whether a post-quantum signature is demanded beside the classical one
 * @param timestamp whether a timestamp of a trusted authority is demanded
 * @param crlRequired whether a fresh revocation list of each authority in the chain is demanded
 * @param inProcess whether its bundles run in the container's own JVM; otherwise only in a worker
 * @param mutable whether the same name and version may come again with other bytes
 * @param nativeCode whether its bundles may bring native code
 * @param system whether its bundles may reach into the framework and export the system's packages
 * @param minVersions the lowest version of each bundle that is still accepted
 */
record Publisher(
        String name,
        Set<Digest> anchors,
        List<String> bundles,
        List<String> agents,
        List<String> capabilities,
        boolean postQuantum,
        boolean timestamp,
        boolean crlRequired,
        boolean inProcess,
        boolean mutable,
        boolean nativeCode,
        boolean system,
        Map<String, Version> minVersions) {
    private static final Pattern PATTERN = Pattern.compile("[^*\\s]*\\*|[^*\\s]+");
    private static final List<String> EVERYTHING = List.of("*");

    Publisher {
        anchors = Set.copyOf(anchors);
        bundles = List.copyOf(bundles);
        agents = List.copyOf(agents);
        capabilities = List.copyOf(capabilities);
        minVersions = Map.copyOf(minVersions);
    }

    static Publisher read(String name, Path file) throws IOException, Unreadable {
        var fields = JsonFields.read(file);
        var require = fields.texts("require", List.of("classical"));
        if (!require.equals(List.of("classical")) && !require.equals(List.of("classical", "pq"))) {
            throw new Unreadable("'require' is " + require + " (expected: [\"classical\"] or [\"classical\", \"pq\"])");
        }
        var publisher = new Publisher(
                name,
                fields.digests("anchors"),
                patterns(fields, "bundles", List.of()),
                patterns(fields, "agents", EVERYTHING),
                patterns(fields, "capabilities", EVERYTHING),
                require.contains("pq"),
                fields.flag("timestamp", false),
                fields.choice("crl", Set.of("required", "if-present"), "if-present")
                        .equals("required"),
                fields.choice("placement", Set.of("in-process", "worker"), "worker")
                        .equals("in-process"),
                fields.flag("mutable", false),
                fields.flag("native", false),
                fields.flag("system", false),
                minVersions(fields));
        fields.end();
        if (publisher.anchors().isEmpty()) {
            throw new Unreadable("'anchors' is empty or missing (expected: the SHA-256 of an anchor's key)");
        }
        return publisher;
    }

    private static List<String> patterns(JsonFields fields, String name, List<String> otherwise) throws Unreadable {
        var patterns = fields.texts(name, otherwise);
        for (var pattern : patterns) {
            if (!PATTERN.matcher(pattern).matches()) {
                throw new Unreadable(
                        "'" + name + "' holds '" + pattern + "' (expected: a name, or a beginning and '*')");
            }
        }
        return patterns;
    }

    private static Map<String, Version> minVersions(JsonFields fields) throws Unreadable {
        var versions = new LinkedHashMap<String, Version>();
        for (var entry : fields.textsByName("minVersions").entrySet()) {
            try {
                versions.put(entry.getKey(), Version.parseVersion(entry.getValue()));
            } catch (IllegalArgumentException malformed) {
                throw new Unreadable(
                        "'minVersions' holds '" + entry.getValue() + "' (expected: a version such as 1.4.0)");
            }
        }
        return versions;
    }

    static boolean matches(List<String> patterns, String name) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                        : name.equals(pattern));
    }
}
