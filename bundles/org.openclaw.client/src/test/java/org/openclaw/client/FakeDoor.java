package org.openclaw.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers requests as a test says, one answer for each, and keeps what came. */
final class FakeDoor implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    FakeDoor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** What came. */
    record Asked(String method, String target, Map<String, String> headers, String body) {}

    /** What is answered. */
    interface Answer {
        void write(HttpExchange exchange) throws IOException;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    FakeDoor then(int status, String contentType, String body, String... headers) {
        return then(exchange -> write(exchange, status, contentType, body, headers));
    }

    static void write(HttpExchange exchange, int status, String contentType, String body, String... headers)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        for (int at = 0; at < headers.length; at += 2) {
            exchange.getResponseHeaders().set(headers[at], headers[at + 1]);
        }
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    FakeDoor then(Answer answer) {
        answers.add(answer);
        return this;
    }

    FakeDoor accepts(String receipt) {
        return then(
                202,
                "application/json",
                "{\"receipt\":\"%s\",\"acceptedAt\":\"2026-01-01T00:00:00Z\",\"dedupUntil\":\"2026-01-01T00:10:00Z\",\"duplicate\":false}"
                        .formatted(receipt));
    }

    FakeDoor refuses(int status, String code, String... headers) {
        return then(
                status,
                "application/problem+json",
                "{\"code\":\"%s\",\"detail\":\"No.\",\"violations\":[{\"pointer\":\"/a\",\"rule\":\"a number\",\"found\":\"string\"}]}"
                        .formatted(code),
                headers);
    }

    /** Answers nothing at all until it is closed. */
    FakeDoor isSilent() {
        return then(exchange -> awaitClosing());
    }

    /** Begins an answer and says no more until it is closed. */
    FakeDoor stalls(String contentType, String beginning) {
        return then(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(beginning.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            awaitClosing();
        });
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The message waits still. */
    FakeDoor waits(String receipt) {
        return then(200, "application/json", waiting(receipt));
    }

    static String waiting(String receipt) {
        return status(receipt, "\"status\":\"waiting\"");
    }

    /** The message is done. */
    FakeDoor replies(String receipt, String contentType, String data) {
        return then(200, "application/json", status(receipt, """
                "status":"done","at":"2026-01-01T00:00:00Z","version":"1.0.0","reply":{"specversion":"1.0","id":"r","source":"/s",
                "type":"t","time":"2026-01-01T00:00:00Z","datacontenttype":"%s","data":%s}""".formatted(contentType, data)));
    }

    private static String status(String receipt, String status) {
        return "{\"receipt\":\"%s\",\"to\":\"order/a\",\"type\":\"t\",\"acceptedAt\":\"2026-01-01T00:00:00Z\",%s}"
                .formatted(receipt, status);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.of(
                            "Authorization", first(headers.getFirst("Authorization")),
                            "Content-Type", first(headers.getFirst("Content-Type")),
                            "Prefer", first(headers.getFirst("Prefer")),
                            "Last-Event-ID", first(headers.getFirst("Last-Event-ID"))),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            answers.take().write(exchange);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    private static String first(String value) {
        return Optional.ofNullable(value).orElse("");
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
        threads.close();
    }
}
