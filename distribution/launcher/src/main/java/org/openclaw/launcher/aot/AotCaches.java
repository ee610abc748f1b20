package org.openclaw.launcher.aot;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.openclaw.launcher.Installation;

/**
 * The ahead-of-time caches of an installation: what the JVM keeps of the classes that a start loads, so that the next start
 * need not read, check and link them again.
 *
 * <p>A cache is code. So it lies in the installation, which is the root of trust, never in a home; {@code bin/claw} uses it
 * only while nobody but root and its own user can write it, and only when its name says that it was made with this JDK and
 * this release. The name is what counts: the JVM does not compare the class path with a cache that holds all of its classes
 * linked (JDK 25), and would run those of another release.
 *
 * @param folder {@code aot/} of the installation
 * @param key the JDK and the release as {@code bin/claw} names them, such as {@code 25.0.3+9-LTS-374837265-5521}
 */
public record AotCaches(Path folder, String key) {
    static final String SUFFIX = ".aot";

    private static final String KEY = "openclaw.aot";
    private static final String GIVEN = "openclaw.aot.given";
    private static final String PROFILE = "openclaw.profile";

    /** What this process has of its cache. */
    enum State {
        /** The JVM runs with it. */
        USED,
        /** {@code bin/claw} found it, and the JVM did not take it. */
        REFUSED,
        /** It is there, and {@code bin/claw} left it: others could have written it. */
        UNTRUSTED,
        /** There is none. */
        ABSENT
    }

    /**
     * Those that {@code bin/claw} looked for when it started this process; empty when it looked for none: it was told so, the
     * JVM was given options that may not go with one, or nothing is known of the JDK's build.
     */
    public static Optional<AotCaches> of(Installation installation) {
        return of(installation, System.getProperty(KEY, ""));
    }

    static Optional<AotCaches> of(Installation installation, String key) {
        return key.matches("[0-9A-Za-z.+_-]+")
                ? Optional.of(new AotCaches(installation.folder().resolve("aot"), key))
                : Optional.empty();
    }

    /** The kind of the container that this process is, or would be; empty when {@code bin/claw} did not say. */
    public static Optional<AotKind> ofThisProfile() {
        return AotKind.ofProfile(System.getProperty(PROFILE, ""));
    }

    /** Where a cache lies when there is one. */
    public Path file(AotKind kind) {
        return folder.resolve(kind.label() + "-" + key + SUFFIX);
    }

    /** Whether there is a cache of this kind. */
    public boolean has(AotKind kind) {
        return Files.isRegularFile(file(kind), LinkOption.NOFOLLOW_LINKS);
    }

    State state(AotKind ofThisProcess) {
        return state(
                ofThisProcess,
                Map.of(GIVEN, System.getProperty(GIVEN, ""), "java.vm.info", System.getProperty("java.vm.info", "")));
    }

    State state(AotKind kind, Map<String, String> properties) {
        if (properties.getOrDefault(GIVEN, "").isEmpty()) {
            return has(kind) ? State.UNTRUSTED : State.ABSENT;
        }
        // the JVM says "mixed mode, sharing" when it has taken the cache that it was given, or its own where it was
        // given none
        return properties.getOrDefault("java.vm.info", "").contains("sharing") ? State.USED : State.REFUSED;
    }
}
