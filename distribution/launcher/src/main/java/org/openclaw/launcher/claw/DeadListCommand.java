package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the dead letters, as the verb without another does. */
@Command(name = "list", description = "List the dead letters, oldest first.")
final class DeadListCommand implements Callable<Integer> {
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
