package org.openclaw.launcher.aot;

import java.io.Serial;
import java.nio.file.Path;

/** Ends a training; never leaves this package. */
final class Abandoned extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String BY_HAND = "'claw aot' makes it by hand.";

    private final transient Trained.Failed why;

    private Abandoned(String code, String text, boolean expected) {
        super(text);
        this.why = new Trained.Failed(code, text, expected);
    }

    Trained.Failed why() {
        return why;
    }

    static Abandoned unwritable(Path folder) {
        return new Abandoned(
                "aot.unwritable",
                "No ahead-of-time cache: this user cannot write %s (expected: the owner of the installation). Its owner makes one with 'claw aot'."
                        .formatted(folder),
                true);
    }

    static Abandoned foreign(Path folder, String found) {
        return new Abandoned(
                "aot.foreign",
                "No ahead-of-time cache: %s %s (expected: a folder of this user). Remove it, or let its owner run 'claw aot'."
                        .formatted(folder, found),
                false);
    }

    static Abandoned busy(Path folder) {
        return new Abandoned(
                "aot.busy", "Another process makes the ahead-of-time cache in %s.".formatted(folder), true);
    }

    static Abandoned memory(long mebibytes, long needed) {
        return new Abandoned(
                "aot.memory",
                "No ahead-of-time cache: %d MiB of memory are free (expected: %d to make one). %s Stop something before."
                        .formatted(mebibytes, needed, BY_HAND),
                true);
    }

    static Abandoned disk(Path folder, long mebibytes, long needed) {
        return new Abandoned(
                "aot.disk",
                "No ahead-of-time cache: %d MiB are free in %s (expected: %d to make one). %s Make room before."
                        .formatted(mebibytes, folder, needed, BY_HAND),
                true);
    }

    static Abandoned failed(String found) {
        return new Abandoned(
                "aot.failed",
                "No ahead-of-time cache: %s (expected: a container that starts, serves and ends). %s"
                        .formatted(found, BY_HAND),
                false);
    }

    static Abandoned late(String what, long seconds) {
        return new Abandoned(
                "aot.late",
                "No ahead-of-time cache: after %d s there was still no end of %s. %s".formatted(seconds, what, BY_HAND),
                false);
    }

    static Abandoned stopped() {
        return new Abandoned("aot.stopped", "No ahead-of-time cache: the container stops.", true);
    }
}
