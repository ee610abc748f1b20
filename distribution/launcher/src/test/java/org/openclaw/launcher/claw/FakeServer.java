package org.openclaw.launcher.claw;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers what it was told to, in order, and remembers what it was asked. */
final class FakeServer implements AutoCloseable {
    /**
     * What it was asked.
     *
     * @param line method and path, as sent
     * @param headers the last value of each, by name in lower case
     * @param body as text
     */
    record Asked(String line, Map<String, String> headers, String body) {}

    private record Told(int status, String body, Map<String, String> headers) {}

    private final HttpServer server;
    private final Map<String, Queue<Told>> answers = new HashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers the next request with this line, such as {@code GET /v1/bundles}; the last answer is repeated. */
    FakeServer answer(String line, int status, String body, String... headers) {
        var map = new HashMap<String, String>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        synchronized (answers) {
            answers.computeIfAbsent(line, key -> new ArrayDeque<>()).add(new Told(status, body, map));
        }
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Asked> asked() {
        return asked;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getLast()));
            asked.add(new Asked(
                    line, headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            var told = next(line);
            told.headers().forEach(exchange.getResponseHeaders()::set);
            var bytes = told.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(told.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Told next(String line) {
        synchronized (answers) {
            var queue = answers.get(line);
            if (queue == null) {
                return new Told(404, "{\"code\":\"route.unknown\",\"detail\":\"unexpected: " + line + "\"}", Map.of());
            }
            var first = queue.remove();
            if (queue.isEmpty()) {
                queue.add(first);
            }
            return first;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
