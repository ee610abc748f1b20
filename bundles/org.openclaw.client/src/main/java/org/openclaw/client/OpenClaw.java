package org.openclaw.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.openclaw.message.Address;
import org.openclaw.message.Body;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.TrackedMessage;
import tools.jackson.databind.JsonNode;

/**
 * A container, as a client sees it over HTTP.
 *
 * <pre>{@code
 * try (var openclaw = OpenClaw.at(URI.create("http://127.0.0.1:8080")).token(token).connect()) {
 *     var order = openclaw.agent("order", "4711");
 *     order.send(new Placed("sku-1", 3));
 *     OrderState state = order.ask(new Status(), OrderState.class, Duration.ofSeconds(10));
 * }
 * }</pre>
 *
 * <p>Each message has an id, and the container knows it again. So whatever gets no answer, and whatever is refused because something
 * is full or away (429, 503), is sent again until the {@link Builder#patience} is over, and still takes place once. Thread-safe: one
 * is enough for a program. At most {@link Builder#atOnce} requests are under way; whoever asks for more waits.
 */
public final class OpenClaw implements AutoCloseable {
    private final Connection connection;
    private final Records records;
    private final String source;

    private OpenClaw(Connection connection, Records records, String source) {
        this.connection = connection;
        this.records = records;
        this.source = source;
    }

    /**
     * The container at an address such as {@code http://127.0.0.1:8080}.
     *
     * @throws IllegalArgumentException when it is no address of HTTP
     */
    public static Builder at(URI container) {
        return new Builder(container);
    }

    /** How to reach a container. Not thread-safe. */
    public static final class Builder {
        private final URI container;
        private Supplier<String> token = () -> {
            throw new IllegalStateException(
                    "no token (expected: OpenClaw.at(...).token(...), such as that in conf/admin.token)");
        };
        private String source = "/client/" + UUID.randomUUID();
        private Duration patience = Duration.ofSeconds(30);
        private Duration timeout = Duration.ofSeconds(30);
        private Duration connectTimeout = Duration.ofSeconds(5);
        private int atOnce = 256;

        private Builder(URI container) {
            var scheme = container.getScheme();
            if (scheme == null || !(scheme.equals("http") || scheme.equals("https")) || container.getHost() == null) {
                throw new IllegalArgumentException(
                        "container: '" + container + "' (expected: an address such as http://127.0.0.1:8080)");
            }
            this.container = container;
        }

        /** The token that says who this is. */
        public Builder token(String text) {
            token = () -> text;
            return this;
        }

        /** The file with the token, such as {@code conf/admin.token}; read for each request, so that it may change. */
        public Builder tokenFile(Path file) {
            token = () -> {
                try {
                    return Files.readString(file).strip();
                } catch (IOException unreadable) {
                    throw new UncheckedIOException("The token cannot be read from " + file, unreadable);
                }
            };
            return this;
        }

        /**
         * The CloudEvents {@code source} of what this sends. Together with the id of a message it identifies that; a program that sends
         * the same ids again after a restart, so that nothing takes place twice, says the same source each time.
         */
        public Builder source(String uri) {
            source = uri;
            return this;
        }

        /** How long to try again what gets no answer or is refused for the moment; 30 s unless said. */
        public Builder patience(Duration atMost) {
            patience = atMost;
            return this;
        }

        /** How long the container may take to answer what waits for nothing; 30 s unless said. */
        public Builder timeout(Duration atMost) {
            timeout = atMost;
            return this;
        }

        /** How many requests may be under way; 256 unless said. */
        public Builder atOnce(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("requests at once: " + most + " (expected: 1 or more)");
            }
            atOnce = most;
            return this;
        }

        /** Ready to ask; it does so first when it is asked. */
        public OpenClaw connect() {
            var records = new Records();
            return new OpenClaw(
                    new Connection(container, token, patience, timeout, connectTimeout, atOnce, records),
                    records,
                    source);
        }
    }

    /**
     * One agent; it need not exist yet.
     *
     * @throws IllegalArgumentException when type or key have another shape
     */
    public AgentClient agent(String type, String key) {
        return new AgentClient(this, connection, records, source, Address.of(type, key));
    }

    /** Where a message is; empty when it is unknown, or forgotten by now. */
    public Optional<TrackedMessage> message(ReceiptId receipt) throws InterruptedException {
        return message(receipt, Duration.ZERO);
    }

    /** The same, waiting for its end, up to 120 s. */
    Optional<TrackedMessage> message(ReceiptId receipt, Duration waits) throws InterruptedException {
        var request = connection.request(path(receipt)).GET();
        if (waits.toSeconds() > 0) {
            request.header("Prefer", "wait=" + waits.toSeconds());
        }
        try {
            return Optional.of(tracked(Futures.await(connection.send(request, waits))));
        } catch (RefusedException unknown) {
            if (unknown.code().equals("receipt.unknown")) {
                return Optional.empty();
            }
            throw unknown;
        }
    }

    /**
     * Takes a message back whose turn has not begun, or waits.
     *
     * @throws RefusedException when it has gone too far, or is unknown
     */
    public TrackedMessage cancel(ReceiptId receipt) throws InterruptedException {
        return tracked(
                Futures.await(connection.send(connection.request(path(receipt)).DELETE(), Duration.ZERO)));
    }

    /** What agents do, as it happens; {@link EventStream} goes on where it was when the connection breaks. */
    public EventStream events(EventQuery query) {
        return new EventStream(connection, records, query);
    }

    /** What its turns show of the reply to a message before it is there, and how it ends. */
    public MessageEvents follow(ReceiptId receipt) {
        return new MessageEvents(
                connection, records, path(receipt) + "/events", json -> new MessageEvent.Ended(tracked(json)));
    }

    private static String path(ReceiptId receipt) {
        return "/v1/messages/" + encoded(receipt.value());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private TrackedMessage tracked(HttpResponse<byte[]> response) {
        return tracked(records.read(response.body(), JsonNode.class));
    }

    private TrackedMessage tracked(JsonNode json) {
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
                Body.json(records.bytes(json.get("data"))));
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asString("");
    }

    private static Instant time(JsonNode json, String name) {
        return Instant.parse(text(json, name));
    }

    /** What is under way ends without an answer. */
    @Override
    public void close() {
        connection.close();
    }
}
