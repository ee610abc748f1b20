package org.openclaw.launcher.claw;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows one capability with its limits, the calls that wait and its latest calls. */
@Command(
        name = "show",
        description = "Show one capability: its providers, its limits, who waits for it, its latest calls.")
final class CapabilitiesShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Its name, as 'claw capabilities' shows it.")
    private String name = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many calls. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        if (limit < 1 || limit > 1000) {
            throw ClawException.misused("--limit: " + limit + " (expected: 1 to 1000).");
        }
        try (var api = server.api()) {
            var path = CapabilitiesCommand.PATH + "/" + Api.encoded(name) + "?limit=" + limit;
            var json = Meant.capability(api, name, api.get(path)).json();
            output.show(json, Terminal.printable(text(json)));
            return 0;
        }
    }

    private static String text(JsonNode capability) {
        var lines = new ArrayList<String>();
        var providers = CapabilitiesCommand.providers(capability);
        lines.add(capability.path("name").asString("") + ": "
                + (providers.isEmpty() ? "no provider is running, calls wait for one" : providers));
        limits(capability.path("limits"), lines);
        circuit(capability.path("circuit"), lines);
        lines.add("calls: " + number(capability, "calls") + ", failed: " + number(capability, "failures")
                + ", refused: "
                + number(capability, "refused") + ", attempts beyond the first: " + number(capability, "retries")
                + ", timed out: " + number(capability, "timeouts"));
        if (capability.has("p50Millis")) {
            lines.add("median: " + number(capability, "p50Millis") + " ms, 99 of 100 within "
                    + number(capability, "p99Millis") + " ms");
        }
        lines.add("now: " + number(capability, "running") + " running, " + number(capability, "waiting") + " waiting");
        for (var waiter : capability.path("waiters")) {
            lines.add("waits: since " + waiter.path("since").asString("") + " for "
                    + waiter.path("for").asString("") + ", "
                    + waiter.path("operation").asString("")
                    + (waiter.has("agent") ? " of " + waiter.path("agent").asString("") : ""));
        }
        for (var call : capability.path("recentCalls")) {
            lines.add(call(call));
        }
        return String.join("\n", lines);
    }

    private static void limits(JsonNode limits, List<String> lines) {
        lines.add("limits (" + limits.path("rule").asString("") + "): " + bound(limits, "concurrent", " at once") + ", "
                + bound(limits, "perSecond", " a second") + ", time-out " + bound(limits, "timeoutMillis", " ms")
                + "; " + number(limits, "queue") + " wait for at most " + number(limits, "waitMillis") + " ms");
        lines.add("attempts: " + number(limits, "attempts") + ", breaker: "
                + (limits.path("breakerFailures").asInt(0) == 0
                        ? "none"
                        : number(limits, "breakerFailures") + " failures of " + number(limits, "breakerCalls")
                                + " calls, for " + number(limits, "breakerMillis") + " ms"));
    }

    private static void circuit(JsonNode circuit, List<String> lines) {
        var state = circuit.path("state").asString("closed");
        if (!state.equals("closed")) {
            lines.add(state + ": since " + circuit.path("since").asString("") + ", the last failure: "
                    + circuit.path("cause").asString("") + ", tried again "
                    + (circuit.has("retryAt") ? "at " + circuit.path("retryAt").asString("") : "with the next call"));
        }
    }

    private static String call(JsonNode call) {
        return "call: " + call.path("startedAt").asString("") + " "
                + call.path("operation").asString("") + ", "
                + (call.has("provider")
                        ? call.path("provider").asString("") + " "
                                + call.path("version").asString("")
                        : "no provider")
                + ", " + number(call, "millis") + " ms, waited "
                + number(call, "waitedMillis") + " ms, attempts " + number(call, "attempts")
                + (call.has("code")
                        ? ", " + call.path("code").asString("") + ": "
                                + call.path("cause").asString("")
                        : "");
    }

    private static String number(JsonNode holder, String name) {
        return holder.path(name).asString("0");
    }

    private static String bound(JsonNode limits, String name, String unit) {
        return limits.path(name).asLong(0) == 0 ? "any" + unit.replace(" ms", "") : number(limits, name) + unit;
    }
}
