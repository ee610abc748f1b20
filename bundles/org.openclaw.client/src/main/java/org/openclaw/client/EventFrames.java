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
 * Server-sent events over as many connections as it takes, as the WHATWG says: one that breaks is opened again behind the last event
 * that was read. For one thread, but that any thread may close it.
 */
final class EventFrames implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Connection connection;
    private final String target;
    private final CountDownLatch closed = new CountDownLatch(1);
    private String lastId;
    private Duration pause = Duration.ofSeconds(1);
    private volatile @Nullable InputStream open;
    private @Nullable BufferedReader lines;

    /**
     * @param target the path with its query
     * @param lastId behind which event to begin; empty text for none
     */
    EventFrames(Connection connection, String target, String lastId) {
        this.connection = connection;
        this.target = target;
        this.lastId = lastId;
    }

    /** One event. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(String id, String kind, byte[] data) {}

    /**
     * Waits for the next event; empty once this is closed. While the container is away it goes on trying.
     *
     * @throws RefusedException when the container refuses for good
     */
    Optional<Frame> next() throws InterruptedException {
        while (closed.getCount() > 0) {
            try {
                var frame = read(reader());
                if (frame.isPresent()) {
                    return frame;
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
        var request =
                connection.request(target).header("Accept", "text/event-stream").GET();
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

    /** The next event of the connection; empty when it has ended. */
    private Optional<Frame> read(BufferedReader in) throws IOException {
        var data = new StringBuilder();
        var id = lastId;
        var kind = "";
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                lastId = id; // what has not ended comes again
                if (!data.isEmpty()) {
                    return Optional.of(new Frame(id, kind, data.toString().getBytes(StandardCharsets.UTF_8)));
                }
                kind = "";
                continue;
            }
            int colon = line.indexOf(':');
            var field = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
            switch (field) {
                case "id" -> id = value;
                case "event" -> kind = value;
                case "data" -> data.append(value);
                case "retry" -> pause = retry(value);
                default -> {
                    // a comment
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

    /** Behind which event a later one goes on; empty text when none has come yet. */
    String lastId() {
        return lastId;
    }

    private void release() {
        lines = null;
        shut(open);
        open = null;
    }

    private static void shut(@Nullable InputStream stream) {
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
        shut(open);
    }
}
