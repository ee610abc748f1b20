package org.openclaw.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What agents do, as it happens. When the connection breaks it is opened again behind the last event that was read, so that nothing is
 * missed and nothing comes twice; where the container has forgotten that one, {@link #next} says so. For one thread, but that any
 * thread may {@link #close} it.
 */
public final class EventStream implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Connection connection;
    private final Records records;
    private final EventQuery query;
    private final CountDownLatch closed = new CountDownLatch(1);
    private String lastId;
    private Duration pause = Duration.ofSeconds(1);
    private volatile @Nullable InputStream open;
    private @Nullable BufferedReader lines;

    EventStream(Connection connection, Records records, EventQuery query) {
        this.connection = connection;
        this.records = records;
        this.query = query;
        lastId = query.from() instanceof EventQuery.From.Behind(var id) ? id : "";
    }

    /**
     * Waits for the next event; empty once this is closed. While the container is away it goes on trying.
     *
     * @throws RefusedException when the container refuses for good: {@code events.forgotten} when it does not remember the last event
     *     any more, and then a new stream from the start says what it does remember
     */
    public Optional<AgentEvent> next() throws InterruptedException {
        while (closed.getCount() > 0) {
            try {
                var event = read(reader());
                if (event.isPresent()) {
                    return event;
                }
            } catch (IOException broken) {
                // the same as an end
            }
            release();
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        return Optional.empty();
    }

    private BufferedReader reader() throws IOException, InterruptedException {
        var known = lines;
        if (known != null) {
            return known;
        }
        var request = connection
                .request(query.target())
                .header("Accept", "text/event-stream")
                .GET();
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        var stream = accepted(request);
        open = stream;
        if (closed.getCount() == 0) {
            stream.close(); // closed at this very moment, by somebody who has not seen it
        }
        var fresh = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        lines = fresh;
        return fresh;
    }

    private InputStream accepted(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = connection.open(request);
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (var body = response.body()) {
            var refusal = connection.problem(response, body.readAllBytes());
            if (refusal.status() == 503 || refusal.status() == 429) {
                pause = refusal.retryAfter()
                        .filter(wait -> wait.compareTo(LONGEST_PAUSE) < 0)
                        .orElse(pause);
                throw new IOException(refusal);
            }
            throw refusal;
        }
    }

    /** The next event of the connection as the WHATWG says ("Server-sent events"); empty when it has ended. */
    private Optional<AgentEvent> read(BufferedReader in) throws IOException {
        var data = new StringBuilder();
        var id = lastId;
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                lastId = id; // what has not ended comes again
                if (!data.isEmpty()) {
                    return Optional.of(records.read(data.toString().getBytes(StandardCharsets.UTF_8), AgentEvent.class)
                            .withId(id));
                }
                continue;
            }
            int colon = line.indexOf(':');
            var field = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
            switch (field) {
                case "id" -> id = value;
                case "data" -> data.append(value);
                case "retry" -> pause = retry(value);
                default -> {
                    // a comment, or the kind, which the data says, too
                }
            }
        }
        return Optional.empty();
    }

    private Duration retry(String millis) {
        return millis.matches("[0-9]{1,9}")
                ? Duration.ofMillis(Math.min(Long.parseLong(millis), LONGEST_PAUSE.toMillis()))
                : pause;
    }

    /** Behind which event a later stream goes on; empty text when none has come yet. */
    public String lastId() {
        return lastId;
    }

    private void release() {
        var stream = open;
        open = null;
        lines = null;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException gone) {
                // it was
            }
        }
    }

    /** Nothing comes any more; whoever waits for an event hears of it. */
    @Override
    public void close() {
        closed.countDown();
        var stream = open;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException gone) {
                // it was
            }
        }
    }
}
