package org.openclaw.gateway.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.openclaw.message.Body;
import org.openclaw.message.Delivery;
import org.openclaw.message.Message;
import tools.jackson.databind.JsonNode;

/**
 * Reads messages from requests: plain JSON with {@code ?type=}, and CloudEvents 1.0 over HTTP, binary, structured and
 * batched. Data is JSON, or CBOR that becomes JSON; a message without data gets the empty object. For how it is delivered see
 * {@link DeliveryReader}, for its subject and extensions {@link AttributesReader}.
 */
final class MessageReader {
    private static final int MAX_BATCH = 100;

    private final Json json;
    private final DataReader data;
    private final BoundedInput.Limit limit;
    private final InstantSource clock;
    private final Supplier<String> ids;

    /** @param ids gives the messages that bring no id one that never came before */
    MessageReader(Json json, DataReader data, BoundedInput.Limit limit, InstantSource clock, Supplier<String> ids) {
        this.json = json;
        this.data = data;
        this.limit = limit;
        this.clock = clock;
        this.ids = ids;
    }

    /** What may be said beside the body: of plain JSON in the query, of an event in binary mode in headers. */
    static Parameter[] parameters() {
        return new Parameter[] {
            Parameter.query("type", Shape.text(), "Of plain JSON: what the message is, such as order.Placed."),
            Parameter.query(
                    "subject",
                    Shape.text(),
                    "Of plain JSON: what it is about; subscriptions to topics may choose by it."),
            Parameter.query("priority", Shape.within(0, 9, 4), "Of plain JSON: 9 is the most urgent."),
            Parameter.query("deadline", Shape.time(), "Of plain JSON: when its turn should have begun."),
            Parameter.query("expirytime", Shape.time(), "Of plain JSON: when it is worth no turn any more."),
            Parameter.header("Idempotency-Key", "Of plain JSON: the same again gets the first receipt and reply."),
            Parameter.header("ce-specversion", "Of an event in binary mode: 1.0."),
            Parameter.header("ce-id", "Of an event in binary mode: with its source, its idempotency key."),
            Parameter.header("ce-source", "Of an event in binary mode."),
            Parameter.header("ce-type", "Of an event in binary mode: what the message is."),
            Parameter.header("ce-subject", "Of an event in binary mode; other ce- headers are extension attributes."),
            Parameter.header("ce-time", "Of an event in binary mode: RFC 3339."),
            Parameter.header("ce-priority", "Of an event in binary mode: 0 to 9."),
            Parameter.header("ce-deadline", "Of an event in binary mode: RFC 3339."),
            Parameter.header("ce-expirytime", "Of an event in binary mode: RFC 3339.")
        };
    }

    /** An event in structured mode. */
    static Shape event() {
        return Shape.object()
                .with("specversion", Shape.oneOf("1.0"))
                .with("id", Shape.text())
                .with("source", Shape.text())
                .with("type", Shape.text())
                .maybe("subject", Shape.text())
                .maybe("time", Shape.time())
                .maybe("datacontenttype", Shape.text())
                .maybe("data", Shape.any())
                .open()
                .named("SentEvent");
    }

    /** What a request brought: one message, or several that are answered as a list. */
    record Inbound(boolean batch, List<Message> messages) {}

    Inbound read(Call call) throws Rejection {
        var request = call.request();
        var mediaType = MediaTypes.of(request);
        boolean binary = request.header("ce-specversion").isPresent()
                || request.header("ce-type").isPresent()
                || request.header("ce-id").isPresent();
        boolean wrapped = mediaType.equals(MediaTypes.EVENT) || mediaType.equals(MediaTypes.BATCH);
        if ((binary || wrapped) && request.header("Idempotency-Key").isPresent()) {
            throw invalid("A CloudEvent's id is its idempotency key (expected: no header Idempotency-Key).");
        }
        byte[] bytes = BoundedInput.readAll(request, limit, clock);
        if (wrapped) {
            return mediaType.equals(MediaTypes.BATCH) ? batch(bytes) : one(structured(json.read(bytes)));
        }
        // An empty body needs no type: 'curl -X POST' sends neither.
        if (!DataReader.knows(mediaType) && !(mediaType.isEmpty() && bytes.length == 0)) {
            throw MediaTypes.unsupported(
                    "Content-Type", DataReader.TYPES + ", " + MediaTypes.EVENT + " or " + MediaTypes.BATCH);
        }
        var body = data.read(mediaType, bytes);
        return one(binary ? binary(request, body) : plain(call, body));
    }

