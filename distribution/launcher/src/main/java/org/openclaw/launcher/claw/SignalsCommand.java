package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what turns wait for; its own verbs list it, too, and answer a signal. */
@Command(
        name = "signals",
        description = "List what suspended turns wait for: signals, and the replies of other agents.",
        subcommands = {SignalsListCommand.class, SignalsAnswerCommand.class})
final class SignalsCommand implements Callable<Integer> {
    @Mixin
    private WaitListing listing = new WaitListing();

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            listing.show(api, output);
            return 0;
        }
    }
}
