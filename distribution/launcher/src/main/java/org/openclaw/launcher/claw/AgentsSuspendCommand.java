package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Suspends one agent. */
@Command(name = "suspend", description = "Suspend an agent: it begins no turn, and its messages wait.")
final class AgentsSuspendCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "ADDRESS",
            converter = AgentAddress.Converter.class,
            description = "The agent, as type/key.")
    private AgentAddress address = new AgentAddress("", "");

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var agent =
                    api.patch(address.path(), "{\"suspended\":true}").orThrow().json();
            output.show(
                    agent,
                    "Suspended " + address + ": its messages wait. 'claw agents resume " + address
                            + "' lets it go on.");
            return 0;
        }
    }
}
