package org.openclaw.launcher.claw.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which Java runs this, and whether it is the one that the environment names. */
final class JavaCheck implements Check {
    private static final int LEAST = 25;
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    @Override
    public String area() {
        return "java";
    }

    @Override
    public Examination look(Situation situation) throws IOException {
        var java = situation.machine().java();
        var named = situation.machine().environment().getOrDefault("JAVA_HOME", "");
        var findings = Stream.concat(old(java).stream(), ignored(java, named).stream());
        return Examination.of(java.version() + " in " + java.home(), findings);
    }

    private static Optional<Finding> old(Machine.Java java) {
        return java.feature() >= LEAST
                ? Optional.empty()
                : Optional.of(Finding.error(
                                "java.old",
                                java.home(),
                                "This is Java %s (expected: %d or newer).".formatted(java.version(), LEAST))
                        .because("The container does not start on it.")
                        .cure("Install a JDK " + LEAST + ", set JAVA_HOME to it, and start claw by bin/claw."));
    }

    /** bin/claw passes over a JAVA_HOME that it cannot use, without a word. */
    private static Optional<Finding> ignored(Machine.Java java, String named) throws IOException {
        if (named.isEmpty() || java.feature() < LEAST) {
            return Optional.empty();
        }
        var feature = feature(Path.of(named));
        if (feature.isPresent() && feature.get() >= LEAST) {
            return Optional.empty();
        }
        var found = feature.map(number -> "a Java " + number).orElse("no JDK");
        return Optional.of(Finding.hint(
                        "java.home.ignored",
                        "JAVA_HOME",
                        "JAVA_HOME is %s, which is %s (expected: Java %d or newer); bin/claw uses %s instead."
                                .formatted(named, found, LEAST, java.home()))
                .because("Other programs that read JAVA_HOME, Maven for one, use another Java than the container.")
                .cure("Set it to the one that is used.", "export JAVA_HOME=" + Shell.quoted(java.home())));
    }

    private static Optional<Integer> feature(Path home) throws IOException {
        var release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        var matcher = VERSION.matcher(Files.readString(release));
        return matcher.find() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }
}
