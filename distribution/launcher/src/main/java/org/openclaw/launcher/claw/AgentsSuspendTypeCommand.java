package org.openclaw.launcher.claw;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Suspends a whole type. */
@Command(
        name = "suspend-type",
        description =
                "Suspend an agent type: no agent of it begins a turn, and their messages wait, also across restarts.")
final class AgentsSuspendTypeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TYPE", description = "The agent type, as 'claw agents types' shows it.")
    private String type = "";

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var path = "/v1/types/" + Api.encoded(type) + "/suspend";
            var answer = Meant.type(api, type, api.post(path)).json();
            output.show(
                    Map.of("type", type, "suspended", answer.path("suspended").asBoolean(false)),
                    "Suspended the type " + type + ": messages to its agents wait. 'claw agents resume-type " + type
                            + "' lets it go on.");
            return 0;
        }
    }
}
