package org.openclaw.launcher.aot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openclaw.launcher.Installation;

/**
 * {@code bin/claw} in a process that takes the processor only when nobody else wants it, and that the system ends first when
 * memory is short. It has the JDK of this process, and of its environment nothing that is about a container.
 *
 * @param claw the script
 * @param folder where it runs and where what it prints goes; options name files relative to it, because they cannot have blanks
 */
record ClawProcess(Path claw, Path folder) {
    private static final List<String> LOWEST_PRIORITY = List.of("nice", "-n", "19");
    private static final List<String> ABOUT_A_CONTAINER =
            List.of("CLAW_HOME", "CLAW_ADMIN_TOKEN_FILE", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    static ClawProcess of(Installation installation, Path folder) {
        return new ClawProcess(installation.folder().resolve("bin/claw"), folder);
    }

    /**
     * Starts it.
     *
     * @param options for the JVM, split at blanks
     */
    Process start(AotKind kind, String options, List<String> words) throws IOException {
        try {
            return start(LOWEST_PRIORITY, kind, options, words);
        } catch (IOException noSuchProgram) {
            return start(List.of(), kind, options, words);
        }
    }

    private Process start(List<String> prefix, AotKind kind, String options, List<String> words) throws IOException {
        var line = new ArrayList<>(prefix);
        line.add(claw.toString());
        line.addAll(words);
        var builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(printed().toFile()));
        var environment = builder.environment();
        ABOUT_A_CONTAINER.forEach(environment::remove);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("CLAW_PROFILE", kind.profile());
        // it shall neither use a cache nor train in its turn
        environment.put("CLAW_AOT", "off");
        environment.put("CLAW_JAVA_OPTS", options);
        var process = builder.start();
        process.getOutputStream().close();
        sacrifice(process);
        return process;
    }

    private Path printed() {
        return folder.resolve("printed");
    }

    /** The last line that such processes have printed, for people. */
    String lastWords() {
        try {
            var lines = Files.readAllLines(printed(), StandardCharsets.UTF_8).stream()
                    // the JVM has the last word of all, and it is no reason
                    .filter(line -> !line.isBlank() && !line.startsWith("AOTConfiguration "))
                    .toList();
            return lines.isEmpty() ? "nothing" : "'" + lines.getLast().strip() + "'";
        } catch (IOException unreadable) {
            return "nothing";
        }
    }

    /** Only Linux knows how. */
    private static void sacrifice(Process process) {
        try {
            Files.writeString(Path.of("/proc", Long.toString(process.pid()), "oom_score_adj"), "1000");
        } catch (IOException otherSystem) {
            // it is a courtesy
        }
    }
}
