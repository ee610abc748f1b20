package org.openclaw.launcher.claw;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes one version of a bundle serve, whatever higher ones there are. */
@Command(
        name = "pin",
        description = {
            "Make this version of a bundle serve, and keep it serving whatever higher ones come.",
            "Waits up to 60 s until it does. It is written into deploy/pins.json, which may be edited by hand as well."
        })
final class PinCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "The bundle's symbolic name.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "A version that lies in deploy/.")
    private String version = "";

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var json = Output.json(Map.of("version", version)).getBytes(StandardCharsets.UTF_8);
            var answer = api.put(DeploymentReport.pin(name), json, DeploymentReport.PATIENCE);
            var report = DeploymentReport.of(Meant.deployment(api, name, answer));
            output.show(
                    report.json(),
                    report.asWanted()
                            ? "Pinned: %s %s serves. 'claw unpin %s' lets the highest version serve again."
                                    .formatted(name, report.serving(), name)
                            : "Pinned, but it does not serve: " + report.text());
            return report.asWanted() ? 0 : 1;
        }
    }
}
