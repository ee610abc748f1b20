package org.openclaw.launcher.aot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openclaw.launcher.Installation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it, once a container serves, that the next start has its ahead-of-time caches, and says in the log what this one
 * had of them. Whatever goes wrong with that, the container goes on.
 */
public final class BackgroundTraining implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundTraining.class);
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long FAREWELL_MILLIS = 5000;
    /** Where options for the JVM may come from that do not go with a cache. */
    private static final List<String> OPTIONS = List.of("CLAW_JAVA_OPTS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS");

    private final Optional<Training> training;
    private final Thread thread;

    private BackgroundTraining(Optional<Training> training, Runnable work) {
        this.training = training;
        this.thread = Thread.ofPlatform().daemon().name("openclaw-aot").unstarted(work);
    }

    /**
     * Begins; returns at once.
     *
     * @param trust the trust store of the home of this container
     * @param wanted whether a cache may be made; what there is is told either way
     */
    public static BackgroundTraining begin(Installation installation, Path trust, boolean wanted) {
        var caches = AotCaches.of(installation);
        var kind = AotCaches.ofThisProfile();
        if (caches.isEmpty() || kind.isEmpty()) {
            return new BackgroundTraining(Optional.empty(), () -> {});
        }
        var training = new Training(installation, caches.get(), trust, LIMIT);
        var background = new BackgroundTraining(
                Optional.of(training),
                () -> run(caches.get(), kind.get(), wanted ? Optional.of(training) : Optional.empty()));
        background.thread.start();
        return background;
    }

    private static void run(AotCaches caches, AotKind kind, Optional<Training> training) {
        try {
            var missing = missing(caches, kind, caches.state(kind));
            if (training.isPresent() && !missing.isEmpty()) {
                LOG.info("Making the ahead-of-time cache for the next start, in the background");
                tell(training.get().run(missing));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unforeseen) {
            LOG.warn("No ahead-of-time cache was made; 'claw aot' makes it by hand.", unforeseen);
        }
    }

    private static EnumSet<AotKind> missing(AotCaches caches, AotKind kind, AotCaches.State state) {
        var missing = EnumSet.noneOf(AotKind.class);
        var file = caches.file(kind);
        switch (state) {
            case USED -> LOG.info("Ahead-of-time cache: used ({})", file);
            case UNTRUSTED ->
                LOG.warn(
                        "Ahead-of-time cache: {} is not used, because others than root and this user can write it or its"
                                + " folder, or it belongs to somebody else. Remove it, or let the owner of the installation"
                                + " run 'claw aot'.",
                        file);
            case REFUSED -> {
                var options = options(System.getenv());
                if (options.isEmpty()) {
                    LOG.info("Ahead-of-time cache: the JVM does not take {}; it is made again", file);
                    missing.add(kind);
                } else {
                    LOG.info("Ahead-of-time cache: the JVM does not take {} with the options {}", file, options);
                }
            }
            case ABSENT -> missing.add(kind);
        }
        if (state != AotCaches.State.UNTRUSTED && !caches.has(AotKind.VERBS)) {
            missing.add(AotKind.VERBS);
        }
        return missing;
    }

    private static String options(Map<String, String> environment) {
        return String.join(
                        " ",
                        OPTIONS.stream()
                                .map(name -> environment.getOrDefault(name, ""))
                                .toList())
                .strip();
    }

    private static void tell(Trained trained) {
        switch (trained) {
            case Trained.Made made ->
                LOG.info(
                        "Made the ahead-of-time caches {} in {} s",
                        made.caches().stream().map(Trained.Cache::file).toList(),
                        made.took().toSeconds());
            case Trained.Failed failed when failed.expected() -> LOG.info(failed.text());
            case Trained.Failed failed -> LOG.warn(failed.text());
        }
    }

    /** Ends a training that is under way. */
    @Override
    public void close() {
        training.ifPresent(Training::stop);
        thread.interrupt();
        try {
            thread.join(FAREWELL_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
