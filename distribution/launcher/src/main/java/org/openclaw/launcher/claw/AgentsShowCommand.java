package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows one agent: its last committed state, what its turn waits for, what waits for it, its latest turns and its timers. */
@Command(
        name = "show",
        description =
                "Show one agent: its state, what its turn waits for, its inbox, the steps of its turn, its latest turns, its timers;"
                        + " with --body what those hold.")
final class AgentsShowCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Parameters(
            paramLabel = "ADDRESS",
            converter = AgentAddress.Converter.class,
            description = "The agent, as type/key.")
    private AgentAddress address = new AgentAddress("", "");

    @Option(names = "--body", description = "Show what waiting messages, steps and timers hold, too.")
    private boolean body;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (var api = server.api()) {
            var agent = api.get(address.path() + (body ? "?body=true" : ""))
                    .orThrow()
                    .json();
            output.show(agent, Terminal.printable(text(agent)));
            return 0;
        }
    }

    private static String text(JsonNode agent) {
        var lines = new ArrayList<String>();
        lines.add(agent.path("address").asString("") + " is "
                + agent.path("state").asString("") + ", version "
                + agent.path("version").asString("none"));
        lines.add("messages waiting: " + agent.path("waiting").asString("0"));
        lines.add("turns: " + agent.path("turns").asString("0") + ", failed: "
                + agent.path("failures").asString("0"));
        lines.add("since: " + agent.path("createdAt").asString("") + ", last turn: "
                + agent.path("lastTurnAt").asString("none"));
        if (agent.has("obstacle")) {
            lines.add("held up: " + agent.path("obstacle").asString(""));
        }
        for (var wait : agent.path("waitsFor")) {
            lines.add("waits for: " + WaitListing.what(wait) + ", since "
                    + wait.path("since").asString("") + ", until "
                    + wait.path("until").asString("") + WaitListing.cure(wait));
        }
        for (var message : agent.path("inbox")) {
            lines.add("waits: " + message.path("acceptedAt").asString("") + " "
                    + message.path("type").asString("") + " from "
                    + message.path("source").asString("") + delivery(message) + data(message));
        }
        for (var step : agent.path("steps")) {
            lines.add("step: " + step.path("name").asString("") + " in "
                    + step.path("millis").asString("0") + " ms, attempts "
                    + step.path("attempts").asString("0")
                    + (step.has("cause") ? ", failed: " + step.path("cause").asString("") : "")
                    + size(step) + data(step));
        }
        for (var turn : agent.path("recentTurns")) {
            lines.add(turn(turn));
        }
        for (var timer : agent.path("timers")) {
            lines.add("timer: " + timer.path("name").asString("") + " sends "
                    + timer.path("type").asString("") + " at "
                    + timer.path("due").asString("") + data(timer));
        }
        var memory = agent.path("memory");
        lines.add(
                memory.isMissingNode()
                        ? "state: none before the first turn"
                        : "state: " + JSON.writerWithDefaultPrettyPrinter().writeValueAsString(memory));
        return String.join("\n", lines);
    }

    /** What is not as usual of how a waiting message is delivered. */
    private static String delivery(JsonNode message) {
        var text = new StringBuilder();
        for (var attribute : List.of("priority", "deadline", "expirytime")) {
            if (message.has(attribute)) {
                text.append(", ")
                        .append(attribute)
                        .append(' ')
                        .append(message.path(attribute).asString(""));
            }
        }
        return text.toString();
    }

    /** Of what is not shown. */
    private static String size(JsonNode step) {
        return step.has("bytes") && !step.has("data")
                ? ", resulted in " + step.path("bytes").asString("") + " bytes"
                        + (step.path("beside").asBoolean(false) ? ", kept beside it" : "")
                : "";
    }

    private static String data(JsonNode holder) {
        return holder.has("data") ? ": " + JSON.writeValueAsString(holder.path("data")) : "";
    }

    private static String turn(JsonNode turn) {
        var code = turn.path("code").asString("");
        return "turn: " + turn.path("at").asString("") + " "
                + turn.path("type").asString("") + " "
                + turn.path("outcome").asString("")
                + (code.isEmpty() ? "" : ", " + code + ": " + turn.path("cause").asString(""));
    }
}
