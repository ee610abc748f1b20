package org.openclaw.launcher.claw;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Retires one agent. */
@Command(
        name = "retire",
        description =
                "Retire an agent: it handles what waits and ends. Its address takes nothing more until it is purged.")
final class AgentsRetireCommand implements Callable<Integer> {
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
            boolean gone = api.delete(address.path()).orThrow().status() == 204;
            var text = gone
                    ? "Retired " + address + "."
                    : address + " retires: it accepts nothing more and handles what waits first.";
            output.show(Map.of("address", address.toString(), "gone", gone), text);
            return 0;
        }
    }
}
