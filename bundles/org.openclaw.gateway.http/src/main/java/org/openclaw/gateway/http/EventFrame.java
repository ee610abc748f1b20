package org.openclaw.gateway.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.openclaw.agent.AgentEvent;
import org.openclaw.agent.EventId;
import org.openclaw.agent.EventKind;
import tools.jackson.databind.node.ObjectNode;

/** Events as {@code text/event-stream} has them (WHATWG HTML, "Server-sent events"). */
final class EventFrame {
    static final String MEDIA_TYPE = "text/event-stream";
    static final Map<String, String> HEADERS =
            Map.of("Content-Type", MEDIA_TYPE, "Cache-Control", "no-store", "X-Accel-Buffering", "no");

    private static final String MISSED = "events.missed";

    private EventFrame() {}

    /** What a stream begins with: how soon to come again when it breaks, and behind what. */
    static byte[] opening(String at) {
        return utf8("retry: 1000\nid: " + at + "\n\n");
    }

    /**
     * A comment, so that everybody on the way sees that the stream lives; and how far it has come, so that a client for whom there
     * is seldom something goes on where it was.
     */
    static byte[] heartbeat(String at) {
        return utf8(":\nid: " + at + "\n\n");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Events, one behind the other. */
    static byte[] of(List<AgentEvent> events) {
        var frames = new ByteArrayOutputStream(events.size() * 384);
        events.forEach(event ->
                frames.writeBytes(frame(event.id().toString(), event.kind().text(), json(event))));
        return frames.toByteArray();
    }

    /** Says that events are missing, and where the stream goes on. */
    static byte[] missed(EventId next) {
        return frame(
                next.toString(),
                MISSED,
                Json.object()
                        .put("kind", MISSED)
                        .put(
                                "cause",
                                "More has happened than this node remembers while nobody took it: events are missing here."
                                        + " Read faster, or ask for fewer kinds, types or agents."));
    }

    /** One event. */
    static byte[] frame(String id, String event, ObjectNode data) {
        var frame = new ByteArrayOutputStream(384);
        frame.writeBytes(utf8("id: " + id + "\nevent: " + event + "\ndata: "));
        frame.writeBytes(Json.write(data));
        frame.writeBytes(new byte[] {'\n', '\n'});
        return frame.toByteArray();
    }

    private static ObjectNode json(AgentEvent event) {
        var json = Json.object()
                .put("id", event.id().toString())
                .put("at", event.at().toString())
                .put("kind", event.kind().text())
                .put("agent", event.agent().toString());
        event.turn().ifPresent(turn -> {
            json.put("receipt", turn.receipt().value()).put("messageType", turn.type());
            Json.putIfPresent(json, "version", turn.version());
            json.put("millis", turn.took().toMillis());
            Json.putIfPresent(json, event.kind() == EventKind.STEP_RECORDED ? "step" : "waitsFor", turn.subject());
        });
        Json.putIfPresent(json, "code", event.code());
        Json.putIfPresent(json, "cause", event.cause());
        return json;
    }
}
