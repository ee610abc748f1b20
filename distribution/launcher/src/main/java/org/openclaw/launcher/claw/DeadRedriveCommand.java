package org.openclaw.launcher.claw;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts dead letters into the inboxes of their agents again. */
@Command(
        name = "redrive",
        description = "Put dead letters into the inboxes of their agents again, behind what waits there.")
final class DeadRedriveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RECEIPT", arity = "1..*", description = "Their receipts, as 'claw dead' shows them.")
    private List<String> receipts = List.of();

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            return DeadLetterChanges.each(
                            receipts, receipt -> api.post("/v1/dead-letters/" + Api.encoded(receipt) + "/redrive"))
                    .show("redriven", "Redrove ", output);
        }
    }
}
