package org.openclaw.launcher.aot;

import java.util.Locale;
import java.util.Optional;

/** What starts with a cache; {@code bin/claw} knows the same names. */
public enum AotKind {
    /** The container in the profile {@code small}. */
    SMALL,
    /** The container in the profile {@code server}. */
    SERVER,
    /** Every other verb. */
    VERBS;

    /** As in the names of files, such as {@code small}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The container's kind in a profile; empty for a profile that there is none of. */
    static Optional<AotKind> ofProfile(String profile) {
        return switch (profile) {
            case "small" -> Optional.of(SMALL);
            case "server" -> Optional.of(SERVER);
            default -> Optional.empty();
        };
    }

    /** The profile in which {@code bin/claw} starts it; a verb has none of its own. */
    String profile() {
        return this == SERVER ? "server" : "small";
    }

    /** A verb that {@code bin/claw} starts with this cache. */
    String verb() {
        return this == VERBS ? "status" : "run";
    }
}
