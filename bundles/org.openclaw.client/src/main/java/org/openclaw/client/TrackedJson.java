package org.openclaw.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.TrackedMessage;
import tools.jackson.databind.JsonNode;

/** Reads where a message is, as the container tells it. Thread-safe. */
final class TrackedJson {
    private final Records records;

    TrackedJson(Records records) {
        this.records = records;
    }

    /** @throws IllegalArgumentException when it is something else */
    TrackedMessage read(byte[] answer) {
        var json = records.tree(answer);
        return new TrackedMessage(
                new ReceiptId(text(json, "receipt")),
                Address.parse(text(json, "to")),
                text(json, "type"),
                time(json, "acceptedAt"),
                status(json));
    }

    private MessageStatus status(JsonNode json) {
        return switch (text(json, "status")) {
            case "running" -> new MessageStatus.Running(time(json, "since"), text(json, "version"));
            case "suspended" ->
                new MessageStatus.Suspended(time(json, "since"), time(json, "until"), text(json, "reason"));
            case "done" ->
                new MessageStatus.Done(
                        time(json, "at"),
                        text(json, "version"),
                        json.has("reply") ? Optional.of(event(json.get("reply"))) : Optional.empty());
            case "dead" -> new MessageStatus.Dead(time(json, "at"), text(json, "code"), text(json, "cause"));
            case "cancelled" -> new MessageStatus.Cancelled(time(json, "at"));
            case "expired" -> new MessageStatus.Expired(time(json, "at"), time(json, "expirytime"));
            default ->
                new MessageStatus.Waiting(
                        Optional.ofNullable(json.get("reason")).map(JsonNode::asString));
        };
    }

    private Message event(JsonNode json) {
        return new Message(
                text(json, "id"),
                text(json, "source"),
                text(json, "type"),
                time(json, "time"),
                body(mediaType(json.path("datacontenttype").asString(Body.JSON)), json.path("data")));
    }

    /** What is no JSON is a text within it. */
    private Body body(String mediaType, JsonNode data) {
        return mediaType.equals(Body.JSON)
                ? Body.json(records.bytes(data))
                : Body.of(mediaType, data.asString("").getBytes(StandardCharsets.UTF_8));
    }

    /** Without its parameters. */
    static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asString("");
    }

    private static Instant time(JsonNode json, String name) {
        return Instant.parse(text(json, name));
    }
}
