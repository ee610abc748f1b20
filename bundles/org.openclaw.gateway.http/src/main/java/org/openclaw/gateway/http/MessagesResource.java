package org.openclaw.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.openclaw.agent.Agents;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageBus;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.security.Role;
import org.openclaw.security.Subject;

/** {@code /v1/agents/{type}/{key}/messages}: takes messages, and waits for their replies where that is preferred. */
final class MessagesResource {
    private final Part<MessageBus> bus;
    private final Part<Agents> agents;
    private final MessageReader reader;

    MessagesResource(Part<MessageBus> bus, Part<Agents> agents, MessageReader reader) {
        this.bus = bus;
        this.agents = agents;
        this.reader = reader;
    }

    /** Open to readers too, who may send queries only. */
    Route route() {
        return Route.of("/v1/agents/{type}/{key+}/messages").on("POST", sending(), this::send);
    }

    private static Operation sending() {
        return Operation.of(
                        "sendMessage",
                        "Sends a message or a batch of them; readers may send queries only",
                        Role.SENDER,
                        Role.READER)
                .with(MessageReader.parameters())
                .with(Prefer.PARAMETER)
                .takes(Body.JSON, Shape.any())
                .takes(CborReader.MEDIA_TYPE, Shape.any())
                .takes(MediaTypes.EVENT, MessageReader.event())
                .takes(MediaTypes.BATCH, Shape.list(MessageReader.event()))
                .gives(
                        202,
                        Reply.json("Accepted, and kept: the receipt, or those of a batch.", receipts())
                                .with("Location", "Where the message is, unless it was a batch."))
                .gives(
                        200,
                        Reply.of(
                                        "The reply, as a CloudEvent in binary mode.",
                                        Map.of(Body.JSON, Shape.any(), "*/*", Shape.any()))
                                .with("OpenClaw-Receipt", "The receipt of the message."))
                .gives(204, "The turn ended without a reply.")
                .refuses(404, 409, 422, 429);
    }

    private static Shape receipts() {
        var receipt = Shape.object()
                .with("receipt", Shape.text())
                .with("acceptedAt", Shape.time())
                .with("dedupUntil", Shape.time().saying("Until when the same again is a duplicate."))
                .with("duplicate", Shape.flag())
                .named("Receipt");
        return Shape.either(receipt, Shape.object().with("receipts", Shape.list(receipt)));
    }

    private Answer send(Call call) throws Rejection {
        var to = Addresses.of(call);
        var inbound = reader.read(call);
        requireRole(call.subject(), to, inbound.messages());
        return inbound.batch()
                ? sendAll(call, to, inbound.messages())
                : sendOne(call, to, inbound.messages().getFirst());
    }

    private void requireRole(Subject subject, Address to, List<Message> messages) throws Rejection {
        if (subject.role().includes(Role.SENDER)) {
            return;
        }
        var queries = Queries.of(agents.now(), to.type());
        if (!messages.stream().allMatch(message -> queries.contains(message.type()))) {
            throw Problem.of(
                            403,
                            "role.missing",
                            "'" + subject.name() + "' may send queries only (expected: messages that the type marks as"
                                    + " queries, or the role sender, operator or admin).")
                    .rejection();
        }
    }

    private Answer sendOne(Call call, Address to, Message message) throws Rejection {
        return Answer.after(
                bus.now().offer(call.subject().tenant(), to, List.of(message)),
                receipts -> answer(call, receipts.getFirst()));
    }

    private Answer answer(Call call, Receipt only) throws Rejection {
        return switch (only) {
            case Receipt.Refused refused -> throw Problem.of(refused.refusal()).rejection();
            case Receipt.Accepted accepted -> {
                var receipt = Response.json(202, Kept.of(accepted))
                        .with(
                                "Location",
                                "/v1/messages/" + UrlText.encode(accepted.id().value()));
                var wait = Prefer.waiting(call.request());
                var outcome = wait.isPresent()
                        ? bus.now().outcome(call.subject().tenant(), accepted.id())
                        : Optional.<CompletionStage<MessageStatus>>empty();
                yield outcome.isPresent()
                        ? Answer.Later.of(
                                outcome.get(), status -> ended(accepted, status, receipt), wait.orElseThrow(), receipt)
                        : Answer.of(receipt);
            }
        };
    }

    /**
     * Sends a batch in its order and stops at the first refusal: sending the whole batch again is safe, since what was
     * accepted is recognised by its id.
     */
    private Answer sendAll(Call call, Address to, List<Message> messages) throws Rejection {
        return Answer.after(bus.now().offer(call.subject().tenant(), to, messages), MessagesResource::answer);
    }

    private static Answer answer(List<Receipt> all) throws Rejection {
        var receipts = new ArrayList<Kept>();
        for (var receipt : all) {
            switch (receipt) {
                case Receipt.Accepted accepted -> receipts.add(Kept.of(accepted));
                case Receipt.Refused refused -> {
                    var problem = Problem.of(refused.refusal());
                    problem.more().set("receipts", Json.tree(receipts));
                    throw problem.rejection();
                }
            }
        }
        return Answer.of(Response.json(202, new AllKept(receipts)));
    }

    /** A receipt, as JSON has it. */
    private record Kept(String receipt, String acceptedAt, String dedupUntil, boolean duplicate) {
        static Kept of(Receipt.Accepted accepted) {
            return new Kept(
                    accepted.id().value(),
                    accepted.acceptedAt().toString(),
                    accepted.dedupUntil().toString(),
                    accepted.duplicate());
        }
    }

    /** Those of a batch, as JSON has them. */
    private record AllKept(List<Kept> receipts) {}

    private static Response ended(Receipt.Accepted accepted, MessageStatus status, Response receipt) {
        var response = switch (status) {
            case MessageStatus.Done done ->
                done.reply().map(MessagesResource::reply).orElse(Response.empty(204));
            case MessageStatus.Dead dead -> {
                var problem = Problem.of(422, "turn.failed", "The agent's turn failed: " + dead.cause());
                problem.more().put("cause", dead.code());
                yield problem.response();
            }
            case MessageStatus.Cancelled _ ->
                Problem.of(409, "message.cancelled", "The message was taken back before its turn began.")
                        .response();
            case MessageStatus.Expired expired ->
                Problem.of(
                                409,
                                "message.expired",
                                "The message was not worth its turn any more: it expired at " + expired.expires()
                                        + ", and that would have begun at " + expired.at() + ".")
                        .response();
            case MessageStatus.Waiting _, MessageStatus.Running _, MessageStatus.Suspended _ -> receipt;
        };
        return response.with("OpenClaw-Receipt", accepted.id().value());
    }

    /** The reply as a CloudEvent in binary mode: its data is the body, as it is. */
    private static Response reply(Message reply) {
        return Response.body(200, reply.body())
                .with("ce-specversion", "1.0")
                .with("ce-id", UrlText.header(reply.id()))
                .with("ce-source", UrlText.header(reply.source()))
                .with("ce-type", UrlText.header(reply.type()))
                .with("ce-time", reply.time().toString());
    }
}
