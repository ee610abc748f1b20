package org.openclaw.image.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * The Java runtime of the image, linked from the JDK that runs this: all of Java SE, because a bundle that is dropped in may
 * import any of it (Jackson and Jetty import {@code java.beans} and {@code javax.rmi.ssl}), and those modules of the JDK that
 * servers use. Nothing that needs a screen.
 *
 * @param folder where it is made
 */
record JavaRuntime(Path folder) {
    private static final List<String> MODULES = List.of(
            "java.se",
            "jdk.charsets",
            "jdk.crypto.cryptoki",
            "jdk.crypto.ec",
            "jdk.jcmd",
            "jdk.jfr",
            "jdk.management",
            "jdk.management.agent",
            "jdk.naming.dns",
            "jdk.net",
            "jdk.nio.mapmode",
            "jdk.security.auth",
            "jdk.unsupported",
            "jdk.zipfs");
    /** They link against the libraries of X11 and ALSA. */
    private static final String FOR_A_SCREEN = "**/libawt_xawt.so,**/libjawt.so,**/libsplashscreen.so,**/libjsound.so";

    /**
     * Links it, unless one is there that was linked from the same JDK with the same modules.
     *
     * @param more further modules, separated by commas; may be empty
     */
    void link(String more) throws IOException, InterruptedException {
        var modules = String.join(",", MODULES) + (more.isEmpty() ? "" : "," + more);
        var stamp = folder.resolveSibling(folder.getFileName() + ".stamp");
        var wanted = Runtime.version() + " " + System.getProperty("java.home") + " " + modules;
        if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
            return;
        }
        Tree.delete(folder);
        Files.deleteIfExists(stamp);
        var jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() ->
                        new IllegalStateException("%s has no jlink (expected: a whole JDK 25). Build with another one."
                                .formatted(System.getProperty("java.home"))));
        int failed = jlink.run(
                System.out,
                System.err,
                "--add-modules",
                modules,
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--compress",
                "zip-6",
                "--exclude-files",
                FOR_A_SCREEN,
                "--output",
                folder.toString());
        if (failed != 0) {
            throw new IllegalStateException("jlink failed, and says why above (modules: %s).".formatted(modules));
        }
        archiveClasses();
        Files.writeString(stamp, wanted);
    }

    /** The archive of loaded classes that the options of {@code bin/claw} look for: with compact object headers. */
    private void archiveClasses() throws IOException, InterruptedException {
        Command.run(
                folder.resolve("bin/java").toString(), "-Xshare:dump", "-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders");
    }
}
