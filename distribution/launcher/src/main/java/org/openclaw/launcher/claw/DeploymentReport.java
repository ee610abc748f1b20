package org.openclaw.launcher.claw;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * A deployment as the server tells of it.
 *
 * @param json as it came
 * @param asWanted whether what should serve does
 */
record DeploymentReport(JsonNode json, boolean asWanted) {
    /** How long the server shall wait for what should serve. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What the server said to a change of pins; thrown as a refusal when nothing was changed. */
    static DeploymentReport of(Answer answer) {
        return new DeploymentReport(answer.orThrow().json(), answer.status() == 200);
    }

    /** The path of a pin. */
    static String pin(String name) {
        return "/v1/deployments/" + Api.encoded(name) + "/pin";
    }

    String serving() {
        return json.path("serving").asString("");
    }

    /** What serves and why, in the words of the log and the console. */
    String text() {
        return Terminal.printable(json.path("text").asString(""));
    }
}
