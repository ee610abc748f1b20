package org.openclaw.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openclaw.bench.container.Checkout;

/** The features hold what the resolver says they need, and each bundle of them once. */
class FeaturesTest {
    private static final Pattern RUN_BUNDLE = Pattern.compile("([\\w.-]+);version='");

    @ParameterizedTest
    @CsvSource({
        "core, core",
        "gateway, core gateway",
        "console, core gateway console",
        "example, core example",
        "shell, core shell"
    })
    void holdWhatTheResolverFound(String name, String features) throws IOException {
        var run = Files.readString(Checkout.ROOT.resolve("bnd/" + name + ".bndrun"));
        var needed = RUN_BUNDLE
                .matcher(run.substring(run.indexOf("-runbundles")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(needed).as("-runbundles of %s.bndrun", name).isNotEmpty();
        assertThat(names(features))
                .as("bundles of the features %s; add what is missing to features/%s.json", features, name)
                .containsAll(needed);
    }

    private static List<String> names(String features) {
        return Pattern.compile(" ")
                .splitAsStream(features)
                .flatMap(feature -> Features.jars(feature).stream())
                .map(jar -> {
                    try (var file = new JarFile(jar.toFile())) {
                        return file.getManifest()
                                .getMainAttributes()
                                .getValue("Bundle-SymbolicName")
                                .replaceAll(";.*", "");
                    } catch (IOException unreadable) {
                        throw new UncheckedIOException(unreadable);
                    }
                })
                .collect(Collectors.toList());
    }
}
