package org.openclaw.launcher.claw;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openclaw.launcher.RunningFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends the container that runs on a home, as Ctrl-C would. */
@Command(name = "stop", description = "Stop the container that runs on this home; returns when it has ended.")
final class StopCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(
            names = "--within",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for its end (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var running = RunningFile.of(home.home()).orElseThrow(() -> NotRunning.on(home.home()));
        var process = ProcessHandle.of(running.pid()).orElseThrow(() -> NotRunning.on(home.home()));
        if (!process.destroy()) {
            throw ClawException.refused(
                    "stop.forbidden",
                    "Cannot stop process %d (expected: a process of this user). Stop it as the user who started it."
                            .formatted(running.pid()));
        }
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw ClawException.refused(
                    "stop.late",
                    "Process %d has not ended within %d s; it is still letting turns in flight end. Wait, or end it with SIGKILL."
                            .formatted(running.pid(), seconds));
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("the end of a process has no exception", impossible);
        }
        output.show(Map.of("stopped", running.pid()), "Stopped process " + running.pid() + ".");
        return ExitCode.OK;
    }
}
