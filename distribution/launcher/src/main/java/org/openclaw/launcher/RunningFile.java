package org.openclaw.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What a running container tells the commands of its home, in {@code data/running.json}. It counts only while the lock of
 * {@code data/} is held: a crash leaves it behind.
 *
 * @param pid the process
 * @param url where its HTTP server listens, empty without one
 */
public record RunningFile(long pid, String url) {
    /** The container that runs on a home; empty when none does, or it has not begun to listen yet. */
    public static Optional<RunningFile> of(Home home) throws IOException {
        var holder = DataLock.holder(home.data());
        if (holder.isEmpty()) {
            return Optional.empty();
        }
        var url = "";
        if (Files.isRegularFile(home.running())) {
            try {
                var content = JsonTree.read(Files.readAllBytes(home.running()));
                if (content.path("pid").asLong(-1) == holder.get()) {
                    url = content.path("url").asString("");
                }
            } catch (JacksonException halfWritten) {
                // it is just starting
            }
        }
        return Optional.of(new RunningFile(holder.get(), url));
    }

    /** Why it does not take work yet; empty when it does. */
    public Optional<String> missing() {
        return url.isEmpty() ? Optional.of("it does not listen yet, or has no gateway") : missing(URI.create(url));
    }

    /** Why a server does not take work yet, as it tells everybody; empty when it does. */
    public static Optional<String> missing(URI server) {
        return Readiness.missing(server);
    }

    void write(Home home) throws IOException {
        new JsonFiles().write(home.running(), this);
    }
}
