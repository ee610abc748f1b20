package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows one dead letter with the history of its attempts. */
@Command(name = "show", description = "Show one dead letter: how each attempt failed, and with --body what it holds.")
final class DeadShowCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Parameters(paramLabel = "RECEIPT", description = "Its receipt, as 'claw dead' shows it.")
    private String receipt = "";

    @Option(names = "--body", description = "Show what it holds, too.")
    private boolean body;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var path = "/v1/dead-letters/" + Api.encoded(receipt) + (body ? "?body=true" : "");
            var letter = api.get(path).orThrow().json();
            output.show(letter, Terminal.printable(text(letter)));
            return 0;
        }
    }

    private static String text(JsonNode letter) {
        var lines = new ArrayList<String>();
        lines.add(letter.path("type").asString("") + " to " + letter.path("to").asString("") + ", "
                + letter.path("bytes").asString("0") + " bytes");
        lines.add("receipt: " + letter.path("receipt").asString(""));
        lines.add("from: " + letter.path("source").asString("") + ", id "
                + letter.path("id").asString(""));
        lines.add("accepted: " + letter.path("acceptedAt").asString("") + ", set aside: "
                + letter.path("deadAt").asString(""));
        lines.add("failures: " + letter.path("failures").asInt());
        for (var attempt : letter.path("attempts")) {
            lines.add("attempt: " + attempt.path("at").asString("") + ", "
                    + (attempt.has("version")
                            ? "version " + attempt.path("version").asString("")
                            : "no version") + ", "
                    + reason(attempt));
        }
        if (letter.has("data")) {
            lines.add("body: " + JSON.writerWithDefaultPrettyPrinter().writeValueAsString(letter.path("data")));
        }
        return String.join("\n", lines);
    }

    /** Why an attempt failed, in one sentence. */
    static String reason(JsonNode attempt) {
        return attempt.path("code").asString("") + ": " + attempt.path("cause").asString("");
    }
}
