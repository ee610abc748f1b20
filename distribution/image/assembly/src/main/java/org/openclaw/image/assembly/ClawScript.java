package org.openclaw.image.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code /usr/bin/claw} of the image, which the kernel runs without a shell, and the options for the JVM beside it. They
 * are those of {@code bin/claw}: it is run here, for each of its cases, with a java that only says how it was called.
 *
 * @param installation the installation whose {@code bin/claw} is asked
 * @param root of the layer
 */
record ClawScript(Path installation, Path root) {
    private static final String MAIN = "org.openclaw.launcher.claw.ClawCommand";
    private static final String ENTRY = "org.openclaw.launcher.image.ImageEntry";
    private static final String COMMAND = "command.options";

    void write() throws IOException, InterruptedException {
        var command = new ArrayList<>(options("", "status"));
        // the one archive of loaded classes that is in the image
        command.add("-XX:+UseCompactObjectHeaders");
        // to become the container, see ImageEntry
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add(ENTRY);
        write(COMMAND, command);
        write("small.options", options("small", "run"));
        write("server.options", options("server", "run"));

        var script = root.resolve("usr/bin/claw");
        Tree.write(
                script,
                "#!/%s/bin/java @/%s/image/%s\nThe kernel runs the line above, and adds the name of this file and the arguments.\n"
                        .formatted(ImageAssembly.JAVA, ImageAssembly.INSTALLATION, COMMAND));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void write(String name, List<String> options) throws IOException {
        var text = new StringBuilder();
        for (var option : options) {
            text.append('"')
                    .append(option.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"\n");
        }
        Tree.write(root.resolve(ImageAssembly.INSTALLATION).resolve("image").resolve(name), text.toString());
    }

    /** What {@code bin/claw} passes to the JVM before the main class, with the paths of the image. */
    private List<String> options(String profile, String verb) throws IOException, InterruptedException {
        var jdk = Files.createTempDirectory("openclaw-jdk");
        try {
            Tree.write(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
            var java = jdk.resolve("bin/java");
            Tree.write(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
            Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
            var environment = Map.of("JAVA_HOME", jdk.toString(), "CLAW_PROFILE", profile);
            var line = Command.run(environment, installation.resolve("bin/claw").toString(), verb)
                    .lines()
                    .toList();
            int main = line.indexOf(MAIN);
            if (main < 0) {
                throw new IllegalStateException(
                        "bin/claw %s runs %s (expected: options, then %s).".formatted(verb, line, MAIN));
            }
            var here = installation.toRealPath().toString();
            return line.subList(0, main).stream()
                    .map(option -> option.replace(here, "/" + ImageAssembly.INSTALLATION))
                    .toList();
        } finally {
            Tree.delete(jdk);
        }
    }
}
