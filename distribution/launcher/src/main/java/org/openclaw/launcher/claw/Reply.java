package org.openclaw.launcher.claw;

import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Posts a message and prints what the agent replies. */
final class Reply {
    private static final JsonMapper JSON = new JsonMapper();

    private Reply() {}

    static Integer print(Api api, MessageArguments message, Duration timeout, Output output) {
        var answer = message.post(api, timeout).orThrow();
        return switch (answer.status()) {
            case 204 -> {
                output.show(JSON.nullNode(), "Done. " + message.address() + " replied nothing.");
                yield 0;
            }
            case 202 ->
                throw ClawException.refused(
                        "reply.late",
                        message.address() + " did not reply within " + timeout.toSeconds()
                                + " s. The message is accepted and goes on: receipt "
                                + answer.json().path("receipt").asString("") + ", see GET /v1/messages/{receipt}.");
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

    private static String pretty(Answer answer) {
        try {
            return Terminal.printable(
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(answer.body())));
        } catch (JacksonException text) {
            return Terminal.printable(answer.body());
        }
    }
}
