package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Which dead letters to list, and their list: mixed in by the verbs that list them. */
final class DeadLetterListing {
    private static final int PAGE = 1000;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only those for agents of this type.")
    private @Nullable String type;

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
        var letters = new ArrayList<JsonNode>();
        var next = "";
        do {
            var page = api.get(path(next, limit - letters.size())).orThrow().json();
            page.path("deadLetters").forEach(letters::add);
            next = page.path("next").asString("");
        } while (!next.isEmpty() && letters.size() < limit);
        if (letters.isEmpty() && type != null) {
            // a type that is not there has no dead letters either, but somebody may have misspelt it
            var _ = Meant.type(api, type, api.get("/v1/types/" + Api.encoded(type)));
        }
        var more = next.isEmpty() ? "" : System.lineSeparator() + "There are more: raise --limit.";
        output.show(Map.of("deadLetters", letters), table(letters) + more);
    }

    private String path(String after, int wanted) {
        var path = new StringBuilder("/v1/dead-letters?limit=").append(Math.min(wanted, PAGE));
        if (type != null) {
            path.append("&type=").append(Api.encoded(type));
        }
        if (!after.isEmpty()) {
            path.append("&after=").append(Api.encoded(after));
        }
        return path.toString();
    }

    private static String table(List<JsonNode> letters) {
        if (letters.isEmpty()) {
            return "There are no dead letters: no message has been set aside.";
        }
        var table = new TextTable((column, cell) -> cell, "AGENT", "MESSAGE", "ATTEMPTS", "RECEIPT");
        for (var letter : letters) {
            var attempts = letter.path("attempts");
            table.noted(
                    letter.path("deadAt").asString("") + " "
                            + DeadShowCommand.reason(attempts.path(attempts.size() - 1)),
                    letter.path("to").asString(""),
                    letter.path("type").asString(""),
                    String.valueOf(letter.path("failures").asInt()),
                    letter.path("receipt").asString(""));
        }
        return table.render(Terminal.here().width());
    }
}
