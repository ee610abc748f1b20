package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the dead letters; its own verbs show, redrive and discard them. */
@Command(
        name = "dead",
        description = "List the dead letters: messages that were set aside because their turns failed.",
        subcommands = {DeadListCommand.class, DeadShowCommand.class, DeadRedriveCommand.class, DeadDiscardCommand.class
        })
final class DeadCommand implements Callable<Integer> {
    @Mixin
    private DeadLetterListing listing = new DeadLetterListing();

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
