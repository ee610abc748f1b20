package org.openclaw.launcher.claw;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Forgets dead letters. */
@Command(name = "discard", description = "Discard dead letters: they are forgotten for good.")
final class DeadDiscardCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RECEIPT", arity = "1..*", description = "Their receipts, as 'claw dead' shows them.")
    private List<String> receipts = List.of();

    @Mixin
    private YesOption yes = new YesOption();

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        yes.require(
                receipts.size() == 1
                        ? "Discard the dead letter " + receipts.getFirst() + " for good?"
                        : "Discard " + receipts.size() + " dead letters for good?");
        try (var api = server.api()) {
            return DeadLetterChanges.each(receipts, receipt -> api.delete("/v1/dead-letters/" + Api.encoded(receipt)))
                    .show("discarded", "Discarded ", output);
        }
    }
}
