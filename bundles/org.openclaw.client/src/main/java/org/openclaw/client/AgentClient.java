package org.openclaw.client;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Delivery;
import org.openclaw.message.Receipt;
import org.openclaw.message.ReceiptId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One agent, as a client sees it. A record goes as the CloudEvents type {@code <agent type>.<record name>}, unless it is annotated with
 * {@link org.openclaw.message.MessageType}. Thread-safe. All methods throw a {@link RefusedException} when the container says no, and
 * an {@link UnansweredException} when it does not answer.
 */
public final class AgentClient {
    private static final String EVENT = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    private final Connection connection;
    private final Records records;
    private final Replies replies;
    private final String source;
    private final Address address;

    AgentClient(OpenClaw openclaw, Connection connection, Records records, String source, Address address) {
        this.connection = connection;
        this.records = records;
        this.source = source;
        this.address = address;
        replies = new Replies(openclaw, connection);
    }

    /** Which one it is. */
    public Address address() {
        return address;
    }

    /** Sends a message, and returns when it is accepted for good. */
    public Receipt.Accepted send(Record message) throws InterruptedException {
        return send(Outgoing.of(message));
    }

    /** The same with an id or a delivery that the sender has chosen. */
    public Receipt.Accepted send(Outgoing message) throws InterruptedException {
        return Futures.await(sendAsync(message));
    }

    /** The same without waiting for the answer; it waits only while too many requests are under way. */
    public CompletableFuture<Receipt.Accepted> sendAsync(Outgoing message) throws InterruptedException {
        return connection.send(post(EVENT, event(message))).thenApply(this::accepted);
    }

    /**
     * Sends up to 100 messages in one request, in their order.
     *
     * @throws RefusedException when one was refused: those before it are accepted, and sending all again with the same ids is safe
     */
    public List<Receipt.Accepted> sendAll(List<Outgoing> messages) throws InterruptedException {
        var events = messages.stream().map(this::event).toList();
        var answer = Futures.await(connection.send(post(BATCH, events)));
        var receipts = new ArrayList<Receipt.Accepted>();
        for (var each : records.tree(answer.body()).path("receipts")) {
            receipts.add(accepted(each));
        }
        return receipts;
    }

    /**
     * Sends a message or a query and waits for the reply.
     *
     * @param reply what the agent replies, a record
     * @param within how long to wait: whatever happens, this returns or throws by then
     * @throws RefusedException also when its turn failed, {@code turn.failed}, or it was taken back or expired
     * @throws UnansweredException when there is no reply in time, or it cannot be had any more; it has the receipt as soon as the
     *     message is known to be accepted
     * @throws IllegalStateException when the turn was done without a reply, or with one that is no JSON
     */
    public <T> T ask(Record message, Class<T> reply, Duration within) throws InterruptedException {
        return ask(Outgoing.of(message), reply, within);
    }

    /** The same with an id or a delivery that the sender has chosen. */
    public <T> T ask(Outgoing message, Class<T> reply, Duration within) throws InterruptedException {
        var end = Deadline.in(within, connection.time());
        var answer = Futures.await(connection.send(post(EVENT, event(message)).until(end)));
        return switch (answer.statusCode()) {
            case 200 -> reply(answer.headers().firstValue("Content-Type").orElse(Body.JSON), answer.body(), reply);
            case 202 ->
                replies.await(accepted(answer).id(), within, end)
                        .map(body -> reply(body.mediaType(), body.bytes(), reply))
                        .orElseThrow(() -> noReply(message));
            default -> throw noReply(message);
        };
    }

    private <T> T reply(String contentType, byte[] bytes, Class<T> reply) {
        var mediaType = TrackedJson.mediaType(contentType);
        if (!mediaType.equals(Body.JSON) && !mediaType.endsWith("+json")) {
            throw new IllegalStateException(address + " has replied with " + mediaType + " (expected: " + Body.JSON
                    + ", to make a " + reply.getSimpleName() + " of it; OpenClaw.message shows it as it is)");
        }
        return records.read(bytes, reply);
    }

    private IllegalStateException noReply(Outgoing message) {
        return new IllegalStateException(address + " has handled the "
                + Records.type(address.type(), message.record().getClass())
                + " and did not reply (expected: a reply; send is for messages without one)");
    }

    private Call post(String contentType, Object json) {
        return Call.post(ApiPath.agent(address) + "/messages", contentType, records.bytes(json));
    }

    private ObjectNode event(Outgoing message) {
        var event = records.object()
                .put("specversion", "1.0")
                .put("id", message.id())
                .put("source", source)
                .put("type", Records.type(address.type(), message.record().getClass()))
                .put("datacontenttype", "application/json");
        var delivery = message.delivery();
        if (delivery.priority() != Delivery.NORMAL.priority()) {
            event.put("priority", delivery.priority());
        }
        delivery.deadline().ifPresent(time -> event.put("deadline", time.toString()));
        delivery.expires().ifPresent(time -> event.put("expirytime", time.toString()));
        event.set("data", records.tree(message.record()));
        return event;
    }

    private Receipt.Accepted accepted(HttpResponse<byte[]> response) {
        return accepted(records.tree(response.body()));
    }

    private Receipt.Accepted accepted(JsonNode json) {
        return new Receipt.Accepted(
                new ReceiptId(json.path("receipt").asString("")),
                Instant.parse(json.path("acceptedAt").asString("")),
                Instant.parse(json.path("dedupUntil").asString("")),
                json.path("duplicate").asBoolean(false));
    }
}
