package org.openclaw.gateway.jetty;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the connections now and again, and closes those where a request has begun to come and its headers take too long. Jetty closes
 * what rests, but not what trickles: a byte now and then keeps a connection open for ever. Thread-safe.
 */
final class RequestWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RequestWatch.class);

    private final long longest;
    /** Connections without a request under way. Guarded by this. */
    private Map<EndPoint, Waiting> waiting = new HashMap<>();
    /** The same at the last look, whoever has waited longest first. Guarded by this. */
    private final Deque<EndPoint> spare = new ArrayDeque<>();

    /**
     * @param requests that have come whole before
     * @param bytes that had come when nothing of the next was there yet, as far as was seen
     * @param since when nothing of it was there yet, as far as was seen
     * @param from when it has waited altogether
     */
    private record Waiting(long requests, long bytes, long since, long from) {}

    /** @param longest how long the headers of a request may take */
    RequestWatch(Duration longest) {
        this.longest = longest.toNanos();
    }

    /** Looks at all connections. */
    synchronized void look(Collection<EndPoint> endPoints) {
        long now = NanoTime.now();
        var present = new HashMap<EndPoint, Waiting>();
        for (var endPoint : endPoints) {
            http(endPoint)
                    .filter(RequestWatch::isWaiting)
                    .map(http -> waiting(endPoint, http, now))
                    .ifPresent(known -> present.put(endPoint, known));
        }
        waiting = present;
        spare.clear();
        present.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().from() - now))
                .forEach(entry -> spare.add(entry.getKey()));
        present.forEach((endPoint, known) -> {
            if (now - known.since() > longest) {
                LOG.debug("Closed {}: the headers of its request take too long", endPoint);
                endPoint.close();
            }
        });
    }

    /** Closes the connection that has waited longest for a request; false when there is none. */
    synchronized boolean makeRoom() {
        for (var first = spare.poll(); first != null; first = spare.poll()) {
            if (first.isOpen() && http(first).filter(RequestWatch::isWaiting).isPresent()) {
                first.close();
                return true;
            }
        }
        return false;
    }

    private static boolean isWaiting(HttpConnection http) {
        return http.getParser().inHeaderState();
    }

    private Waiting waiting(EndPoint endPoint, HttpConnection http, long now) {
        // below TLS, as the handshake counts as well
        long bytes = Optional.ofNullable(endPoint.getConnection())
                .map(Connection::getBytesIn)
                .orElse(0L);
        var known = waiting.get(endPoint);
        if (known == null || known.requests() != http.getMessagesIn()) {
            return new Waiting(http.getMessagesIn(), bytes, now, now);
        }
        boolean rests = http.getParser().isStart() && bytes == known.bytes();
        return rests ? new Waiting(known.requests(), bytes, now, known.from()) : known;
    }

    /** The HTTP/1.1 that a connection speaks. */
    private static Optional<HttpConnection> http(EndPoint endPoint) {
        return switch (endPoint.getConnection()) {
            case HttpConnection http -> Optional.of(http);
            case SslConnection tls
            when tls.getSslEndPoint().getConnection() instanceof HttpConnection http -> Optional.of(http);
            case null, default -> Optional.empty();
        };
    }
}
