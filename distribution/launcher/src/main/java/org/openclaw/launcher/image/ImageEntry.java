package org.openclaw.launcher.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.claw.ClawCommand;

/**
 * What {@code bin/claw} is elsewhere. The kernel starts it by the first line of {@code /usr/bin/claw}, which names the JVM
 * and the options of a command; so the first argument is that script.
 *
 * <p>A command goes on in this JVM. {@code run} needs other options, depending on how much memory there is: it takes the
 * place of this process, so that what the container's signals reach, and what its exit code is from, is the container itself.
 * {@code probe} is for health checks, which come every few seconds: it asks {@code /readyz} and loads nothing else.
 */
public final class ImageEntry {
    private ImageEntry() {}

    /** Ends the JVM with the verb's exit code, unless another program has taken its place. */
    public static void main(String... arguments) {
        var words = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        switch (words.isEmpty() ? "" : words.getFirst()) {
            case "run" -> System.exit(run(words));
            case "probe" -> System.exit(Probe.of(System.getenv()).ask());
            default -> ClawCommand.main(words.toArray(String[]::new));
        }
    }

    private static int run(List<String> words) {
        var environment = System.getenv();
        try {
            var profile = Profile.choose(environment, Memory.of(Path.of("/")).mebibytes());
            new Program(commandLine(profile, environment.getOrDefault("CLAW_JAVA_OPTS", ""), words))
                    .replaceThisProcess();
            return 1;
        } catch (IllegalArgumentException misused) {
            System.err.println(misused.getMessage());
            return 2;
        }
    }

    /** The options stand in files that the build wrote down from what {@code bin/claw} says. */
    private static List<String> commandLine(Profile profile, String more, List<String> words) {
        var installation = Installation.here().folder();
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("@" + installation.resolve("image").resolve(profile.optionsFile()));
        Arrays.stream(more.split("\\s+")).filter(option -> !option.isEmpty()).forEach(line::add);
        line.add(ClawCommand.class.getName());
        line.addAll(words);
        return line;
    }
}
