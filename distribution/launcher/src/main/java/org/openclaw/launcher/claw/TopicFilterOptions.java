package org.openclaw.launcher.claw;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.openclaw.launcher.JsonTree;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which messages of a topic, and from where on: mixed in by the verbs that take them to somebody. */
final class TopicFilterOptions {
    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only messages of this type, or, as 'acme.*', that begin so.")
    private @Nullable String type;

    @Option(
            names = "--filter",
            paramLabel = "JSON",
            description = "Only messages that pass: a filter of the CloudEvents Subscriptions API, such as"
                    + " '{\"exact\":{\"subject\":\"7\"}}', or @FILE.")
    private @Nullable String filter;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Where to begin: oldest, now, or a time such as 2026-11-01T12:00:00Z.")
    private @Nullable String from;

    /** As members of the body of a request. */
    ObjectNode body() {
        var body = JsonNodeFactory.instance.objectNode();
        var byType = type;
        var given = filter;
        if (byType != null && given != null) {
            body.putObject("filter").putArray("all").add(ofType(byType)).add(JsonTree.read(text(given)));
        } else if (byType != null) {
            body.set("filter", ofType(byType));
        } else if (given != null) {
            body.set("filter", JsonTree.read(text(given)));
        }
        if (from != null) {
            body.put("from", from);
        }
        return body;
    }

    private static String text(String typed) {
        return new String(TypedJson.bytes(typed, "filter"), StandardCharsets.UTF_8);
    }

    private static ObjectNode ofType(String pattern) {
        boolean beginning = pattern.endsWith("*");
        var filter = JsonNodeFactory.instance.objectNode();
        if (pattern.equals("*")) {
            filter.putArray("all");
        } else {
            filter.putObject(beginning ? "prefix" : "exact")
                    .put("type", beginning ? pattern.substring(0, pattern.length() - 1) : pattern);
        }
        return filter;
    }
}
