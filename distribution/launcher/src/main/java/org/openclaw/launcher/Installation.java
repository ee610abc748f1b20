package org.openclaw.launcher;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The binaries: {@code bin/}, {@code lib/}, {@code bundles/}, {@code features/}, and the {@code conf/} that a new home
 * begins with. Together with a home's {@code conf/} it is the root of trust.
 *
 * @param folder absolute
 */
public record Installation(Path folder) {
    /** How {@code bin/claw} tells the JVM where it lies. */
    public static final String PROPERTY = "openclaw.installation";

    public Installation {
        folder = folder.toAbsolutePath().normalize();
    }

    /** The one that this class was loaded from, unless {@code bin/claw} named another. */
    public static Installation here() {
        var named = System.getProperty(PROPERTY, "");
        if (!named.isEmpty()) {
            return new Installation(Path.of(named));
        }
        try {
            var source =
                    Installation.class.getProtectionDomain().getCodeSource().getLocation();
            var jar = Path.of(source.toURI());
            var lib = jar.getParent();
            var folder = lib == null ? null : lib.getParent();
            return new Installation(folder == null ? jar : folder);
        } catch (URISyntaxException unreadable) {
            throw new IllegalStateException("a code source is a URI", unreadable);
        }
    }

    public Path bundles() {
        return folder.resolve("bundles");
    }

    public Path lib() {
        return folder.resolve("lib");
    }

    public Path features() {
        return folder.resolve("features");
    }

    public Path conf() {
        return folder.resolve("conf");
    }

    /** The folders whose every file is on the signed list of digests. */
    public List<Path> checkedFolders() {
        return List.of(folder.resolve("bin"), bundles(), features(), lib());
    }

    /** The signed list of digests; its signature lies beside it. */
    public Path digests() {
        return folder.resolve("digests.txt");
    }

    /** Whether this is an assembled installation and not, say, a class folder of a build. */
    public boolean complete() {
        return Files.isDirectory(bundles()) && Files.isDirectory(features());
    }
}
