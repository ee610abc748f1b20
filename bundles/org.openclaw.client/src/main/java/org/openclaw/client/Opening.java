package org.openclaw.client;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A stream that is being opened. One thread awaits it; any may close it. */
final class Opening implements AutoCloseable {
    private final Call call;
    private final Refusals refusals;
    private final CompletableFuture<HttpResponse<Head>> answer;

    /** What the head of the answer says. */
    sealed interface Head {
        /** It flows. */
        record Flows(EventLines lines) implements Head {}

        /** It does not, and why. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Refused(byte[] why) implements Head {}

        /** Nobody waits for it any more. */
        default void close() {
            if (this instanceof Flows(var lines)) {
                lines.close();
            }
        }
    }

    Opening(Call call, Refusals refusals, CompletableFuture<HttpResponse<Head>> answer) {
        this.call = call;
        this.refusals = refusals;
        this.answer = answer;
    }

    static BodySubscriber<Head> read(HttpResponse.ResponseInfo head) {
        return head.statusCode() == 200
                ? BodySubscribers.mapping(new EventLines(), Head.Flows::new)
                : BodySubscribers.mapping(BodySubscribers.ofByteArray(), Head.Refused::new);
    }

    /**
     * Waits until it flows.
     *
     * @throws IOException when there is no answer, or this is closed
     * @throws RefusedException when the container, or what stands before it, says no
     */
    EventLines await() throws IOException, InterruptedException {
        try {
            var response = answer.get();
            return switch (response.body()) {
                case Head.Flows(var lines) -> lines;
                case Head.Refused(var why) -> throw refusals.read(call, response, why);
            };
        } catch (CancellationException closed) {
            throw new IOException(closed);
        } catch (ExecutionException failed) {
            var why = Connection.unwrapped(failed);
            if (why instanceof IOException broken) {
                throw broken;
            }
            throw why instanceof RuntimeException unforeseen ? unforeseen : new IllegalStateException(why);
        } catch (InterruptedException stopped) {
            close();
            throw stopped;
        }
    }

    /** Cancels it. */
    @Override
    public void close() {
        answer.cancel(true);
    }
}
