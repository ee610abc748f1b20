package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openclaw.bench.container.Checkout;

/** What the manifests of the built bundles may say: the naming rule and the rule of who exports. */
class ManifestTest {
    /** Libraries that a provider carries within itself, since nobody else uses them and they are no bundles that resolve here. */
    private static final Map<String, List<String>> PACKED =
            Map.of("org.openclaw.schema.json", List.of("com/networknt/", "com/ethlo/time/"));

    static Stream<Path> bundles() {
        return Checkout.bundles().stream();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void carriesTheNameOfItsFolder(Path bundle) throws IOException {
        assertThat(header(bundle, "Bundle-SymbolicName"))
                .as("Bundle-SymbolicName of %s; rename the folder or the artifactId", bundle)
                .isEqualTo(bundle.getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void exportsOnlyWhatItsKindMay(Path bundle) throws IOException {
        var name = bundle.getFileName().toString();
        var exported = packages(header(bundle, "Export-Package"));
        if (name.endsWith(".api")) {
            assertThat(exported)
                    .as("an API bundle exports its one package")
                    .containsExactly(name.substring(0, name.length() - ".api".length()));
        } else if (name.equals("org.openclaw.test.kit") || name.equals("org.openclaw.client")) {
            assertThat(exported).as("a library exports itself").containsExactly(name);
        } else if (name.startsWith("org.openclaw.lib.")) {
            assertThat(exported)
                    .as("a wrapped library exports its own packages only")
                    .isNotEmpty()
                    .noneMatch(each -> each.startsWith("org.openclaw"));
        } else {
            assertThat(exported)
                    .as("a provider exports nothing; what others need belongs in an .api bundle")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void importsNothingDynamically(Path bundle) throws IOException {
        assertThat(header(bundle, "DynamicImport-Package")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void needsJava25(Path bundle) throws IOException {
        assertThat(header(bundle, "Require-Capability")).contains("(osgi.ee=JavaSE)(version=25)");
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void holdsOnlyClassesUnderItsOwnName(Path bundle) throws IOException {
        var name = bundle.getFileName().toString();
        var root = name.endsWith(".api") ? name.substring(0, name.length() - ".api".length()) : name;
        if (name.startsWith("org.openclaw.lib.")) {
            return;
        }
        try (var jar = new JarFile(Checkout.jar(bundle).toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()).filter(entry -> entry.endsWith(".class")))
                    .as("classes of %s", name)
                    .allMatch(entry -> entry.startsWith(root.replace('.', '/') + "/")
                            || PACKED.getOrDefault(name, List.of()).stream().anyMatch(entry::startsWith));
        }
    }

    /** The form of files that outlive the process may follow under a heading of its own. */
    @ParameterizedTest
    @MethodSource("bundles")
    void isExplainedInAReadmeOfAtMostFortyLines(Path bundle) throws IOException {
        var readme = bundle.resolve("README.md");
        assertThat(readme).exists();
        assertThat(Files.readAllLines(readme).stream().takeWhile(line -> !line.equals("## The files")))
                .as("lines of %s", readme)
                .hasSizeBetween(3, 40);
    }

    private static String header(Path bundle, String name) throws IOException {
        try (var jar = new JarFile(Checkout.jar(bundle).toFile())) {
            Attributes headers = jar.getManifest().getMainAttributes();
            var value = headers.getValue(name);
            return value == null ? "" : value;
        }
    }

    private static List<String> packages(String header) {
        // attributes hold commas only inside quotes
        return Arrays.stream(header.replaceAll("\"[^\"]*\"", "").split(","))
                .map(clause -> clause.replaceAll(";.*", "").strip())
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
