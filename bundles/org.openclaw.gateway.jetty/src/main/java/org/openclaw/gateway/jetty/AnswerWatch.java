package org.openclaw.gateway.jetty;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the connections now and again, and closes those whose client takes one piece of an answer too slowly. Jetty closes where nothing
 * moves, but a client that takes a byte now and then keeps the answer, its connection, and perhaps a thread that writes, for ever. For one
 * thread.
 */
final class AnswerWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerWatch.class);

    private final long longest;
    private Map<EndPoint, Writing> writing = new HashMap<>();

    /**
     * @param bytes that were written before
     * @param since when, as far as was seen
     */
    private record Writing(long bytes, long since) {}

    /** @param longest how long one piece may take, which is as large as a buffer of the server */
    AnswerWatch(Duration longest) {
        this.longest = longest.toNanos();
    }

    /** Looks at all connections. */
    void look(Collection<EndPoint> endPoints) {
        long now = NanoTime.now();
        var present = new HashMap<EndPoint, Writing>();
        for (var endPoint : endPoints) {
            if (endPoint instanceof AbstractEndPoint plain
                    && plain.getWriteFlusher().isPending()) {
                long bytes = Optional.ofNullable(endPoint.getConnection())
                        .map(Connection::getBytesOut)
                        .orElse(0L);
                var known = writing.get(endPoint);
                present.put(endPoint, known == null || known.bytes() != bytes ? new Writing(bytes, now) : known);
            }
        }
        writing = present;
        present.forEach((endPoint, known) -> {
            if (now - known.since() > longest) {
                LOG.debug("Closed {}: its client takes an answer too slowly", endPoint);
                endPoint.close();
            }
        });
    }
}
