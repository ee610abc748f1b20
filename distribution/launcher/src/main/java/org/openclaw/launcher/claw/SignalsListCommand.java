package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what turns wait for, as the verb without another does. */
@Command(name = "list", description = "List what suspended turns wait for, by the age of their agents.")
final class SignalsListCommand implements Callable<Integer> {
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
