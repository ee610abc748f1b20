package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets the highest version of a bundle serve again. */
@Command(
        name = "unpin",
        description = "Let the highest version of a bundle serve again; waits up to 60 s until it does.")
final class UnpinCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "The bundle's symbolic name.")
    private String name = "";

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var answer = api.delete(DeploymentReport.pin(name), DeploymentReport.PATIENCE);
            var report = DeploymentReport.of(Meant.deployment(api, name, answer));
            output.show(
                    report.json(),
                    report.asWanted()
                            ? "Unpinned: %s %s serves.".formatted(name, report.serving())
                            : "Unpinned, but nothing serves: " + report.text());
            return report.asWanted() ? 0 : 1;
        }
    }
}
