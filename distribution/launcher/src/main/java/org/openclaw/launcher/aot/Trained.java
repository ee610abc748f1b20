package org.openclaw.launcher.aot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What came of a training. */
public sealed interface Trained {
    /**
     * The next start has them.
     *
     * @param caches in the order in which they were made; none when there was nothing to do
     * @param took from the beginning to the end
     */
    record Made(List<Cache> caches, Duration took) implements Trained {
        public Made {
            caches = List.copyOf(caches);
        }
    }

    /**
     * A cache that was made.
     *
     * @param kind what starts with it
     * @param bytes its size
     */
    record Cache(AotKind kind, Path file, long bytes) {}

    /**
     * There is none; what runs goes on, and starts go on to take longer.
     *
     * @param code a stable code such as {@code aot.memory}
     * @param text what happened, what was expected, what to do
     * @param expected whether this happens on sound installations too, and needs nobody's attention
     */
    record Failed(String code, String text, boolean expected) implements Trained {}
}
