package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists the agents; its own verbs show one, list the types, and change one or a type. */
@Command(
        name = "agents",
        description = "List the agents.",
        subcommands = {
            AgentsShowCommand.class,
            AgentsTypesCommand.class,
            AgentsSuspendCommand.class,
            AgentsResumeCommand.class,
            AgentsSuspendTypeCommand.class,
            AgentsResumeTypeCommand.class,
            AgentsRetireCommand.class,
            AgentsPurgeCommand.class
        })
final class AgentsCommand implements Callable<Integer> {
    private static final int PAGE = 1000;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only agents of this type.")
    private @Nullable String type;

    @Option(
            names = "--state",
            paramLabel = "STATES",
            description =
                    "Only agents in one of these states, such as suspended,quarantined. Default: all but retired.")
    private @Nullable String states;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private int limit = PAGE;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        if (limit < 1) {
            throw ClawException.misused("--limit: " + limit + " (expected: 1 or more).");
        }
        var agents = new ArrayList<JsonNode>();
        var next = "";
        try (var api = server.api()) {
            do {
                var page = api.get(path(next, limit - agents.size())).orThrow().json();
                page.path("agents").forEach(agents::add);
                next = page.path("next").asString("");
            } while (!next.isEmpty() && agents.size() < limit);
            if (agents.isEmpty() && type != null) {
                // a type that is not there has no agents either, but somebody may have misspelt it
                var _ = Meant.type(api, type, api.get("/v1/types/" + Api.encoded(type)));
            }
        }
        var more = next.isEmpty() ? "" : System.lineSeparator() + "There are more: raise --limit.";
        output.show(Map.of("agents", agents), table(agents) + more);
        return 0;
    }

    private String path(String after, int wanted) {
        var path = new StringBuilder("/v1/agents?limit=").append(Math.min(wanted, PAGE));
        if (type != null) {
            path.append("&type=").append(Api.encoded(type));
        }
        if (states != null) {
            path.append("&state=").append(Api.encoded(states));
        }
        if (!after.isEmpty()) {
            path.append("&after=").append(Api.encoded(after));
        }
        return path.toString();
    }

    private String table(Iterable<JsonNode> agents) {
        var terminal = Terminal.here();
        var table = new TextTable((column, cell) -> cell, "AGENT", "STATE", "VERSION", "WAITING", "TURNS", "FAILED");
        boolean empty = true;
        for (var agent : agents) {
            empty = false;
            table.row(
                    agent.path("address").asString(""),
                    agent.path("state").asString(""),
                    agent.path("version").asString("-"),
                    agent.path("waiting").asString("0"),
                    agent.path("turns").asString("0"),
                    agent.path("failures").asString("0"));
        }
        return empty
                ? "There are no agents. One exists from its first message: 'claw send'."
                : table.render(terminal.width());
    }
}
