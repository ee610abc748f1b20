package org.openclaw.launcher.claw;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Purges one agent. */
@Command(
        name = "purge",
        description =
                "Purge an agent, retired or not: its state, messages, timers and dead letters are forgotten for good.")
final class AgentsPurgeCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "ADDRESS",
            converter = AgentAddress.Converter.class,
            description = "The agent, as type/key.")
    private AgentAddress address = new AgentAddress("", "");

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Mixin
    private YesOption yes = new YesOption();

    @Override
    public Integer call() {
        yes.require("Purge " + address + " with its state, messages, timers and dead letters, for good?");
        try (var api = server.api()) {
            var _ = api.delete(address.path() + "?purge=true").orThrow();
            output.show(
                    Map.of("address", address.toString(), "purged", true),
                    "Purged " + address + ": its address begins anew with the next message.");
            return 0;
        }
    }
}
