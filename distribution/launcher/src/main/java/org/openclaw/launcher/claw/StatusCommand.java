package org.openclaw.launcher.claw;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what runs on a home: whether it takes work, how much it has to do, and what needs attention. */
@Command(
        name = "status",
        description = {
            "Show whether a container runs on this home, how it is, and what needs attention.",
            "Exit code 0: it runs and takes work; 1: it does not; 2: misused."
        })
final class StatusCommand implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofSeconds(2);

    @Option(names = "--watch", description = "Show it again every 2 seconds, until Ctrl-C; with --json, one line each.")
    private boolean watch;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var source = source();
        var out = spec.commandLine().getOut();
        if (watch) {
            var never = new CountDownLatch(1);
            var frames = new StatusWatch(
                    out,
                    TerminalProbe.ofThisProcess(),
                    output.asJson(),
                    () -> !never.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
            return frames.show(source);
        }
        var status = source.read();
        var lines = output.asJson() ? "" : String.join(System.lineSeparator(), screen().lines(status));
        output.show(status, lines);
        return status.path("ready").asBoolean(false) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Where it asks, once the command line has been read. */
    StatusSource source() {
        return new StatusSource(server);
    }

    private StatusScreen screen() {
        return new StatusScreen(Terminal.here(), ZoneId.systemDefault());
    }
}
