package org.openclaw.launcher.claw;

import java.util.List;
import java.util.Map;
import org.openclaw.launcher.JsonTree;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What the server said.
 *
 * @param status the HTTP status
 * @param headers of the response, found whatever the case of the name
 * @param body of the response, as text
 */
record Answer(int status, Map<String, List<String>> headers, String body) {
    /** This answer, if it says yes. Otherwise the server's problem is thrown. */
    Answer orThrow() {
        if (status >= 400) {
            throw refusal();
        }
        if (status >= 300) {
            throw ClawException.refused(
                    "server.unknown", "The server answers with " + status + ", as no container does. Is --url right?");
        }
        return this;
    }

    /** What the body holds; thrown as a refusal when it is not JSON. */
    JsonNode json() {
        try {
            return JsonTree.read(body);
        } catch (JacksonException other) {
            throw ClawException.refused(
                    "server.unknown", "The server's answer is not JSON, as a container's is. Is --url right?");
        }
    }

    String header(String name) {
        return headers.getOrDefault(name, List.of("")).getFirst();
    }

    /** The problem as one paragraph: what, and what to do. */
    private ClawException refusal() {
        var problem = problem();
        var code = problem.path("code").asString("http." + status);
        var text = new StringBuilder(problem.path("detail")
                .asString(problem.path("title").asString("The server answers with " + status + ".")));
        var violations = problem.path("violations");
        // a single one has been said in the detail
        for (var violation : violations.size() > 1 ? violations : JsonNodeFactory.instance.arrayNode()) {
            text.append("\n  %s: expected %s, found %s"
                    .formatted(
                            violation.path("pointer").asString(""),
                            violation.path("rule").asString(""),
                            violation.path("found").asString("")));
        }
        var cure = problem.path("cure").asString("");
        if (!cure.isEmpty() && text.indexOf(cure) < 0) {
            text.append(' ').append(cure);
        }
        var retry = header("Retry-After");
        if (!retry.isEmpty()) {
            text.append(" Try again in ").append(retry).append(" s.");
        }
        return ClawException.refused(code, Terminal.printable(text.toString()));
    }

    private JsonNode problem() {
        try {
            return JsonTree.read(body);
        } catch (JacksonException other) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
