package org.openclaw.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openclaw.bench.container.Checkout;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** The bundles that the feature files name, as files: ours as they were just built, others from the local repository. */
final class Features {
    private static final Path REPOSITORY = Path.of(System.getProperty(
            "openclaw.repository",
            Path.of(System.getProperty("user.home"), ".m2/repository").toString()));

    /** Feature documents may hold comments (OSGi Compendium 159.3). */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private Features() {}

    /** The jars of these features, in their order. */
    static List<Path> jars(String... names) {
        return Stream.of(names).flatMap(Features::ids).map(Features::jar).toList();
    }

    /** The ids of a feature's bundles, {@code group:artifact[:type[:classifier]]:version}. */
    static Stream<String> ids(String name) {
        try {
            var feature = JSON.readTree(Files.readString(Checkout.ROOT.resolve("features/" + name + ".json")));
            return StreamSupport.stream(feature.path("bundles").spliterator(), false)
                    .map(bundle -> bundle.path("id").asString().replace("${project.version}", Checkout.VERSION));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The jar with this id. */
    static Path jar(String id) {
        var parts = List.of(id.split(":", -1));
        var artifact = parts.get(1);
        if (parts.getFirst().equals("org.openclaw")) {
            return Checkout.jar(artifact);
        }
        var version = parts.getLast();
        var classifier = parts.size() == 5 ? "-" + parts.get(3) : "";
        return REPOSITORY
                .resolve(parts.getFirst().replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + classifier + ".jar");
    }
}
