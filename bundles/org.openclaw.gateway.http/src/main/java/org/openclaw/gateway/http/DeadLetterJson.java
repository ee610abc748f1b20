package org.openclaw.gateway.http;

import org.openclaw.agent.DeadLetter;
import tools.jackson.databind.node.ObjectNode;

/** A dead letter as JSON. */
final class DeadLetterJson {
    private DeadLetterJson() {}

    static Shape shape() {
        var attempt = Shape.object()
                .with("at", Shape.time())
                .maybe("version", Shape.text())
                .with("code", Shape.text())
                .with("cause", Shape.text());
        return Shape.object()
                .with("receipt", Shape.text())
                .with("to", Shape.text())
                .with("type", Shape.text())
                .with("source", Shape.text())
                .with("id", Shape.text())
                .with("acceptedAt", Shape.time())
                .with("deadAt", Shape.time())
                .with("bytes", Shape.count())
                .with("failures", Shape.count().saying("How often its turns failed."))
                .with("attempts", Shape.list(attempt).saying("The first and the last ones of these, oldest first."))
                .maybe("data", Shape.any().saying("What it holds, for administrators who ask."))
                .named("DeadLetter");
    }

    /** Everything but what it holds. */
    static ObjectNode of(DeadLetter letter) {
        var json = Json.object()
                .put("receipt", letter.receipt().value())
                .put("to", letter.to().toString())
                .put("type", letter.type())
                .put("source", letter.source())
                .put("id", letter.id())
                .put("acceptedAt", letter.acceptedAt().toString())
                .put("deadAt", letter.deadAt().toString())
                .put("bytes", letter.bytes())
                .put("failures", letter.failures());
        var attempts = json.putArray("attempts");
        letter.attempts().forEach(attempt -> put(attempts.addObject(), attempt));
        return json;
    }

    /** The same with what it holds. */
    static ObjectNode whole(DeadLetter letter) {
        var json = of(letter);
        letter.body().ifPresent(body -> json.set("data", Json.embed(body)));
        return json;
    }

    private static void put(ObjectNode json, DeadLetter.Attempt attempt) {
        json.put("at", attempt.at().toString());
        if (!attempt.version().isEmpty()) {
            json.put("version", attempt.version());
        }
        json.put("code", attempt.code()).put("cause", attempt.cause());
    }
}
