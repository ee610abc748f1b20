package org.openclaw.launcher.claw;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends a message and waits for the reply. */
@Command(name = "ask", description = "Send a message to an agent and print its reply.")
final class AskCommand implements Callable<Integer> {
    private static final int LONGEST = 120;

    @Mixin
    private MessageArguments message = new MessageArguments();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait for the reply, 1 to 120. Default: ${DEFAULT-VALUE}.")
    private int timeout = 30;

    @Option(
            names = "--stream",
            description =
                    "Also show what the agent shows of its reply while it is at it; on a terminal it is shown anyway.")
    private boolean stream;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        if (timeout < 1 || timeout > LONGEST) {
            throw ClawException.misused("--timeout: " + timeout + " (expected: 1 to " + LONGEST + " seconds).");
        }
        try (var api = server.api()) {
            var within = Duration.ofSeconds(timeout);
            return streams()
                    ? new ReplyStream(api, message, output, spec.commandLine().getOut()).print(within)
                    : Reply.print(api, message, within, output);
        }
    }

    private boolean streams() {
        return stream || (!output.asJson() && TerminalProbe.ofThisProcess().interactive());
    }
}
