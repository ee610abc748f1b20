package org.openclaw.launcher.claw;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Lists what the tenant and the agent types get of the node. */
@Command(
        name = "limits",
        description =
                "List what your tenant and the agent types get of the node: turns at once and a second, and who waits.")
final class LimitsCommand implements Callable<Integer> {
    private static final String NONE = "-";

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var json = api.get("/v1/limits").orThrow().json();
            output.show(json, table(json.path("limits")));
            return 0;
        }
    }

    private static String table(JsonNode limits) {
        if (limits.isEmpty()) {
            return "Your tenant and the agent types have no weight, no bound, and no turn under way or waiting.";
        }
        var table = new TextTable(
                (column, cell) -> cell, "OF", "NAME", "WEIGHT", "RUNNING", "PER SECOND", "WAITING", "HELD BY");
        for (var each : limits) {
            var concurrent = each.path("concurrent").asString("");
            table.noted(
                    each.has("heldBy") ? waiters(each) : "",
                    each.path("of").asString(""),
                    each.path("name").asString(""),
                    each.path("weight").asString("1"),
                    each.path("running").asString("0") + (concurrent.isEmpty() ? "" : " of " + concurrent),
                    each.path("perSecond").asString(NONE),
                    each.path("waiting").asString("0"),
                    heldBy(each.path("heldBy").asString("")));
        }
        return table.render(Terminal.here().width());
    }

    private static String heldBy(String bound) {
        return switch (bound) {
            case "" -> NONE;
            case "perSecond" -> "per second";
            default -> bound;
        };
    }

    /** Only some are named, and those of other tenants never. */
    private static String waiters(JsonNode limits) {
        var named = limits.path("waiters");
        int more = limits.path("waiting").asInt(0) - named.size();
        if (named.isEmpty()) {
            return "waits: agents of other tenants";
        }
        return "waits: " + named.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
