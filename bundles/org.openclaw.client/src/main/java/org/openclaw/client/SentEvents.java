package org.openclaw.client;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The server-sent events of one resource, over as many connections as it takes: when one breaks or falls silent, another is opened
 * behind the last event that was read. One thread reads; any may close it, and so does the client when it is closed.
 */
final class SentEvents implements AutoCloseable, Connection.Ending {
    private static final Duration LEAST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** Containers begin with where a stream begins, and nobody else has to. */
    private static final Duration LONGEST_GREETING = Duration.ofSeconds(2);

    private final Connection connection;
    private final Call call;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    /** Closes what is open, or being opened. */
    private final AtomicReference<Optional<Runnable>> ending = new AtomicReference<>(Optional.empty());

    private Optional<Reader> reader = Optional.empty();
    /** Read already, and not yet asked for. */
    private Optional<SentEvent> ahead = Optional.empty();

    private String lastId;
    private Duration pause = Duration.ofSeconds(1);

    /** One connection. */
    private record Reader(EventLines lines, EventParser parser) {}

    /**
     * @param target the path of the resource with its query
     * @param lastId behind which event to begin; empty text to begin where the query says
     */
    SentEvents(Connection connection, String target, String lastId) {
        this.connection = connection;
        this.lastId = lastId;
        call = Call.get(target).with("Accept", "text/event-stream");
        connection.begin(this);
    }

    /**
     * Opens it, as patiently as all else is asked: what happens from now on is read, whenever that is.
     *
     * @throws RefusedException when the container refuses
     * @throws UnansweredException when it does not answer
     */
    void connect() throws InterruptedException {
        var tries = connection.tries(Optional.empty());
        long since = connection.time().nanos();
        while (!closed.isDone()) {
            try {
                greeted(open());
                return;
            } catch (IOException broken) {
                var spent = Duration.ofNanos(connection.time().nanos() - since);
                rest(tries.again(Duration.ZERO)
                        .orElseThrow(() -> UnansweredException.unreachable(call.what(), spent, broken)));
            } catch (RefusedException refused) {
                var pauses = Refusals.isPassing(refused.status())
                        ? tries.again(refused.retryAfter().orElse(Duration.ZERO))
                        : Optional.<Duration>empty();
                rest(pauses.orElseThrow(() -> refused));
            }
        }
        throw UnansweredException.closed(call.what());
    }

    /** Takes where the stream begins, so that it goes on there if it breaks before there is an event. */
    private void greeted(Reader from) throws IOException, InterruptedException {
        for (var line = from.lines.next(LONGEST_GREETING); line.isPresent(); line = from.lines.next(LONGEST_GREETING)) {
            switch (read(from, line.get())) {
                case EventParser.Read.Part _ -> {
                    // there is more
                }
                case EventParser.Read.Position(var id) -> {
                    lastId = id;
                    return;
                }
                case EventParser.Read.Whole(var event) -> {
                    ahead = Optional.of(event);
                    return;
                }
            }
        }
    }

    /**
     * Waits for the next event; empty once this is closed. While the container is away it goes on trying.
     *
     * @throws RefusedException when it refuses for good
     */
    Optional<SentEvent> next() throws InterruptedException {
        while (!closed.isDone()) {
            var stayAway = Duration.ZERO;
            try {
                return Optional.of(event());
            } catch (IOException broken) {
                // the same as an end
            } catch (RefusedException refused) {
                if (!Refusals.isPassing(refused.status())) {
                    throw refused;
                }
                stayAway = refused.retryAfter().orElse(Duration.ZERO);
            }
            rest(bounded(stayAway.compareTo(pause) > 0 ? stayAway : pause));
        }
        return Optional.empty();
    }

    /** Whatever the server says: it is not asked in a circle, and not forgotten. */
    private static Duration bounded(Duration pause) {
        return pause.compareTo(LEAST_PAUSE) < 0
                ? LEAST_PAUSE
                : pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private SentEvent event() throws IOException, InterruptedException {
        var event = ahead.isPresent() ? ahead.get() : event(reader.isPresent() ? reader.get() : open());
        ahead = Optional.empty();
        lastId = event.id();
        return event;
    }

    private SentEvent event(Reader from) throws IOException, InterruptedException {
        while (true) {
            var line = from.lines
                    .next(connection.silence())
                    .orElseThrow(() -> new HttpTimeoutException("the stream has fallen silent"));
            switch (read(from, line)) {
                case EventParser.Read.Part _ -> {
                    // there is more
                }
                case EventParser.Read.Position(var id) -> lastId = id;
                case EventParser.Read.Whole(var event) -> {
                    return event;
                }
            }
        }
    }

    private EventParser.Read read(Reader from, String line) {
        var read = from.parser.line(line);
        pause = from.parser.retry().map(SentEvents::bounded).orElse(pause);
        return read;
    }

    private Reader open() throws IOException, InterruptedException {
        var opening = connection.open(lastId.isEmpty() ? call : call.with("Last-Event-ID", lastId));
        endsBy(opening::close);
        var lines = opening.await();
        endsBy(lines::close);
        var opened = new Reader(lines, new EventParser(lastId));
        reader = Optional.of(opened);
        return opened;
    }

    private void endsBy(Runnable closing) {
        ending.set(Optional.of(closing));
        if (closed.isDone()) { // at this very moment, by somebody who has not seen it
            release();
        }
    }

    private void release() {
        ending.getAndSet(Optional.empty()).ifPresent(Runnable::run);
    }

    /** Lets the connection go, and waits before there is another. */
    private void rest(Duration pauses) throws InterruptedException {
        release();
        reader = Optional.empty();
        var _ = Futures.await(CompletableFuture.anyOf(connection.time().after(pauses), closed));
    }

    /** Behind which event a later stream goes on; empty text when none has come yet. */
    String lastId() {
        return lastId;
    }

    @Override
    public void end() {
        close();
    }

    /** Nothing comes any more; whoever waits for an event hears of it. */
    @Override
    public void close() {
        closed.complete(null);
        connection.ended(this);
        release();
    }
}
