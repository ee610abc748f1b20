package org.openclaw.image.assembly;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Other programs of the build machine. */
final class Command {
    private Command() {}

    /** What it prints; fails with that when its exit code is not 0. */
    static String run(String... line) throws IOException, InterruptedException {
        return run(Map.of(), line);
    }

    /** The same, with these variables and without our own {@code CLAW_} ones. */
    static String run(Map<String, String> environment, String... line) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("CLAW_"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException("%s ended with %d:%n%s".formatted(List.of(line), exit, printed));
        }
        return printed;
    }
}
