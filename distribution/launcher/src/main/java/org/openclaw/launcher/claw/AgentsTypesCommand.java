package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Lists the agent types with the messages that they understand. */
@Command(name = "types", description = "List the agent types and the messages that they understand.")
final class AgentsTypesCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var types = api.get("/v1/types").orThrow().json();
            output.show(types, table(types.path("types")));
            return 0;
        }
    }

    private String table(JsonNode types) {
        if (types.isEmpty()) {
            return "There are no agent types. A bundle brings them: 'claw deploy FILE'.";
        }
        var table = new TextTable((column, cell) -> cell, "TYPE", "SERVING", "RESIDENT", "AGENTS");
        for (var type : types) {
            table.noted(
                    type.path("messages")
                            .valueStream()
                            .map(message -> message.path("type").asString("")
                                    + (message.path("query").asBoolean(false) ? " (query)" : ""))
                            .collect(Collectors.joining(", ")),
                    type.path("name").asString(""),
                    type.path("serving").asString("stranded")
                            + (type.path("suspended").asBoolean(false) ? ", suspended" : ""),
                    type.path("resident").valueStream().map(JsonNode::asString).collect(Collectors.joining(" ")),
                    type.path("agents").asString("0"));
        }
        return table.render(Terminal.here().width());
    }
}
