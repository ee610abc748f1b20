package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Resumes one agent. */
@Command(
        name = "resume",
        description = "Let an agent go on that is suspended, or quarantined because a message has failed too often.")
final class AgentsResumeCommand implements Callable<Integer> {
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
                    api.patch(address.path(), "{\"suspended\":false}").orThrow().json();
            output.show(agent, "Resumed " + address + ": it goes on with what waits.");
            return 0;
        }
    }
}
