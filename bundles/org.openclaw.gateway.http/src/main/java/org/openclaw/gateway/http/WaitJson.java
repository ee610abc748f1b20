package org.openclaw.gateway.http;

import org.openclaw.agent.WaitView;
import tools.jackson.databind.node.ObjectNode;

/** What a suspended turn waits for, as JSON. */
final class WaitJson {
    private WaitJson() {}

    static Shape shape() {
        return Shape.object()
                .with("agent", Shape.text())
                .with("message", Shape.text())
                .with("messageType", Shape.text())
                .with("name", Shape.text())
                .with("kind", Shape.oneOf("question", "signal"))
                .maybe("asked", Shape.text())
                .maybe("signal", Shape.text())
                .with("answer", Shape.text())
                .with("since", Shape.time())
                .with("until", Shape.time())
                .named("Wait");
    }

    static ObjectNode of(WaitView wait) {
        var json = Json.object()
                .put("agent", wait.agent().toString())
                .put("message", wait.message().value())
                .put("messageType", wait.messageType())
                .put("name", wait.name())
                .put("kind", wait.asked().isPresent() ? "question" : "signal");
        Json.putIfPresent(json, "asked", wait.asked());
        Json.putIfPresent(json, "signal", wait.signal());
        return json.put("answer", wait.answer())
                .put("since", wait.since().toString())
                .put("until", wait.until().toString());
    }
}
