package org.openclaw.launcher.aot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openclaw.launcher.Home;

/** The home of a container that runs for a training alone: all defaults, the trust store of a real home, and the examples. */
record RehearsalHome(Home home) {
    /** What a real home has admitted is its own affair. */
    private static final String KNOWN = "known.json";

    void make(Path trust, List<Path> examples) throws IOException {
        Files.createDirectories(home.deploy());
        for (var example : examples) {
            Files.copy(example, home.deploy().resolve(example.getFileName()));
        }
        try (var files = Files.walk(trust)) {
            for (var file : files.toList()) {
                var copy = home.trust().resolve(trust.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!file.endsWith(KNOWN)) {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
