package org.openclaw.deploy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * One publisher's entry in the trust store: {@code publishers/NAME.json} and the anchors that it names. What the file
 * leaves out is said here as it is read.
 *
 * @param name the publisher
 * @param anchors the certificates that its chains may end in, as far as {@code roots/} has them
 * @param limits what it may do
 * @param problem what is wrong with the entry and what to do; empty when all is well. An entry whose file cannot be read
 *     has no anchors and the narrowest limits: nothing is trusted by it
 */
public record TrustedPublisher(String name, List<Anchor> anchors, Limits limits, Optional<String> problem) {
    public TrustedPublisher {
        anchors = List.copyOf(anchors);
    }

    /**
     * A certificate that the publisher's chains may end in.
     *
     * @param subject its subject, as an RFC 4514 name
     * @param key the SHA-256 of its SubjectPublicKeyInfo
     * @param notAfter when it expires
     */
    public record Anchor(String subject, Digest key, Instant notAfter) {}

    /**
     * What a publisher may do. Patterns are names, or beginnings followed by {@code *}.
     *
     * @param bundles the symbolic names it may use
     * @param agents the agent types it may bring
     * @param capabilities the capabilities it may bring
     * @param require the kinds of signature demanded of it: {@code classical}, or {@code classical} and {@code pq}
     * @param timestamp whether a timestamp of a trusted authority is demanded
     * @param crlRequired whether a fresh revocation list of each authority in the chain is demanded; otherwise one is
     *     heeded where it is
     * @param inProcess whether its bundles run in the container's own process; otherwise only in a worker
     * @param mutable whether the same name and version may come again with other bytes
     * @param nativeCode whether its bundles may bring native code
     * @param system whether its bundles may reach into the framework and export the system's packages
     * @param minVersions the lowest version of each bundle that is still accepted, by symbolic name
     */
    public record Limits(
            List<String> bundles,
            List<String> agents,
            List<String> capabilities,
            List<String> require,
            boolean timestamp,
            boolean crlRequired,
            boolean inProcess,
            boolean mutable,
            boolean nativeCode,
            boolean system,
            Map<String, Version> minVersions) {
        /** The limits of an entry that cannot be read: it may do nothing. */
        public static final Limits NOTHING = new Limits(
                List.of(),
                List.of(),
                List.of(),
                List.of("classical"),
                false,
                false,
                false,
                false,
                false,
                false,
                Map.of());

        public Limits {
            bundles = List.copyOf(bundles);
            agents = List.copyOf(agents);
            capabilities = List.copyOf(capabilities);
            require = List.copyOf(require);
            minVersions = Map.copyOf(minVersions);
        }
    }
}
