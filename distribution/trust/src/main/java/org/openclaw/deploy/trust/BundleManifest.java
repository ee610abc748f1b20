package org.openclaw.deploy.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.framework.Version;

/**
 * What a bundle's manifest says, as far as policy asks.
 *
 * @param name the Bundle-SymbolicName
 * @param version the Bundle-Version
 * @param agents the agent types that it declares
 * @param capabilities the names of the capabilities that it declares
 * @param imports the packages that it imports; patterns with {@code *} where it imports dynamically
 * @param exports the packages that it exports
 * @param requires the bundles that it requires
 * @param host the bundle that it is a fragment of
 * @param extension whether it extends the framework or the boot class path
 * @param wiring the framework's own namespaces that it asks for or offers by hand
 * @param nativeCode what native code it declares or holds, empty when none
 */
record BundleManifest(
        String name,
        Version version,
        List<String> agents,
        List<String> capabilities,
        List<String> imports,
        List<String> exports,
        List<String> requires,
        Optional<String> host,
        boolean extension,
        List<String> wiring,
        Optional<String> nativeCode) {
    static final String AGENT = "org.openclaw.agent";
    static final String CAPABILITY = "org.openclaw.capability";

    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so(\\.[0-9]+)*|dll|dylib|jnilib)");
    private static final Set<String> FRAMEWORK = Set.of("system.bundle", "org.apache.felix.framework");
    private static final String CURE = "Build it as an OSGi bundle, with bnd for example, and sign it again.";

    /**
     * Reads a manifest.
     *
     * @param main its main attributes, by lower-case name
     * @param entries the names in the jar
     */
    static BundleManifest read(SectionedText.Section main, Set<String> entries) throws Rejected {
        if (!"2".equals(main.attributes().get("bundle-manifestversion"))) {
            throw bad("it is no OSGi bundle: Bundle-ManifestVersion is not 2", "Bundle-ManifestVersion: 2");
        }
        checkClassPath(main, entries);
        var hosts = clauses(main, "Fragment-Host");
        var requires = names(clauses(main, "Require-Bundle"));
        var offered = clauses(main, "Provide-Capability");
        var asked = clauses(main, "Require-Capability");
        var wiring = new ArrayList<String>();
        for (var namespace : names(offered, asked)) {
            if (namespace.startsWith("osgi.wiring.")) {
                wiring.add(namespace);
            }
        }
        return new BundleManifest(
                symbolicName(main),
                version(main),
                named(offered, AGENT),
                named(offered, CAPABILITY),
                names(clauses(main, "Import-Package"), clauses(main, "DynamicImport-Package")),
                names(clauses(main, "Export-Package")),
                requires,
                hosts.stream().map(HeaderClause::path).findFirst(),
                main.value("ExtensionBundle-Activator").isPresent()
                        || hosts.stream()
                                .anyMatch(host -> FRAMEWORK.contains(host.path())
                                        || host.directives().containsKey("extension")),
                wiring,
                nativeCode(main, entries));
    }

    /** Whether it asks for the framework itself as a bundle, and with it for everything that the framework exports. */
    Optional<String> requiredFramework() {
        return requires.stream().filter(FRAMEWORK::contains).findFirst();
    }

    private static void checkClassPath(SectionedText.Section main, Set<String> entries) throws Rejected {
        for (var element : names(clauses(main, "Bundle-ClassPath"))) {
            var name = element.startsWith("/") ? element.substring(1) : element;
            if (entries.contains(name) || name.toLowerCase(Locale.ROOT).endsWith(".jar")) {
                throw new Rejected(
                        "bundle.nested",
                        "its class path has the nested jar " + ZipNames.shown(element),
                        "classes in the bundle itself, so that each is covered by the signature",
                        "Unpack the nested jar into the bundle and sign it again.");
            }
        }
    }

    private static String symbolicName(SectionedText.Section main) throws Rejected {
        var clauses = clauses(main, "Bundle-SymbolicName");
        if (clauses.size() != 1
                || clauses.getFirst().paths().size() != 1
                || !SYMBOLIC_NAME.matcher(clauses.getFirst().path()).matches()) {
            throw bad(
                    "it has no valid symbolic name: "
                            + main.value("Bundle-SymbolicName").orElse("none"),
                    "Bundle-SymbolicName of letters, digits, '_', '-' and '.'");
        }
        return clauses.getFirst().path();
    }

    private static Version version(SectionedText.Section main) throws Rejected {
        var text = main.value("Bundle-Version").orElse("").strip();
        try {
            if (!text.isEmpty()) {
                return Version.parseVersion(text);
            }
        } catch (IllegalArgumentException malformed) {
            // said below
        }
        throw bad("it has no valid version: '" + text + "'", "Bundle-Version such as 1.2.3");
    }

    /** The names that capabilities of a namespace carry, as {@code name} or under the namespace's own name. */
    private static List<String> named(List<HeaderClause> offered, String namespace) throws Rejected {
        var names = new ArrayList<String>();
        for (var clause : offered) {
            if (clause.paths().contains(namespace)) {
                var before = names.size();
                for (var attribute : List.of("name", namespace)) {
                    addValues(clause, attribute, names);
                }
                if (names.size() == before) {
                    throw bad("it offers " + namespace + " without a name", namespace + ";name=\"...\"");
                }
            }
        }
        return names.stream().distinct().toList();
    }

    private static void addValues(HeaderClause clause, String attribute, List<String> names) throws Rejected {
        var value = clause.attributes().get(attribute);
        if (value == null) {
            return;
        }
        switch (clause.types().getOrDefault(attribute, "String").replace(" ", "")) {
            case "String" -> names.add(value);
            case "List", "List<String>" -> {
                for (var item : value.split(",", -1)) {
                    names.add(item.strip());
                }
            }
            default -> throw bad("it offers a name that is no text: " + value, "a String");
        }
    }

    private static Optional<String> nativeCode(SectionedText.Section main, Set<String> entries) {
        if (main.value("Bundle-NativeCode").isPresent()) {
            return Optional.of("the header Bundle-NativeCode");
        }
        return entries.stream()
                .filter(entry -> NATIVE.matcher(entry.toLowerCase(Locale.ROOT)).matches())
                .map(ZipNames::shown)
                .findFirst();
    }

    private static List<HeaderClause> clauses(SectionedText.Section main, String header) throws Rejected {
        return HeaderClause.parse(header, main.value(header));
    }

    @SafeVarargs
    private static List<String> names(List<HeaderClause>... headers) {
        var names = new ArrayList<String>();
        for (var header : headers) {
            header.forEach(clause -> names.addAll(clause.paths()));
        }
        return names;
    }

    private static Rejected bad(String reason, String expected) {
        return new Rejected("bundle.invalid", reason, expected, CURE);
    }
}
