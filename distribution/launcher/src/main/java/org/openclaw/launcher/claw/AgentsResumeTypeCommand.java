package org.openclaw.launcher.claw;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Resumes a whole type. */
@Command(name = "resume-type", description = "Let a suspended agent type go on.")
final class AgentsResumeTypeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TYPE", description = "The agent type, as 'claw agents types' shows it.")
    private String type = "";

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var path = "/v1/types/" + Api.encoded(type) + "/resume";
            var answer = Meant.type(api, type, api.post(path)).json();
            output.show(
                    Map.of("type", type, "suspended", answer.path("suspended").asBoolean(false)),
                    "Resumed the type " + type + ": its agents go on with what waits.");
            return 0;
        }
    }
}
