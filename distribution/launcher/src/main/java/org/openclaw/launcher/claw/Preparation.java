package org.openclaw.launcher.claw;

import java.io.IOException;
import java.net.URI;
import java.time.ZoneId;
import java.util.Objects;
import org.openclaw.launcher.JsonTree;

/**
 * Initializes, beside the reading of the command line, what comes after it in most verbs and takes the JVM long: the first JSON
 * parser computes the big powers of ten of {@code BigDecimal} (a quarter of a command's time), the first connection reads
 * the JDK's network properties, the first date its time zones. Whoever needs one earlier waits for it as ever.
 *
 * @param asks whether the verb talks to a container and shows what it says, as most do
 */
record Preparation(boolean asks) implements Runnable {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    /** For a command of these words; returns at once. */
    static void begin(String... arguments) {
        var asks = arguments.length > 0 && !arguments[0].equals("run");
        Thread.ofPlatform().daemon().name("claw-preparation").start(new Preparation(asks));
    }

    @Override
    public void run() {
        JsonTree.read("{}");
        if (!asks) {
            return;
        }
        try {
            // it does not connect yet
            NOWHERE.toURL().openConnection();
        } catch (IOException unlikely) {
            // the verb will say so
        }
        Objects.requireNonNull(ZoneId.systemDefault());
    }
}
