package org.openclaw.launcher.claw;

import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Posts a message and prints what the agent replies. */
final class Reply {
    private static final JsonMapper JSON = new JsonMapper();

    private Reply() {}

    static Integer print(Api api, MessageArguments message, Duration timeout, Output output) {
        var answer = message.post(api, timeout).orThrow();
        return switch (answer.status()) {
            case 204 -> {
                show(JSON.missingNode(), message, output);
                yield 0;
            }
            case 202 ->
                throw late(message, timeout, answer.json().path("receipt").asString(""));
            default -> {
                if (output.asJson()) {
                    output.show(answer.json(), "");
                } else {
                    output.show("", pretty(answer));
                }
                yield 0;
            }
        };
    }

    static ClawException late(MessageArguments message, Duration timeout, String receipt) {
        return ClawException.refused(
                "reply.late",
                message.address() + " did not reply within " + timeout.toSeconds()
                        + " s. The message is accepted and goes on: receipt " + receipt
                        + ", see GET /v1/messages/{receipt}.");
    }

    /** Prints a reply; a missing node where there was none. */
    static void show(JsonNode reply, MessageArguments message, Output output) {
        if (reply.isMissingNode()) {
            output.show(JSON.nullNode(), "Done. " + message.address() + " replied nothing.");
        } else {
            output.show(
                    reply,
                    Terminal.printable(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(reply)));
        }
    }

    private static String pretty(Answer answer) {
        try {
            return Terminal.printable(
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(answer.body())));
        } catch (JacksonException text) {
            return Terminal.printable(answer.body());
        }
    }
}
