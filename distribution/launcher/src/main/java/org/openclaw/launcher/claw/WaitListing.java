package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** What turns wait for, and how it is said: mixed in by the verbs that list it. */
final class WaitListing {
    private static final int PAGE = 1000;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "About so many at most. Default: ${DEFAULT-VALUE}.")
    private int limit = PAGE;

    void show(Api api, Output output) {
        if (limit < 1) {
            throw ClawException.misused("--limit: " + limit + " (expected: 1 or more).");
        }
        var waits = new ArrayList<JsonNode>();
        var next = "";
        do {
            var page = api.get(path(next, limit - waits.size())).orThrow().json();
            page.path("waits").forEach(waits::add);
            next = page.path("next").asString("");
        } while (!next.isEmpty() && waits.size() < limit);
        var more = next.isEmpty() ? "" : System.lineSeparator() + "There are more: raise --limit.";
        output.show(Map.of("waits", waits), table(waits) + more);
    }

    private static String path(String after, int wanted) {
        return "/v1/signals?limit=" + Math.min(wanted, PAGE) + (after.isEmpty() ? "" : "&after=" + Api.encoded(after));
    }

    private static String table(List<JsonNode> waits) {
        if (waits.isEmpty()) {
            return "No turn waits for a signal or a reply.";
        }
        var table = new TextTable((column, cell) -> cell, "AGENT", "MESSAGE", "WAITS FOR", "UNTIL");
        for (var wait : waits) {
            table.noted(
                    "since " + wait.path("since").asString("") + cure(wait),
                    wait.path("agent").asString(""),
                    wait.path("messageType").asString(""),
                    what(wait),
                    wait.path("until").asString(""));
        }
        return table.render(Terminal.here().width());
    }

    /** What is waited for, as it stands in a sentence. */
    static String what(JsonNode wait) {
        return wait.has("asked")
                ? "the reply of " + wait.path("asked").asString("")
                : "the signal '" + wait.path("name").asString("") + "'";
    }

    /** How a signal is answered, behind other words; nothing for a question, which its agent answers. */
    static String cure(JsonNode wait) {
        return wait.has("signal")
                ? "; answer with 'claw signals answer " + wait.path("signal").asString("") + " JSON', which is read as "
                        + wait.path("answer").asString("")
                : "";
    }
}
