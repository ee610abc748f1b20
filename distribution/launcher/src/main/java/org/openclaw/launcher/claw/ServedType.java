package org.openclaw.launcher.claw;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openclaw.launcher.ShellWords;
import tools.jackson.databind.JsonNode;

/**
 * An agent type of the running container, with the schemas of its messages.
 *
 * @param json as {@code GET /v1/types/{type}} has it
 */
record ServedType(JsonNode json) {
    private static final int PAUSE_MILLIS = 50;

    /**
     * Asks again and again until a version of an agent type serves.
     *
     * @return empty when it does not within the time
     */
    static Optional<ServedType> await(Api api, String type, String version, Duration patience) {
        long begun = System.nanoTime();
        while (true) {
            var answer = api.get("/v1/types/" + Api.encoded(type));
            if (answer.status() != 404) {
                var served = new ServedType(answer.orThrow().json());
                if (served.version().equals(version)) {
                    return Optional.of(served);
                }
            }
            if (System.nanoTime() - begun >= patience.toNanos() || !paused()) {
                return Optional.empty();
            }
        }
    }

    private static boolean paused() {
        try {
            return !new Semaphore(0).tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    String name() {
        return json.path("name").asString("");
    }

    /** The version that serves; empty when none does. */
    String version() {
        return json.path("serving").asString("");
    }

    /**
     * What one could type to see it work: its first message and its first query.
     *
     * @param claw how the command is called
     * @param options what to say behind it
     */
    List<String> attempts(String claw, String options) {
        var attempts = new ArrayList<String>();
        first(false).ifPresent(message -> attempts.add(attempt(claw + " ask ", message) + options));
        first(true).ifPresent(query -> attempts.add(attempt(claw + " query ", query) + options));
        return attempts;
    }

    private Optional<JsonNode> first(boolean query) {
        return json.path("messages")
                .valueStream()
                .filter(message -> message.path("query").asBoolean(false) == query)
                .findFirst();
    }

    private String attempt(String verb, JsonNode message) {
        var type = message.path("type").asString("");
        var own = name() + ".";
        var brief = type.startsWith(own) ? type.substring(own.length()) : type;
        var body = SampleBody.of(message.path("schema"));
        return verb + name() + "/one " + (brief.indexOf('.') < 0 ? brief : type)
                + (body.equals("{}") ? "" : " " + ShellWords.quoted(body));
    }
}
