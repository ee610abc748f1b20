package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Lists the capabilities; its own verb shows one. */
@Command(
        name = "capabilities",
        description = "List the capabilities that agents use: who provides them, and how they do.",
        subcommands = CapabilitiesShowCommand.class)
final class CapabilitiesCommand implements Callable<Integer> {
    static final String PATH = "/v1/capabilities";

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var json = api.get(PATH).orThrow().json();
            output.show(json, table(json.path("capabilities")));
            return 0;
        }
    }

    private static String table(JsonNode capabilities) {
        if (capabilities.isEmpty()) {
            return "There are no capabilities. A bundle brings them: 'claw deploy FILE'.";
        }
        var table = new TextTable(
                (column, cell) -> cell,
                "CAPABILITY",
                "PROVIDER",
                "CIRCUIT",
                "RUNNING",
                "WAITING",
                "CALLS",
                "FAILED",
                "REFUSED",
                "P99 MS");
        for (var each : capabilities) {
            int concurrent = each.path("limits").path("concurrent").asInt(0);
            table.row(
                    each.path("name").asString(""),
                    provider(each),
                    each.path("circuit").path("state").asString(""),
                    each.path("running").asString("0") + (concurrent == 0 ? "" : " of " + concurrent),
                    each.path("waiting").asString("0"),
                    each.path("calls").asString("0"),
                    each.path("failures").asString("0"),
                    each.path("refused").asString("0"),
                    each.path("p99Millis").asString("-"));
        }
        return table.render(Terminal.here().width());
    }

    /** The one that is called, and how many stand by. */
    private static String provider(JsonNode capability) {
        var providers = capability.path("providers");
        return providers.isEmpty()
                ? "none"
                : named(providers.path(0)) + (providers.size() == 1 ? "" : " and " + (providers.size() - 1) + " more");
    }

    /** All that provide a capability, the one that is called first. */
    static String providers(JsonNode capability) {
        return capability
                .path("providers")
                .valueStream()
                .map(CapabilitiesCommand::named)
                .collect(Collectors.joining(", "));
    }

    private static String named(JsonNode provider) {
        return provider.path("bundle").asString("") + " "
                + provider.path("version").asString("");
    }
}
