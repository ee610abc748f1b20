package org.openclaw.launcher.claw;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.openclaw.launcher.Installation;
import org.openclaw.schema.SchemaBreak;
import org.openclaw.schema.Schemas;
import org.openclaw.schema.TypeSchemas;

/**
 * Compares the schemas of two bundles as the container does when one arrives. What compares is a bundle of the installation: it is
 * loaded from there, so that it is not shipped twice, and the same code gives the same answer.
 */
final class BundleComparison implements AutoCloseable {
    private static final String PROVIDER = "org.openclaw.schema.json-*.jar";

    private final URLClassLoader loader;
    private final Schemas schemas;

    /** @throws ClawException when the installation does not have the bundle */
    BundleComparison(Installation installation) throws IOException {
        this.loader = new URLClassLoader(provider(installation), BundleComparison.class.getClassLoader());
        this.schemas = ServiceLoader.load(Schemas.class, loader)
                .findFirst()
                .orElseThrow(() -> ClawException.refused(
                        "installation.incomplete",
                        "What compares schemas is not in " + installation.bundles() + " (expected: " + PROVIDER
                                + "). Use the claw of a whole installation."));
    }

    /** Empty where there is no such folder: then it is on the class path, or nowhere. */
    private static URL[] provider(Installation installation) throws IOException {
        if (!Files.isDirectory(installation.bundles())) {
            return new URL[0];
        }
        try (var found = Files.newDirectoryStream(installation.bundles(), PROVIDER)) {
            var urls = new ArrayList<URL>();
            for (var jar : found) {
                urls.add(url(jar));
            }
            return urls.toArray(URL[]::new);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException none) {
            throw new IllegalStateException("a file has a URL", none);
        }
    }

    /**
     * What a bundle would break where another one is deployed.
     *
     * @param agentType the type
     * @param found why it does not get on; empty when it does
     */
    record Compared(String agentType, List<SchemaBreak> found) {}

    /** Compares the types that both bundles bring, in the order of their names. */
    List<Compared> compare(Path present, Path arriving) throws IOException {
        var before = read(present);
        var all = new ArrayList<Compared>();
        for (var type : read(arriving)) {
            before.stream()
                    .filter(other -> other.agentType().equals(type.agentType()))
                    .findFirst()
                    .ifPresent(other -> all.add(new Compared(type.agentType(), compare(other, type, arriving))));
        }
        return all;
    }

    private List<TypeSchemas> read(Path jar) throws IOException {
        try {
            return schemas.readBundle(jar);
        } catch (IllegalArgumentException malformed) {
            throw unreadable(jar, malformed);
        }
    }

    private List<SchemaBreak> compare(TypeSchemas present, TypeSchemas arriving, Path jar) {
        try {
            return schemas.compare(present, arriving);
        } catch (IllegalArgumentException malformed) {
            throw unreadable(jar, malformed);
        }
    }

    private static ClawException unreadable(Path jar, IllegalArgumentException why) {
        return ClawException.refused(
                "schema.unreadable", "The schemas of " + jar + " cannot be compared: " + why.getMessage());
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
