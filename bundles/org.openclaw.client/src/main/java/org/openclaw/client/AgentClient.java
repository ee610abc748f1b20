package org.openclaw.client;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.openclaw.message.Address;
import org.openclaw.message.Delivery;
import org.openclaw.message.MessageStatus;
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
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final String EVENT = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    private final OpenClaw openclaw;
    private final Connection connection;
    private final Records records;
    private final String source;
    private final Address address;

    AgentClient(OpenClaw openclaw, Connection connection, Records records, String source, Address address) {
        this.openclaw = openclaw;
        this.connection = connection;
        this.records = records;
        this.source = source;
        this.address = address;
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
        return post(EVENT, event(message), Duration.ZERO).thenApply(this::accepted);
    }

    /**
     * Sends up to 100 messages in one request, in their order.
     *
     * @throws RefusedException when one was refused: those before it are accepted, and sending all again with the same ids is safe
     */
    public List<Receipt.Accepted> sendAll(List<Outgoing> messages) throws InterruptedException {
        var events = messages.stream().map(this::event).toList();
        var answer = Futures.await(post(BATCH, events, Duration.ZERO));
        var receipts = new ArrayList<Receipt.Accepted>();
        for (var each : records.read(answer.body(), JsonNode.class).path("receipts")) {
            receipts.add(accepted(each));
        }
        return receipts;
    }

    /**
     * Sends a message or a query and waits for the reply.
     *
     * @param reply what the agent replies, a record
     * @param within how long to wait
     * @throws RefusedException also when its turn failed, {@code turn.failed}, or it was taken back or expired
     * @throws UnansweredException when there is no reply in time
     * @throws IllegalStateException when the turn was done without a reply
     */
    public <T> T ask(Record message, Class<T> reply, Duration within) throws InterruptedException {
        return ask(Outgoing.of(message), reply, within);
    }

    /** The same with an id or a delivery that the sender has chosen. */
    public <T> T ask(Outgoing message, Class<T> reply, Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        var first = shorter(within);
        var answer = Futures.await(post(EVENT, event(message), first));
        return switch (answer.statusCode()) {
            case 200 -> records.read(answer.body(), reply);
            case 202 -> await(accepted(answer).id(), reply, within, end);
            default -> throw noReply(message);
        };
    }

    private <T> T await(ReceiptId receipt, Class<T> reply, Duration within, long end) throws InterruptedException {
        while (true) {
            var left = Duration.ofNanos(end - System.nanoTime());
            var message = openclaw.message(receipt, left.isPositive() ? shorter(left) : Duration.ZERO)
                    .orElseThrow(() -> UnansweredException.waiting(receipt, within));
            switch (message.status()) {
                case MessageStatus.Done done -> {
                    return records.read(
                            done.reply()
                                    .orElseThrow(() -> new IllegalStateException(address + " has handled message "
                                            + receipt + " and did not reply (expected: a reply)"))
                                    .body()
                                    .bytes(),
                            reply);
                }
                case MessageStatus.Dead dead ->
                    throw ended(422, "turn.failed", "The agent's turn failed: " + dead.cause());
                case MessageStatus.Cancelled _ ->
                    throw ended(409, "message.cancelled", "The message was taken back before its turn began.");
                case MessageStatus.Expired expired ->
                    throw ended(409, "message.expired", "The message expired at " + expired.expires() + ".");
                case MessageStatus.Waiting _, MessageStatus.Running _, MessageStatus.Suspended _ -> {
                    if (left.toSeconds() <= 0) {
                        throw UnansweredException.waiting(receipt, within);
                    }
                }
            }
        }
    }

    private static RefusedException ended(int status, String code, String text) {
        return new RefusedException(status, code, text, java.util.Optional.empty(), List.of());
    }

    private IllegalStateException noReply(Outgoing message) {
        return new IllegalStateException(address + " has handled the "
                + Records.type(address.type(), message.record().getClass())
                + " and did not reply (expected: a reply; send is for messages without one)");
    }

    private static Duration shorter(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private CompletableFuture<HttpResponse<byte[]>> post(String contentType, Object json, Duration waits)
            throws InterruptedException {
        var request = connection
                .request("/v1/agents/" + address.type() + "/" + path(address.key()) + "/messages")
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(records.bytes(json)));
        if (waits.isPositive()) {
            // whole seconds; what is left of one is waited for, too
            request.header("Prefer", "wait=" + Math.max(1, waits.toSeconds()));
        }
        return connection.send(request, waits);
    }

    /** Slashes of a key are written plainly. */
    private static String path(String key) {
        return OpenClaw.encoded(key).replace("%2F", "/");
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
        return accepted(records.read(response.body(), JsonNode.class));
    }

    private Receipt.Accepted accepted(JsonNode json) {
        return new Receipt.Accepted(
                new ReceiptId(json.path("receipt").asString("")),
                Instant.parse(json.path("acceptedAt").asString("")),
                Instant.parse(json.path("dedupUntil").asString("")),
                json.path("duplicate").asBoolean(false));
    }
}
