package org.openclaw.launcher.claw;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openclaw.launcher.Container;
import org.openclaw.launcher.Installation;
import org.openclaw.launcher.LaunchException;
import org.openclaw.launcher.Restore;
import org.openclaw.launcher.Signals;
import org.openclaw.launcher.aot.BackgroundTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the container until somebody stops it. A clean stop, by Ctrl-C or SIGTERM too, ends in 0; one that took too long in 1. */
@Command(
        name = "run",
        description = "Run the container in the foreground, until Ctrl-C or SIGTERM.",
        footer = {
            "",
            "The first Ctrl-C lets turns in flight end (conf/openclaw.json: stopSeconds, 30); the second halts."
        })
final class RunCommand implements Callable<Integer> {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    @Mixin
    private Output output = new Output();

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Listen on this port instead of the configured one (8080).")
    private @Nullable Integer port;

    @Option(
            names = "--admin-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:CLAW_ADMIN_TOKEN_FILE}",
            description = "Take the administrator's token from this file at each start; the home keeps a copy of it."
                    + " Default: $CLAW_ADMIN_TOKEN_FILE, else the token that the first start makes.")
    private @Nullable Path adminToken;

    @Option(
            names = "--stop-with-parent",
            description = "Stop when the process that started this one ends; build tools leave their children behind.")
    private boolean stopWithParent;

    @Option(
            names = "--from",
            paramLabel = "CHECKPOINT",
            description = "Start from this checkpoint: its name, or its folder. The home must have no data yet.")
    private @Nullable String checkpoint;

    @Option(names = "--replace-data", description = "With --from: move the data that the home has to data/trash first.")
    private boolean replaceData;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var container = start()) {
            Signals.onStop(container::requestStop);
            if (stopWithParent) {
                ProcessHandle.current().parent().ifPresent(parent -> {
                    var _ = parent.onExit().thenRun(container::requestStop);
                });
            }
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(container)));
            var missing = container.awaitReady(READY_WITHIN);
            if (!container.stopping()) {
                var screen = new Screen(container, missing);
                output.show(screen.fields(), screen.text());
            }
            container.checkClassPath();
            try (var _ = BackgroundTraining.begin(
                    Installation.here(), container.home().trust(), container.aotTraining())) {
                container.awaitStopRequest();
            }
            if (!output.asJson()) {
                System.err.println("Stopping; turns in flight have %d s to end."
                        .formatted(container.stopWithin().toSeconds()));
            }
            return container.stop() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (LaunchException refused) {
            throw ClawException.refused(refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    private Container start() throws IOException, LaunchException {
        var wanted = port;
        if (wanted != null && (wanted < 1 || wanted > 65535)) {
            throw ClawException.misused("--port: " + wanted + " (expected: 1 to 65535)");
        }
        restore();
        return Container.start(
                Installation.here(),
                home.home(),
                wanted == null ? OptionalInt.empty() : OptionalInt.of(wanted),
                // an empty variable names nothing
                Optional.ofNullable(adminToken).filter(file -> !file.toString().isEmpty()),
                Clock.systemUTC(),
                new SecureRandom());
    }

    private void restore() throws IOException, LaunchException {
        var from = checkpoint;
        if (from != null) {
            new Restore(home.home(), from, replaceData).run(Installation.here(), Clock.systemUTC());
        } else if (replaceData) {
            throw ClawException.misused(
                    "--replace-data replaces the data by a checkpoint: name it with '--from CHECKPOINT'.");
        }
    }

    /** For an end of the JVM that came past our signals. */
    private static void stop(Container container) {
        try {
            container.close();
        } catch (IOException ending) {
            System.err.println("Stopping: " + ending);
        }
    }
}
