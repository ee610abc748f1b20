package org.openclaw.launcher.image;

import java.util.Map;

/** How much of the machine the container may take; {@code bin/claw} knows the same two, with the same bound. */
enum Profile {
    SMALL,
    SERVER;

    private static final long SMALL_BELOW_MEBIBYTES = 1024;

    /**
     * The one that {@code CLAW_PROFILE} names, else the one that fits the memory.
     *
     * @throws IllegalArgumentException when it names another
     */
    static Profile choose(Map<String, String> environment, long mebibytes) {
        return switch (environment.getOrDefault("CLAW_PROFILE", "")) {
            case "small" -> SMALL;
            case "server" -> SERVER;
            case "" -> mebibytes < SMALL_BELOW_MEBIBYTES ? SMALL : SERVER;
            case String other ->
                throw new IllegalArgumentException("CLAW_PROFILE: %s (expected: small or server).".formatted(other));
        };
    }

    /** Its options for the JVM, within the folder of the options. */
    String optionsFile() {
        return switch (this) {
            case SMALL -> "small.options";
            case SERVER -> "server.options";
        };
    }
}
