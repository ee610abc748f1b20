package org.openclaw.deploy.trust;

import java.util.List;

/** Checks a bundle against what its publisher may do. */
final class PublisherLimits {
    private static final List<String> FRAMEWORK = List.of("org.osgi.framework.hooks", "org.osgi.framework.launch");
    private static final List<String> SYSTEM = List.of("org.openclaw", "org.osgi");

    private final Publisher publisher;
    private final VerifiedJar jar;
    private final Policy.Known known;

    PublisherLimits(Publisher publisher, VerifiedJar jar, Policy.Known known) {
        this.publisher = publisher;
        this.jar = jar;
        this.known = known;
    }

    void check() throws Rejected {
        checkNames();
        checkSignatures();
        checkVersion();
        checkFragment();
        if (!publisher.system()) {
            checkSystem();
        }
        var code = jar.manifest().nativeCode();
        if (code.isPresent() && !publisher.nativeCode()) {
            throw limit(
                    "publisher.native", "it brings native code: " + code.get(), "no native code", "\"native\": true");
        }
        if (!publisher.inProcess()) {
            throw new Rejected(
                    "placement.worker.unavailable",
                    "publisher '" + publisher.name() + "' may run in workers only, and this container has none",
                    "\"placement\": \"in-process\"",
                    "If you trust it as much as the container itself, say so in its file in the trust store.");
        }
    }

    private void checkNames() throws Rejected {
        if (!Publisher.matches(publisher.bundles(), jar.name())) {
            throw limit(
                    "publisher.bundle",
                    "publisher '%s' may not use the name %s".formatted(publisher.name(), jar.name()),
                    "one of: " + String.join(", ", publisher.bundles()),
                    "\"bundles\"");
        }
        for (var agent : jar.agents()) {
            if (!Publisher.matches(publisher.agents(), agent)) {
                throw limit(
                        "publisher.agent",
                        "publisher '%s' may not bring the agent type '%s'".formatted(publisher.name(), agent),
                        "one of: " + String.join(", ", publisher.agents()),
                        "\"agents\"");
            }
            var owner = known.publisherOf(agent);
            if (owner.isPresent() && !owner.get().equals(publisher.name())) {
                throw new Rejected(
                        "publisher.agent.taken",
                        "the agent type '%s' belongs to publisher '%s'".formatted(agent, owner.get()),
                        "a signature of '" + owner.get() + "'",
                        "Give the agent type another name.");
            }
        }
        for (var capability : jar.capabilities()) {
            if (!Publisher.matches(publisher.capabilities(), capability)) {
                throw limit(
                        "publisher.capability",
                        "publisher '%s' may not bring the capability '%s'".formatted(publisher.name(), capability),
                        "one of: " + String.join(", ", publisher.capabilities()),
                        "\"capabilities\"");
            }
        }
    }

    private void checkSignatures() throws Rejected {
        var signatures = jar.signatures();
        if (signatures.stream().allMatch(signature -> signature.algorithm().isPostQuantum())) {
            throw new Rejected(
                    "signature.classical.missing",
                    "it has no classical signature",
                    "Ed25519, ECDSA or RSA, and ML-DSA besides where demanded",
                    "Sign it with both keys: claw sign.");
        }
        if (publisher.postQuantum()
                && signatures.stream()
                        .noneMatch(signature -> signature.algorithm().isPostQuantum())) {
            throw new Rejected(
                    "signature.pq.missing",
                    "it has no post-quantum signature, which publisher '" + publisher.name() + "' demands",
                    "ML-DSA-65 beside the classical one",
                    "Sign it with both keys: claw keygen --pq, claw sign.");
        }
        if (publisher.timestamp()
                && !signatures.stream()
                        .allMatch(signature -> signature.timestamp().isPresent())) {
            throw new Rejected(
                    "timestamp.missing",
                    "a signature has no timestamp, which publisher '" + publisher.name() + "' demands",
                    "an RFC 3161 timestamp on each signature",
                    "Sign it with a timestamp authority of tsa/ in the trust store.");
        }
    }

    private void checkVersion() throws Rejected {
        var least = publisher.minVersions().get(jar.name());
        if (least != null && jar.version().compareTo(least) < 0) {
            throw limit(
                    "publisher.version",
                    jar.name() + " " + jar.version() + " is older than the oldest version that is still accepted",
                    least + " or newer",
                    "\"minVersions\"");
        }
        var other = known.digestOf(jar.name(), jar.version());
        if (other.isPresent() && !other.get().equals(jar.digest()) && !publisher.mutable()) {
            throw limit(
                    "artifact.changed",
                    "%s %s is known with other bytes (sha256 %s)"
                            .formatted(jar.name(), jar.version(), other.get().brief()),
                    "new bytes under a new version",
                    "\"mutable\": true");
        }
    }

    private void checkFragment() throws Rejected {
        var manifest = jar.manifest();
        if (manifest.extension()) {
            throw new Rejected(
                    "system.extension",
                    "it extends the framework itself",
                    "no extension bundles, whoever signs them",
                    "Make it an ordinary bundle.");
        }
        if (manifest.host().isEmpty() || publisher.system()) {
            return;
        }
        var host = manifest.host().get();
        var owner = known.publisherOfBundle(host);
        var foreign = owner.isPresent() && !owner.get().equals(publisher.name());
        if (foreign || within(SYSTEM, host) || !Publisher.matches(publisher.bundles(), host)) {
            throw limit(
                    "system.fragment",
                    "it attaches to the bundle " + host + ", which is not of publisher '" + publisher.name() + "'",
                    "fragments of its own bundles",
                    "\"system\": true");
        }
    }

    private void checkSystem() throws Rejected {
        var manifest = jar.manifest();
        for (var name : manifest.imports()) {
            if (reaches(FRAMEWORK, name)) {
                throw limit(
                        "system.import",
                        "it imports " + name + ", which reaches into the framework",
                        "no import of org.osgi.framework.hooks or org.osgi.framework.launch, by a wildcard either",
                        "\"system\": true");
            }
        }
        var framework = manifest.requiredFramework();
        if (framework.isPresent() || !manifest.wiring().isEmpty()) {
            throw limit(
                    "system.import",
                    "it reaches into the framework by "
                            + framework
                                    .map(name -> "Require-Bundle: " + name)
                                    .orElseGet(() -> manifest.wiring().getFirst()),
                    "Import-Package for what it needs",
                    "\"system\": true");
        }
        for (var name : manifest.exports()) {
            if (within(SYSTEM, name)) {
                throw limit(
                        "system.export",
                        "it exports " + name + ", a package of the system",
                        "no export of org.openclaw or org.osgi packages",
                        "\"system\": true");
            }
        }
    }

    private static boolean within(List<String> trees, String name) {
        return trees.stream().anyMatch(tree -> name.equals(tree) || name.startsWith(tree + "."));
    }

    /** Whether an import, maybe with a wildcard at its end, may bring a package of one of these trees. */
    private static boolean reaches(List<String> trees, String name) {
        if (!name.endsWith("*")) {
            return within(trees, name);
        }
        var beginning = name.substring(0, name.length() - 1);
        return trees.stream().anyMatch(tree -> (tree + ".").startsWith(beginning) || beginning.startsWith(tree + "."));
    }

    private Rejected limit(String code, String reason, String expected, String field) {
        return new Rejected(
                code,
                reason,
                expected,
                "Change the bundle, or grant it: %s in publishers/%s.json of the trust store."
                        .formatted(field, publisher.name()));
    }
}
