package org.openclaw.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.openclaw.message.Address;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.TrackedMessage;

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
 * is full or away (429, 502, 503, 504), is sent again until the {@link Builder#patience} is over, and still takes place once. Thread-safe: one
 * is enough for a program. At most {@link Builder#atOnce} requests are under way; whoever asks for more waits.
 */
public final class OpenClaw implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Connection connection;
    private final Records records;
    private final TrackedJson tracked;
    private final String source;

    private OpenClaw(Connection connection, Records records, String source) {
        this.connection = connection;
        this.records = records;
        this.source = source;
        tracked = new TrackedJson(records);
    }

    /**
     * The container at an address such as {@code http://127.0.0.1:8080}, or {@code https://host/openclaw} where a reverse proxy
     * gives it a path.
     *
     * @throws IllegalArgumentException when it is no address of HTTP, or has a user, a query or a fragment
     */
    public static Builder at(URI container) {
        return new Builder(container);
    }

    /** How to reach a container. Not thread-safe. */
    public static final class Builder {
        private final Endpoint container;
        private Supplier<String> token = () -> {
            throw new IllegalStateException(
                    "no token (expected: OpenClaw.at(...).token(...), such as that in conf/admin.token)");
        };
        private String source = "/client/" + UUID.randomUUID();
        private Duration patience = Duration.ofSeconds(30);
        private Duration timeout = Duration.ofSeconds(30);
        /** Three heartbeats of a container. */
        private Duration silence = Duration.ofSeconds(45);

        private int atOnce = 256;
        private Time time = Time.real();

        private Builder(URI container) {
            this.container = Endpoint.of(container);
        }

        /**
         * The token that says who this is.
         *
         * @throws IllegalArgumentException when it is no single line of visible ASCII characters
         */
        public Builder token(String text) {
            token = Token.of(text);
            return this;
        }

        /**
         * The file with the token, such as {@code conf/admin.token}; read each time something is asked, so that it may change. What is
         * wrong with it, whoever asks hears then.
         */
        public Builder tokenFile(Path file) {
            token = Token.in(file);
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

        /**
         * How long to try again what gets no answer or is refused for the moment, from the first time on that it fails; 30 s unless
         * said. An answer that an agent is asked for is not tried for longer than it is waited for.
         */
        public Builder patience(Duration atMost) {
            patience = within("patience", atMost, Duration.ZERO, Duration.ofDays(365));
            return this;
        }

        /**
         * How long one try may take that waits for nothing, from the connection to the last byte; 30 s unless said. A stream of events
         * begins within it, and then may go on.
         */
        public Builder timeout(Duration atMost) {
            timeout = within("timeout", atMost, Duration.ofMillis(1), Duration.ofDays(1));
            return this;
        }

        private static Duration within(String what, Duration said, Duration least, Duration most) {
            if (said.compareTo(least) < 0 || said.compareTo(most) > 0) {
                throw new IllegalArgumentException(
                        what + ": " + said + " (expected: from " + least + " to " + most + ")");
            }
            return said;
        }

        /** How many requests may be under way; 256 unless said. */
        public Builder atOnce(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("requests at once: " + most + " (expected: 1 or more)");
            }
            atOnce = most;
            return this;
        }

        /** How long a stream may say nothing until it is opened again. */
        Builder silence(Duration atMost) {
            silence = atMost;
            return this;
        }

        Builder time(Time other) {
            time = other;
            return this;
        }

        /** Ready to ask; it does so first when it is asked. */
        public OpenClaw connect() {
            var records = new Records();
            var settings = new Connection.Settings(patience, timeout, CONNECT_TIMEOUT, silence, atOnce, time);
            return new OpenClaw(new Connection(container, token, settings, records), records, source);
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
        return message(Call.get(ApiPath.message(receipt)));
    }

    /** The same, waiting for its end; the answer comes by the deadline or not at all. */
    Optional<TrackedMessage> message(ReceiptId receipt, Deadline until) throws InterruptedException {
        return message(Call.get(ApiPath.message(receipt)).until(until));
    }

    private Optional<TrackedMessage> message(Call call) throws InterruptedException {
        try {
            return Optional.of(tracked.read(Futures.await(connection.send(call)).body()));
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
        return tracked.read(Futures.await(connection.send(Call.delete(ApiPath.message(receipt))))
                .body());
    }

    /**
     * What agents do, as it happens; {@link EventStream} goes on where it was when the connection breaks. Returns when the stream is
     * there: what is sent afterwards shows in it, whenever that is read. Close it: it is a connection of its own, and no part of
     * {@link Builder#atOnce}.
     *
     * @throws RefusedException when the container says no, as {@link EventStream#next} does
     * @throws UnansweredException when it does not answer
     */
    public EventStream events(EventQuery query) throws InterruptedException {
        return EventStream.open(connection, records, query);
    }

    /** What its turns show of the reply to a message before it is there, and how it ends. */
    public MessageEvents follow(ReceiptId receipt) {
        return new MessageEvents(connection, records, tracked, receipt);
    }

    /**
     * Whatever waits ends at once: requests without an answer, by an {@link UnansweredException}, and streams as if they were closed.
     * What is asked afterwards fails in the same way.
     */
    @Override
    public void close() {
        connection.close();
    }
}
