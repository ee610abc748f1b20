package org.openclaw.bench.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Where the checkout keeps what these tests look at. */
public final class Checkout {
    public static final Path ROOT = Path.of(System.getProperty("openclaw.root", "../.."))
            .toAbsolutePath()
            .normalize();
    public static final String VERSION = System.getProperty("openclaw.version", "0.1.0");

    private Checkout() {}

    /** The folders of all bundles. */
    public static List<Path> bundles() {
        return list(ROOT.resolve("bundles"), folder -> Files.exists(folder.resolve("pom.xml")));
    }

    /** The folders of the modules that are no bundles, and have code of their own. */
    public static List<Path> distributions() {
        return list(ROOT.resolve("distribution"), folder -> Files.isDirectory(folder.resolve("src/main/java")));
    }

    /** The built jar of a bundle. */
    public static Path jar(Path bundle) {
        return bundle.resolve("target").resolve(bundle.getFileName() + "-" + VERSION + ".jar");
    }

    /** The built jar of the bundle of this name. */
    public static Path jar(String name) {
        return jar(ROOT.resolve("bundles").resolve(name));
    }

    /** Removes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    public static List<Path> list(Path folder, Predicate<Path> wanted) {
        try (var children = Files.list(folder)) {
            return children.filter(wanted).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
