package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows one topic and who has subscribed. */
@Command(name = "show", description = "Show a topic: what is retained, who has subscribed, and how far they are.")
final class TopicsShowCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic.")
    private String topic = "";

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var path = TopicsCommand.path(topic);
            var shown = Meant.topic(api, topic, api.get(path)).json();
            var subscriptions = new ArrayList<JsonNode>();
            TopicListing.pages(api, path + "/subscriptions", "subscriptions", Integer.MAX_VALUE, subscriptions);
            output.show(Map.of("topic", shown, "subscriptions", subscriptions), text(shown) + table(subscriptions));
            return 0;
        }
    }

    private static String text(JsonNode topic) {
        return topic.path("name").asString("") + ": " + topic.path("retained").asString("0") + " messages of "
                + topic.path("latest").asString("0") + " retained, "
                + topic.path("bytes").asString("0") + " bytes"
                + (topic.has("oldestAt") ? ", since " + topic.path("oldestAt").asString("") : "") + "."
                + System.lineSeparator();
    }

    private static String table(List<JsonNode> subscriptions) {
        if (subscriptions.isEmpty()) {
            return "Nobody has subscribed: 'claw topics subscribe'.";
        }
        var table = new TextTable(
                (column, cell) -> cell, "SUBSCRIPTION", "TO", "STATE", "POSITION", "BEHIND", "OUTSTANDING");
        for (var each : subscriptions) {
            table.noted(
                    each.path("filter")
                            + (each.has("why") ? " " + each.path("why").asString("") : ""),
                    each.path("name").asString(""),
                    each.has("agent")
                            ? each.path("agent").asString("")
                            : each.path("type").asString("") + "/{"
                                    + each.path("key").asString("") + "}",
                    each.path("state").asString(""),
                    each.path("position").asString("0"),
                    each.path("behind").asString("0"),
                    each.path("outstanding").asString("0"));
        }
        return table.render(Terminal.here().width());
    }
}
