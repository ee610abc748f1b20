package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.Locale;
import org.openclaw.agent.Agents;
import org.openclaw.message.Message;
import org.openclaw.message.MessageBus;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.TrackedMessage;
import org.openclaw.security.Role;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/messages/{receipt}}: where an accepted message is, and taking it back. Receipts cannot be guessed: who has one has sent
 * the message, or may look at everything.
 */
final class ReceiptsResource {
    private final Part<MessageBus> bus;
    private final Part<Agents> agents;

    ReceiptsResource(Part<MessageBus> bus, Part<Agents> agents) {
        this.bus = bus;
        this.agents = agents;
    }

    Route route() {
        return Route.of("/v1/messages/{receipt}")
                .get(
                        Operation.of("getMessage", "Where an accepted message is", Role.SENDER, Role.READER)
                                .with(Prefer.PARAMETER)
                                .gives(200, "There.", shape())
                                .refuses(404),
                        this::find)
                .on(
                        "DELETE",
                        Operation.of("cancelMessage", "Takes a message back before its turn begins", Role.OPERATOR)
                                .gives(200, "It is taken back.", shape())
                                .refuses(404, 409),
                        this::cancel);
    }

    private static Shape shape() {
        var reply = Shape.object()
                .with("specversion", Shape.oneOf("1.0"))
                .with("id", Shape.text())
                .with("source", Shape.text())
                .with("type", Shape.text())
                .with("time", Shape.time())
                .with("datacontenttype", Shape.text())
                .maybe("data", Shape.any().saying("Not for those who may send queries only, but for these."))
                .named("CloudEvent");
        return Shape.object()
                .with("receipt", Shape.text())
                .with("to", Shape.text())
                .with("type", Shape.text())
                .with("acceptedAt", Shape.time())
                .with("status", Shape.oneOf("waiting", "running", "suspended", "done", "dead", "cancelled", "expired"))
                .maybe("reason", Shape.text())
                .maybe("since", Shape.time())
                .maybe("until", Shape.time())
                .maybe("at", Shape.time())
                .maybe("version", Shape.text())
                .maybe("reply", reply)
                .maybe("code", Shape.text())
                .maybe("cause", Shape.text())
                .maybe("expirytime", Shape.time())
                .named("MessageStatus");
    }

    /** One that has not ended is waited for where that is preferred; if it does not end by then, it is told as it was. */
    private Answer find(Call call) throws Rejection {
        var message = tracked(call);
        boolean replies = seesReplies(call, message);
        var now = Response.json(200, json(message, replies));
        var wait = Prefer.waiting(call.request())
                .filter(_ -> !message.status().isFinal())
                .orElse(Duration.ZERO);
        var outcome = bus.now().outcome(call.subject().tenant(), message.id());
        if (!wait.isPositive() || outcome.isEmpty()) {
            return Answer.of(now);
        }
        return Answer.Later.of(
                outcome.get(), status -> Response.json(200, json(message.with(status), replies)), wait, now);
    }

    private Answer cancel(Call call) throws Rejection {
        var receipt = new ReceiptId(call.variable("receipt"));
        var status = bus.now().cancel(call.subject().tenant(), receipt).orElseThrow(ReceiptsResource::unknown);
        if (status instanceof MessageStatus.Cancelled) {
            return Answer.of(Response.json(200, json(tracked(call), true)));
        }
        throw Problem.of(
                        409,
                        "message.not.waiting",
                        "The message is " + word(status)
                                + ": only one that waits, or whose turn does, can be taken back.")
                .rejection();
    }

    private TrackedMessage tracked(Call call) throws Rejection {
        return bus.now()
                .find(call.subject().tenant(), new ReceiptId(call.variable("receipt")))
                .orElseThrow(ReceiptsResource::unknown);
    }

    static Rejection unknown() {
        return Problem.of(404, "receipt.unknown", "There is no message with this receipt, or it is forgotten by now.")
                .rejection();
    }

    /** Receipts are in lists, too: who only looks reads no more of messages than of agents, but for the answers to queries. */
    private boolean seesReplies(Call call, TrackedMessage message) throws Rejection {
        return call.subject().role().includes(Role.SENDER)
                || Queries.of(agents.now(), message.to().type()).contains(message.type());
    }

    /** As {@code GET} shows it. */
    static ObjectNode json(TrackedMessage message, boolean replies) {
        var json = Json.object()
                .put("receipt", message.id().value())
                .put("to", message.to().toString())
                .put("type", message.type())
                .put("acceptedAt", message.acceptedAt().toString())
                .put("status", word(message.status()));
        switch (message.status()) {
            case MessageStatus.Waiting waiting -> Json.putIfPresent(json, "reason", waiting.reason());
            case MessageStatus.Running running ->
                json.put("since", running.since().toString()).put("version", running.version());
            case MessageStatus.Suspended suspended ->
                json.put("since", suspended.since().toString())
                        .put("until", suspended.until().toString())
                        .put("reason", suspended.reason());
            case MessageStatus.Done done -> {
                json.put("at", done.at().toString()).put("version", done.version());
                done.reply().ifPresent(reply -> json.set("reply", event(reply, replies)));
            }
            case MessageStatus.Dead dead ->
                json.put("at", dead.at().toString()).put("code", dead.code()).put("cause", dead.cause());
            case MessageStatus.Cancelled cancelled ->
                json.put("at", cancelled.at().toString());
            case MessageStatus.Expired expired ->
                json.put("at", expired.at().toString())
                        .put("expirytime", expired.expires().toString());
        }
        return json;
    }

    private static String word(MessageStatus status) {
        return status.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** A message as a CloudEvent in structured mode. */
    private static ObjectNode event(Message message, boolean data) {
        var event = Json.object()
                .put("specversion", "1.0")
                .put("id", message.id())
                .put("source", message.source())
                .put("type", message.type())
                .put("time", message.time().toString())
                .put("datacontenttype", message.body().mediaType());
        if (data) {
            event.set("data", Json.embed(message.body()));
        }
        return event;
    }
}
