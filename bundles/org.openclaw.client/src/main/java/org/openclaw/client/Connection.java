package org.openclaw.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openclaw.schema.Violation;
import tools.jackson.databind.JsonNode;

/**
 * Requests to one container. What it has not answered, or cannot do at present, is asked again until the patience is over: so only what
 * may be asked twice belongs here. Thread-safe.
 */
final class Connection implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final HttpClient http;
    private final URI base;
    private final Supplier<String> token;
    private final Duration patience;
    private final Duration timeout;
    private final Semaphore room;
    private final Records records;

    /**
     * @param token asked for each request
     * @param patience how long to try again
     * @param timeout how long a container may take that need not wait for anything
     * @param atOnce how many requests may be under way; more wait
     */
    Connection(
            URI base,
            Supplier<String> token,
            Duration patience,
            Duration timeout,
            Duration connectTimeout,
            int atOnce,
            Records records) {
        this.base = base;
        this.token = token;
        this.patience = patience;
        this.timeout = timeout;
        this.room = new Semaphore(atOnce);
        this.records = records;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .build();
    }

    /** A request for a path with its query; add what it asks for. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + token.get());
    }

    /**
     * Completes with an answer of success; fails with a {@link RefusedException} or an {@link UnansweredException}. Waits while too
     * many are under way.
     *
     * @param waits how much longer than usual it may take
     */
    CompletableFuture<HttpResponse<byte[]>> send(HttpRequest.Builder request, Duration waits)
            throws InterruptedException {
        ForkJoinPool.managedBlock(new Place(room));
        var answer = new CompletableFuture<HttpResponse<byte[]>>();
        attempt(new Ask(request.timeout(timeout.plus(waits)).build(), System.nanoTime(), answer), FIRST_PAUSE);
        return answer.whenComplete((_, _) -> room.release());
    }

    /** Waits for a place; answers come by the common pool, and whoever waits in it must not hold them up. */
    private record Place(Semaphore room) implements ForkJoinPool.ManagedBlocker {
        @Override
        public boolean block() throws InterruptedException {
            room.acquire();
            return true;
        }

        @Override
        public boolean isReleasable() {
            return room.tryAcquire();
        }
    }

    /** What is asked, since when, and who waits for it. */
    private record Ask(HttpRequest request, long since, CompletableFuture<HttpResponse<byte[]>> answer) {
        Duration spent() {
            return Duration.ofNanos(System.nanoTime() - since);
        }

        void fail(Throwable why) {
            answer.completeExceptionally(why);
        }
    }

    private void attempt(Ask ask, Duration pause) {
        var _ = http.sendAsync(ask.request, HttpResponse.BodyHandlers.ofByteArray())
                .whenComplete((response, thrown) -> {
                    if (thrown != null) {
                        broken(ask, pause, unwrapped(thrown));
                    } else if (response.statusCode() < 300) {
                        ask.answer.complete(response);
                    } else {
                        refused(ask, pause, response);
                    }
                });
    }

    private void broken(Ask ask, Duration pause, Throwable why) {
        if (why instanceof IOException) {
            again(
                    ask,
                    pause,
                    pause,
                    () -> UnansweredException.unreachable(
                            ask.request.method() + " " + ask.request.uri().getPath(), ask.spent(), why));
        } else {
            ask.fail(why);
        }
    }

    private void refused(Ask ask, Duration pause, HttpResponse<byte[]> response) {
        if (response.statusCode() == 429 || response.statusCode() == 503) {
            var said = retryAfter(response).filter(wait -> wait.compareTo(pause) > 0);
            again(ask, pause, said.orElse(pause), () -> problem(response, response.body()));
        } else {
            ask.fail(problem(response, response.body()));
        }
    }

    private void again(Ask ask, Duration pause, Duration wait, Supplier<RuntimeException> otherwise) {
        if (ask.spent().plus(wait).compareTo(patience) > 0) {
            ask.fail(otherwise.get());
            return;
        }
        var next = pause.multipliedBy(2);
        CompletableFuture.delayedExecutor(jittered(wait).toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> attempt(ask, next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next));
    }

    /** A little more, so that those who were refused together do not come again together. */
    private static Duration jittered(Duration pause) {
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(1 + pause.toMillis() / 2));
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    /** Opens a stream; one that ends by itself is opened again by whoever reads it. */
    HttpResponse<InputStream> open(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    RefusedException problem(HttpResponse<?> response, byte[] body) {
        int status = response.statusCode();
        var type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        var said = records.object(body).filter(_ -> type.startsWith("application/problem+json"));
        if (said.isEmpty()) {
            return new RefusedException(
                    status,
                    "http." + status,
                    response.uri() + " answers with " + status
                            + " (expected: an OpenClaw container). Is the URL right?",
                    Optional.empty(),
                    List.of());
        }
        var json = said.get();
        return new RefusedException(
                status,
                json.path("code").asString("http." + status),
                json.path("detail").asString("refused with " + status),
                retryAfter(response),
                violations(json.path("violations")));
    }

    private static List<Violation> violations(JsonNode array) {
        var violations = new ArrayList<Violation>();
        for (var each : array) {
            violations.add(new Violation(
                    each.path("pointer").asString(""),
                    each.path("rule").asString(""),
                    each.path("found").asString("")));
        }
        return violations;
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
