package org.openclaw.itest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.openclaw.bench.container.Checkout;
import org.openclaw.bench.container.Container.Ran;

/**
 * Maven as an author has it: the one that runs this build, with this build's local repository in all but what is ours. That
 * comes from the installation, and is not left behind in the local repository of whoever runs the tests.
 *
 * @param repository the local repository
 */
record Maven(Path repository) {
    private static final String OURS = "openclaw";
    /** For JVMs that live for seconds: half the CPU time without the optimising compiler and with one collector thread. */
    private static final String BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    /** A local repository with links to everything in the real one, and a fresh place of its own for org.openclaw. */
    static Maven withoutOurs() throws IOException {
        var real = Path.of(System.getProperty("openclaw.repository"));
        // no temporary folder of JUnit, which warns of each link
        var folder = Checkout.ROOT.resolve("distribution/itest/target/local-repository");
        delete(folder);
        var org = Files.createDirectories(folder.resolve("org"));
        link(real, folder, "org");
        link(real.resolve("org"), org, OURS);
        Files.createDirectories(org.resolve(OURS));
        return new Maven(folder);
    }

    /** Links are deleted, never followed. */
    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void link(Path real, Path folder, String but) throws IOException {
        try (var entries = Files.newDirectoryStream(real, entry -> !entry.endsWith(but))) {
            for (var entry : entries) {
                Files.createSymbolicLink(folder.resolve(entry.getFileName()), entry);
            }
        }
    }

    /** Runs {@code mvn} with these words in a folder, to its end; what is not in the local repository is downloaded. */
    Ran run(Path folder, String... words) throws Exception {
        var command = new ArrayList<>(List.of(System.getProperty("openclaw.maven"), "-B", "-ntp"));
        command.add("-Dmaven.repo.local=" + repository);
        command.add("-DargLine=" + BRIEF);
        if (System.getProperty("openclaw.offline", "").endsWith("true")) {
            // the installation's repository is no network
            command.addAll(List.of("-o", "-Daether.offline.protocols=file"));
        }
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().merge("MAVEN_OPTS", BRIEF, (given, ours) -> given + " " + ours);
        var process = builder.start();
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out);
    }
}
