package org.openclaw.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The lines of one open stream, as they come. Takes no more of them from the connection than it keeps for its reader. One thread reads;
 * any may close it, and the reader hears of that.
 */
final class EventLines implements BodySubscriber<EventLines>, AutoCloseable {
    private static final int AHEAD = 256;

    /** Never more than were asked for, and two ends. */
    private final BlockingQueue<Came> arrived = new LinkedBlockingQueue<>();

    private final CompletableFuture<Flow.Subscription> taking = new CompletableFuture<>();
    private final BodySubscriber<Void> decoder = BodySubscribers.fromLineSubscriber(new Arrivals());

    private sealed interface Came {
        record Line(String text) implements Came {}

        record End(IOException why) implements Came {}
    }

    /** What the decoder has made of the bytes. */
    private final class Arrivals implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(AHEAD);
            taking.complete(subscription);
        }

        @Override
        public void onNext(String line) {
            arrived.add(new Came.Line(line));
        }

        @Override
        public void onError(Throwable broken) {
            arrived.add(new Came.End(new IOException(broken)));
        }

        @Override
        public void onComplete() {
            arrived.add(new Came.End(new EOFException("the stream has ended")));
        }
    }

    /**
     * The next line; empty when none comes in time.
     *
     * @throws IOException when the stream has ended, is broken or closed
     */
    Optional<String> next(Duration within) throws IOException, InterruptedException {
        return switch (arrived.poll(within.toNanos(), TimeUnit.NANOSECONDS)) {
            case null -> Optional.empty();
            case Came.Line(var text) -> {
                var _ = taking.thenAccept(subscription -> subscription.request(1));
                yield Optional.of(text);
            }
            case Came.End(var why) -> throw why;
        };
    }

    /** At once: the head of the answer says all that there is to wait for. */
    @Override
    public CompletionStage<EventLines> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        decoder.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        decoder.onNext(bytes);
    }

    @Override
    public void onError(Throwable broken) {
        decoder.onError(broken);
    }

    @Override
    public void onComplete() {
        decoder.onComplete();
    }

    /** Ends the connection, also one that is only about to begin. */
    @Override
    public void close() {
        arrived.add(new Came.End(new EOFException("the stream is closed")));
        var _ = taking.thenAccept(Flow.Subscription::cancel);
    }
}
