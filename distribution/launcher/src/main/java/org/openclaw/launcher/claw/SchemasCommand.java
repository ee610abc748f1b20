package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openclaw.schema.SchemaEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists the schemas that a container keeps; its own verb shows one. */
@Command(
        name = "schemas",
        description = "List the schemas of messages and states that agent types have ever brought.",
        subcommands = SchemasShowCommand.class)
final class SchemasCommand implements Callable<Integer> {
    static final String PATH = "/v1/schemas";

    private static final int PAGE = 1000;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only those of this agent type.")
    private @Nullable String type;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only those of this kind: message or state.")
    private SchemaEntry.@Nullable Kind kind;

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
        try (var api = server.api()) {
            var schemas = new ArrayList<JsonNode>();
            var next = "";
            do {
                var page = api.get(path(next, limit - schemas.size())).orThrow().json();
                page.path("schemas").forEach(schemas::add);
                next = page.path("next").asString("");
            } while (!next.isEmpty() && schemas.size() < limit);
            var more = next.isEmpty() ? "" : System.lineSeparator() + "There are more: raise --limit.";
            output.show(Map.of("schemas", schemas), table(schemas) + more);
            return 0;
        }
    }

    private String path(String after, int wanted) {
        var path = new StringBuilder(PATH).append("?limit=").append(Math.min(wanted, PAGE));
        var ofType = type;
        if (ofType != null) {
            path.append("&type=").append(Api.encoded(ofType));
        }
        var ofKind = kind;
        if (ofKind != null) {
            path.append("&kind=").append(ofKind.name().toLowerCase(Locale.ROOT));
        }
        if (!after.isEmpty()) {
            path.append("&after=").append(Api.encoded(after));
        }
        return path.toString();
    }

    private static String table(List<JsonNode> schemas) {
        if (schemas.isEmpty()) {
            return "There are no such schemas. Agent types bring them: 'claw deploy FILE'.";
        }
        var table = new TextTable((column, cell) -> cell, "TYPE", "KIND", "NAME", "VERSION", "FIRST SEEN", "DIGEST");
        for (var each : schemas) {
            table.row(
                    each.path("type").asString(""),
                    each.path("kind").asString(""),
                    each.path("name").asString(""),
                    each.path("version").asString(""),
                    each.path("firstSeen").asString(""),
                    each.path("digest").asString(""));
        }
        return table.render(Terminal.here().width());
    }
}
