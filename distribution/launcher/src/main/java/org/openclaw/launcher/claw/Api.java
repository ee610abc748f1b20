package org.openclaw.launcher.claw;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The HTTP API of a container, version 1. What goes wrong on the way is a {@link ClawException} with a sentence. */
final class Api implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** How long the server may take beyond what it was asked to wait. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** How long a stream may say nothing: the server sends a comment each 15 seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private final Connection connection;
    private Optional<HttpClient> client = Optional.empty();

    Api(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    Answer get(String path) {
        return sent(
                () -> new PlainGet(connection, CONNECT, GRACE)
                        .send(connection.url().resolve(path)),
                GRACE);
    }

    /** Opens a stream of events. */
    PlainGet.Opened stream(String path, Map<String, String> headers) {
        return sent(
                () -> new PlainGet(connection, CONNECT, SILENCE)
                        .open(connection.url().resolve(path), headers),
                SILENCE);
    }

    Answer delete(String path) {
        return delete(path, Duration.ZERO);
    }

    /** @param wait how long the server shall wait for what becomes of it; zero: not at all */
    Answer delete(String path, Duration wait) {
        return send("DELETE", path, BodyPublishers.noBody(), Map.of(), wait);
    }

    /** Changes what is there as this JSON says. */
    Answer patch(String path, String json) {
        return send(
                "PATCH",
                path,
                BodyPublishers.ofString(json),
                Map.of("Content-Type", "application/json"),
                Duration.ZERO);
    }

    /** Posts nothing: the path says it all. */
    Answer post(String path) {
        return send("POST", path, BodyPublishers.noBody(), Map.of(), Duration.ZERO);
    }

    /** Puts JSON there. */
    Answer put(String path, byte[] json, Duration wait) {
        return send("PUT", path, BodyPublishers.ofByteArray(json), Map.of("Content-Type", "application/json"), wait);
    }

    /**
     * Posts JSON.
     *
     * @param wait how long the server shall wait for what becomes of it; zero: not at all
     */
    Answer post(String path, byte[] json, Map<String, String> headers, Duration wait) {
        var all = new TreeMap<>(headers);
        all.put("Content-Type", "application/json");
        return send("POST", path, BodyPublishers.ofByteArray(json), all, wait);
    }

    /** Posts a jar. */
    Answer post(String path, Path jar, Duration wait) {
        try {
            var body = BodyPublishers.ofFile(jar);
            return send("POST", path, body, Map.of("Content-Type", "application/java-archive"), wait);
        } catch (FileNotFoundException unreadable) {
            throw ClawException.misused("Cannot read " + jar + ": " + unreadable.getMessage() + ".");
        }
    }

    /** Text as one segment of a path, or as a value in a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    private Answer send(String method, String path, BodyPublisher body, Map<String, String> headers, Duration wait) {
        var request = HttpRequest.newBuilder(connection.url().resolve(path))
                .method(method, body)
                .timeout(wait.plus(GRACE))
                .header("Authorization", "Bearer " + connection.token())
                .header("Accept", "application/json, application/problem+json");
        headers.forEach(request::header);
        if (wait.isPositive()) {
            request.header("Prefer", "wait=" + wait.toSeconds());
        }
        var answers = client.orElseGet(Api::client);
        client = Optional.of(answers);
        return sent(
                () -> {
                    var response = answers.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
                    var all = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
                    all.putAll(response.headers().map());
                    return new Answer(response.statusCode(), all, response.body());
                },
                wait.plus(GRACE));
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    /** A request on its way. */
    @FunctionalInterface
    private interface Sending<T> {
        T answer() throws IOException, InterruptedException;
    }

    /** What goes wrong on the way, in the words of a refusal. */
    private <T> T sent(Sending<T> sending, Duration within) {
        try {
            return sending.answer();
        } catch (ConnectException refused) {
            throw ClawException.refused(
                    "connection.refused",
                    "Nothing answers at " + connection + ". Start the container with 'claw run', or look with 'claw"
                            + " status' whether it runs.");
        } catch (HttpTimeoutException | SocketTimeoutException late) {
            throw ClawException.refused(
                    "connection.timeout",
                    connection + " did not answer within "
                            + within.toSeconds()
                            + " s. Look into logs/ of the installation; it is not known whether the request was done.");
        } catch (IOException broken) {
            throw ClawException.refused(
                    "connection.broken",
                    "The connection to " + connection + " broke: " + broken.getMessage()
                            + ". It is not known whether the request was done.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ClawException.refused("interrupted", "Interrupted before " + connection + " answered.");
        }
    }

    @Override
    public void close() {
        client.ifPresent(HttpClient::close);
    }
}
