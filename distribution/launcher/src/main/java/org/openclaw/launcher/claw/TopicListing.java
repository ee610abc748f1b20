package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The topics, and how they are shown: mixed in by the verbs that list them. */
final class TopicListing {
    private static final int PAGE = 1000;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private int limit = PAGE;

    void show(Api api, Output output) {
        if (limit < 1) {
            throw ClawException.misused("--limit: " + limit + " (expected: 1 or more).");
        }
        var topics = new ArrayList<JsonNode>();
        boolean more = pages(api, TopicsCommand.PATH, "topics", limit, topics);
        var rest = more ? System.lineSeparator() + "There are more: raise --limit." : "";
        output.show(Map.of("topics", topics), table(topics) + rest);
    }

    /**
     * Reads a list page by page; whether there is more of it than was wanted.
     *
     * @param name of the member that holds it
     */
    static boolean pages(Api api, String path, String name, int wanted, List<JsonNode> into) {
        var next = "";
        do {
            var after = next.isEmpty() ? "" : "&after=" + Api.encoded(next);
            var page = api.get(path + "?limit=" + Math.min(PAGE, wanted - into.size()) + after)
                    .orThrow()
                    .json();
            page.path(name).forEach(into::add);
            next = page.path("next").asString("");
        } while (!next.isEmpty() && into.size() < wanted);
        return !next.isEmpty();
    }

    private static String table(List<JsonNode> topics) {
        if (topics.isEmpty()) {
            return "There are no topics. One exists from its first message or subscription on: 'claw topics publish'.";
        }
        var table = new TextTable(
                (column, cell) -> cell, "TOPIC", "RETAINED", "BYTES", "LATEST", "LATEST AT", "SUBSCRIPTIONS");
        for (var topic : topics) {
            table.row(
                    topic.path("name").asString(""),
                    topic.path("retained").asString("0"),
                    topic.path("bytes").asString("0"),
                    topic.path("latest").asString("0"),
                    topic.path("latestAt").asString("-"),
                    topic.path("subscriptions").asString("0"));
        }
        return table.render(Terminal.here().width());
    }
}