    private static Inbound one(Message message) {
        return new Inbound(false, List.of(message));
    }

    private Message plain(Call call, Body data) throws Rejection {
        var type = call.parameter("type")
                .orElseThrow(() -> invalid("The message has no type (expected: ?type=<type>, such as"
                        + " ?type=order.Placed, or a CloudEvent). GET /v1/types/{type} lists them."));
        var id = call.request().header("Idempotency-Key").orElseGet(ids);
        var delivery = new DeliveryReader("", call::parameter).read();
        return message(id, call.subject().name(), type, clock.instant(), data, delivery)
                .with(AttributesReader.plain(call.parameter("subject")));
    }

    private Message binary(Request request, Body data) throws Rejection {
        version(attribute(request, "specversion"));
        var time = request.header("ce-time");
        return message(
                        attribute(request, "id"),
                        attribute(request, "source"),
                        attribute(request, "type"),
                        time.isPresent() ? time(UrlText.fromHeader(time.get())) : clock.instant(),
                        data,
                        new DeliveryReader("ce-", name -> extension(request, name)).read())
                .with(AttributesReader.binary(request));
    }

    private static Optional<String> extension(Request request, String name) throws Rejection {
        var value = request.header("ce-" + name);
        return value.isPresent() ? Optional.of(UrlText.fromHeader(value.get())) : Optional.empty();
    }

    private static String attribute(Request request, String name) throws Rejection {
        return UrlText.fromHeader(request.header("ce-" + name)
                .orElseThrow(() -> invalid("The header ce-" + name + " is missing (CloudEvents 1.0, binary mode).")));
    }

    private Inbound batch(byte[] bytes) throws Rejection {
        var array = json.read(bytes);
        if (!array.isArray() || array.isEmpty() || array.size() > MAX_BATCH) {
            throw invalid("The batch is not an array of 1 to " + MAX_BATCH + " events.");
        }
        var messages = new ArrayList<Message>();
        for (JsonNode event : array) {
            messages.add(structured(event));
        }
        return new Inbound(true, messages);
    }

    private Message structured(JsonNode event) throws Rejection {
        if (!event.isObject()) {
            throw invalid("The event is not a JSON object.");
        }
        version(text(event, "specversion"));
        var contentType = event.hasNonNull("datacontenttype") ? text(event, "datacontenttype") : Body.JSON;
        return message(
                        text(event, "id"),
                        text(event, "source"),
                        text(event, "type"),
                        event.hasNonNull("time") ? time(text(event, "time")) : clock.instant(),
                        data.ofEvent(event, Representation.mediaType(contentType)),
                        new DeliveryReader("The event's ", name -> extension(event, name)).read())
                .with(AttributesReader.structured(event));
    }

    /** As text also when it came as a number, which the JSON format allows; null is the same as nothing. */
    private static Optional<String> extension(JsonNode event, String name) {
        return Optional.ofNullable(event.get(name))
                .filter(value -> !value.isNull())
                .map(value -> value.isString() ? value.asString() : value.toString());
    }

    private static String text(JsonNode event, String name) throws Rejection {
        var value = event.get(name);
        if (value == null || !value.isString()) {
            throw invalid("The event's '" + name + "' is missing or no string (CloudEvents 1.0).");
        }
        return value.asString();
    }

    private static void version(String version) throws Rejection {
        if (!version.equals("1.0")) {
            throw invalid("The event's specversion is not supported (expected: 1.0).");
        }
    }

    private static Instant time(String text) throws Rejection {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException bad) {
            throw invalid("The event's time is not an RFC 3339 timestamp, such as 2026-11-01T12:00:00Z.");
        }
    }

    private static Message message(String id, String source, String type, Instant time, Body data, Delivery delivery)
            throws Rejection {
        if (hasControls(id) || hasControls(source) || hasControls(type)) {
            throw invalid("An attribute of the message holds control characters.");
        }
        try {
            return new Message(id, source, type, time, data, delivery);
        } catch (IllegalArgumentException bad) {
            throw invalid("The message is refused: " + bad.getMessage());
        }
    }

    private static boolean hasControls(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isISOControl(text.charAt(at))) {
                return true;
            }
        }
        return false;
    }

    private static Rejection invalid(String detail) {
        return Problem.of(400, "message.invalid", detail).rejection();
    }
}
