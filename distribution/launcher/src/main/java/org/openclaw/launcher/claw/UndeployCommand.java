package org.openclaw.launcher.claw;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a file out of {@code deploy/}. */
@Command(name = "undeploy", description = "Take a file out of deploy/; its bundle ends after its turns in flight.")
final class UndeployCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The name of the file in deploy/, as 'claw bundles' shows it.")
    private String file = "";

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var answer = Meant.bundle(api, file, api.delete("/v1/bundles/" + Api.encoded(file)));
            boolean gone = answer.status() == 204;
            var text = gone
                    ? "Undeployed " + file + ": nothing of it runs any more. The file lies in data/trash."
                    : file + " is leaving: its turns in flight end first.";
            output.show(Map.of("file", file, "gone", gone), text);
            return 0;
        }
    }
}
