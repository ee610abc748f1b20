package org.openclaw.deploy.folder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openclaw.deploy.Artifact;
import org.openclaw.deploy.Verdict.Refused;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Explains why a bundle does not resolve: what it needs, and who has something near it. */
final class Unresolved {
    private static final Pattern TERM = Pattern.compile("\\(([^()=<>~!]+)(=|>=|<=)([^()]*)\\)");
    private static final int MOST = 4;

    private final Bundle bundle;
    private final List<BundleRevision> others;

    Unresolved(Bundle bundle, Bundle[] all) {
        this.bundle = bundle;
        this.others = Arrays.stream(all)
                .filter(other -> !other.equals(bundle))
                .map(other -> other.adapt(BundleRevision.class))
                .filter(revision -> revision != null)
                .toList();
    }

    /** The refusal; {@code failure} speaks where no single requirement is to blame. */
    Refused explain(String fileName, Artifact artifact, BundleException failure) {
        var singleton = singletonRival();
        if (singleton.isPresent()) {
            return Refusals.bundle(
                    fileName,
                    artifact,
                    "bundle.unresolved",
                    "it is a singleton, and %s is resolved already".formatted(singleton.get()),
                    "a bundle of which two versions can be resident while one replaces the other",
                    "Remove singleton:=true from its Bundle-SymbolicName and sign it again.");
        }
        var missing = missing();
        if (missing.isEmpty()) {
            return Refusals.bundle(
                    fileName,
                    artifact,
                    "bundle.unresolved",
                    "it does not resolve: " + Refusals.plain(String.valueOf(failure.getMessage())),
                    "bundles that bring all it needs and agree with each other",
                    "Drop what is missing into deploy/; this file is tried again then.");
        }
        var needs = missing.stream().limit(MOST).map(this::describe).toList();
        var more = missing.size() > MOST ? ", and %d more".formatted(missing.size() - MOST) : "";
        return Refusals.bundle(
                fileName,
                artifact,
                "bundle.unresolved",
                "it needs " + String.join("; ", needs) + more,
                "a bundle that provides it",
                "Drop a bundle that provides it into deploy/; this file is tried again then.");
    }

    private Optional<String> singletonRival() {
        var revision = bundle.adapt(BundleRevision.class);
        if (revision == null || !isSingleton(revision)) {
            return Optional.empty();
        }
        return others.stream()
                .filter(other -> revision.getSymbolicName().equals(other.getSymbolicName())
                        && isSingleton(other)
                        && other.getWiring() != null)
                .map(Unresolved::named)
                .findFirst();
    }

    private static boolean isSingleton(BundleRevision revision) {
        return revision.getDeclaredCapabilities("osgi.identity").stream()
                .anyMatch(identity -> "true".equals(identity.getDirectives().get(Constants.SINGLETON_DIRECTIVE)));
    }

    private List<BundleRequirement> missing() {
        var revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return List.of();
        }
        var own = revision.getDeclaredCapabilities(null);
        return revision.getDeclaredRequirements(null).stream()
                .filter(Unresolved::isMandatory)
                .filter(requirement -> own.stream().noneMatch(requirement::matches))
                .filter(requirement -> others.stream().noneMatch(other -> offers(other, requirement)))
                .toList();
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        var directives = requirement.getDirectives();
        var effective = directives.getOrDefault(Constants.EFFECTIVE_DIRECTIVE, Constants.EFFECTIVE_RESOLVE);
        return effective.equals(Constants.EFFECTIVE_RESOLVE)
                && !Constants.RESOLUTION_OPTIONAL.equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
                && !"dynamic".equals(directives.get(Constants.RESOLUTION_DIRECTIVE));
    }

    private static boolean offers(BundleRevision other, BundleRequirement requirement) {
        return capabilities(other, requirement.getNamespace()).anyMatch(requirement::matches);
    }

    /** A resolved bundle's wiring knows more than its manifest: the system bundle's packages, for one. */
    private static Stream<BundleCapability> capabilities(BundleRevision other, String namespace) {
        var wiring = other.getWiring();
        return (wiring == null ? other.getDeclaredCapabilities(namespace) : wiring.getCapabilities(namespace)).stream();
    }

    private String describe(BundleRequirement requirement) {
        var namespace = requirement.getNamespace();
        var filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        var name = nameIn(filter, namespace);
        var what = (namespace.equals(PackageNamespace.PACKAGE_NAMESPACE) ? "package" : namespace)
                + name.map(found -> " " + found).orElse("")
                + versions(filter, namespace, name);
        var near = near(namespace, name);
        return what + (near.isEmpty() ? ", which nobody has" : " (near: " + String.join(", ", near) + ")");
    }

    private static Optional<String> nameIn(String filter, String namespace) {
        return TERM.matcher(filter)
                .results()
                .filter(term -> term.group(1).equals(namespace))
                .map(term -> term.group(3))
                .findFirst();
    }

    /** What else the filter asks for: a version range in its usual notation where it is one, the filter otherwise. */
    private static String versions(String filter, String namespace, Optional<String> name) {
        if (name.isEmpty()) {
            return filter.isEmpty() ? "" : " " + filter;
        }
        var floor = "";
        var ceiling = "";
        var rest = new ArrayList<String>();
        for (var term : TERM.matcher(filter).results().toList()) {
            var negated = filter.startsWith("(!", term.start() - 2);
            if (term.group(1).equals(namespace)) {
                continue;
            }
            if (term.group(1).endsWith("version") && term.group(2).equals(">=")) {
                if (negated) {
                    ceiling = term.group(3) + ")";
                } else {
                    floor = "[" + term.group(3);
                }
            } else {
                rest.add(term.group());
            }
        }
        var range = floor.isEmpty() && ceiling.isEmpty()
                ? ""
                : " version "
                        + (ceiling.isEmpty()
                                ? floor.substring(1) + " or higher"
                                : (floor.isEmpty() ? "[0" : floor) + "," + ceiling);
        return range + (rest.isEmpty() ? "" : " with " + String.join(" ", rest));
    }

    private List<String> near(String namespace, Optional<String> name) {
        var near = new ArrayList<String>();
        for (var other : others) {
            capabilities(other, namespace)
                    .filter(capability -> name.isEmpty()
                            || name.get().equals(capability.getAttributes().get(namespace)))
                    .limit(1)
                    .forEach(capability -> near.add(offer(other, capability.getAttributes())));
        }
        return near.size() > MOST ? near.subList(0, MOST) : near;
    }

    private static String offer(BundleRevision other, Map<String, Object> attributes) {
        var version = attributes.get(Constants.VERSION_ATTRIBUTE);
        return named(other) + (version == null ? " has " + attributes : " has version " + version);
    }

    private static String named(BundleRevision revision) {
        return revision.getSymbolicName() + " " + revision.getVersion();
    }
}
