package org.openclaw.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Requests to one container. What it has not answered, or cannot do at present, is asked again until the patience is over. Each try is
 * made anew, with the token of that moment, and bounded as a whole: the time-out of {@link HttpRequest} ends with the head of an answer,
 * and a peer may fall silent behind it. Thread-safe.
 */
final class Connection implements AutoCloseable {
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final HttpClient http;
    private final Endpoint container;
    private final Supplier<String> token;
    private final Settings settings;
    private final Refusals refusals;
    private final Places places;
    /** What ends when this does. */
    private final Set<Ending> underWay = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /**
     * How a container is asked.
     *
     * @param patience how long to try again
     * @param timeout how long a container may take that need not wait for anything
     * @param silence how long a stream may say nothing
     * @param atOnce how many requests may be under way; more wait
     */
    record Settings(
            Duration patience, Duration timeout, Duration connectTimeout, Duration silence, int atOnce, Time time) {}

    /** Something that waits for the container. */
    interface Ending {
        /** The client has been closed. */
        void end();
    }

    /** @param token asked for each try */
    Connection(Endpoint container, Supplier<String> token, Settings settings, Records records) {
        this.container = container;
        this.token = token;
        this.settings = settings;
        refusals = new Refusals(records);
        places = new Places(settings.atOnce());
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    Time time() {
        return settings.time();
    }

    Duration silence() {
        return settings.silence();
    }

    Tries tries(Optional<Deadline> until) {
        return new Tries(settings.time(), settings.patience(), until);
    }

    /**
     * Completes with an answer of success; fails with a {@link RefusedException} or an {@link UnansweredException}. Waits while too
     * many are under way.
     */
    CompletableFuture<HttpResponse<byte[]>> send(Call call) throws InterruptedException {
        if (call.until().filter(Deadline::isOver).isPresent()) {
            throw UnansweredException.unasked(call.what(), "its time is over (expected: some time to wait).");
        }
        if (!places.take(call.until())) {
            throw UnansweredException.unasked(
                    call.what(),
                    settings.atOnce() + " requests are under way (expected: fewer). Wait longer, or raise atOnce.");
        }
        if (closed) {
            places.give();
            throw UnansweredException.unasked(call.what(), "the client is closed (expected: to ask before that).");
        }
        var ask = new Ask(call);
        var answer = ask.answer.whenComplete((_, _) -> {
            underWay.remove(ask);
            places.give();
        });
        begin(ask);
        ask.attempt();
        return answer;
    }

    /** Waits; no longer than until this is closed. */
    void pause(Duration pause) throws InterruptedException {
        var over = new CompletableFuture<Void>();
        Ending ending = () -> over.complete(null);
        begin(ending);
        try {
            var _ = Futures.await(CompletableFuture.anyOf(over, settings.time().after(pause)));
        } finally {
            ended(ending);
        }
    }

    /** From now on it ends when this is closed. */
    void begin(Ending ending) {
        underWay.add(ending);
        if (closed) { // perhaps before it was there
            ending.end();
        }
    }

    void ended(Ending ending) {
        underWay.remove(ending);
    }

    /** Something that is asked until there is an answer. One try at a time. */
    private final class Ask implements Ending {
        private final Call call;
        private final long since = settings.time().nanos();
        private final Tries tries;
        private final CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();

        Ask(Call call) {
            this.call = call;
            tries = tries(call.until());
        }

        void attempt() {
            if (answer.isDone()) {
                return; // closed meanwhile
            }
            try {
                var waits = call.until().map(Deadline::agreeable).orElse(Duration.ZERO);
                var request = request(waits.isPositive() ? call.with("Prefer", "wait=" + waits.toSeconds()) : call);
                var most = settings.timeout().plus(waits);
                var atMost = call.until()
                        .map(Deadline::left)
                        .filter(left -> left.compareTo(most) < 0)
                        .orElse(most);
                // whatever comes of it must not run on the thread of the timers
                var _ = exchange(request, BodyHandlers.ofByteArray(), atMost, _ -> {})
                        .whenCompleteAsync(this::came);
            } catch (RuntimeException broken) {
                answer.completeExceptionally(broken);
            }
        }

        private void came(HttpResponse<byte[]> response, Throwable thrown) {
            try {
                if (thrown != null) {
                    broken(unwrapped(thrown));
                } else if (response.statusCode() < 300) {
                    answer.complete(response);
                } else {
                    refused(response);
                }
            } catch (RuntimeException unforeseen) {
                answer.completeExceptionally(unforeseen);
            }
        }

        private void broken(Throwable why) {
            if (why instanceof IOException) {
                again(Duration.ZERO, () -> UnansweredException.unreachable(call.what(), spent(), why));
            } else {
                answer.completeExceptionally(why);
            }
        }

        private Duration spent() {
            return Duration.ofNanos(settings.time().nanos() - since);
        }

        private void refused(HttpResponse<byte[]> response) {
            var refusal = refusals.read(call, response, response.body());
            if (Refusals.isPassing(refusal.status())) {
                again(refusal.retryAfter().orElse(Duration.ZERO), () -> refusal);
            } else {
                answer.completeExceptionally(refusal);
            }
        }

        private void again(Duration said, Supplier<RuntimeException> otherwise) {
            var pause = tries.again(said);
            if (pause.isEmpty()) {
                answer.completeExceptionally(otherwise.get());
            } else {
                var _ = settings.time().after(pause.get()).thenRun(this::attempt);
            }
        }

        @Override
        public void end() {
            answer.completeExceptionally(UnansweredException.closed(call.what()));
        }
    }

    private HttpRequest request(Call call) {
        var request = HttpRequest.newBuilder(container.at(call.target()))
                .header("Authorization", "Bearer " + token.get())
                .method(call.method(), call.body());
        call.headers().forEach(request::header);
        return request.build();
    }

    /**
     * Asks once. Cancelling what it gives ends the request.
     *
     * @param atMost how long it may take: with a body that comes as a whole, all of it
     * @param late takes what comes when nobody waits any more
     */
    private <T> CompletableFuture<HttpResponse<T>> exchange(
            HttpRequest request, BodyHandler<T> body, Duration atMost, Consumer<T> late) {
        var result = new CompletableFuture<HttpResponse<T>>();
        var sent = http.sendAsync(request, body);
        var _ = sent.whenComplete((response, thrown) -> {
            if (thrown != null) {
                result.completeExceptionally(unwrapped(thrown));
            } else if (!result.complete(response)) {
                late.accept(response.body());
            }
        });
        var _ = result.orTimeout(atMost.toNanos(), TimeUnit.NANOSECONDS).whenComplete((_, thrown) -> {
            if (thrown != null) {
                sent.cancel(true);
            }
        });
        return result;
    }

    /** What has happened, without what it came in. */
    static Throwable unwrapped(Throwable thrown) {
        return switch (thrown) {
            case CompletionException wrapped when wrapped.getCause() != null -> unwrapped(wrapped.getCause());
            case ExecutionException wrapped when wrapped.getCause() != null -> unwrapped(wrapped.getCause());
            case TimeoutException _ -> new HttpTimeoutException("no whole answer in time");
            default -> thrown;
        };
    }

    /** Opens a stream of lines: not tried again, and without an end of its own. */
    Opening open(Call call) {
        return new Opening(
                call, refusals, exchange(request(call), Opening::read, settings.timeout(), Opening.Head::close));
    }

    /** Whatever waits ends without an answer, and nothing is asked from now on. */
    @Override
    public void close() {
        closed = true;
        underWay.forEach(Ending::end);
        http.shutdownNow();
        try {
            var _ = http.awaitTermination(LONGEST_END);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
