package org.openclaw.launcher.claw;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A GET by {@link HttpURLConnection}: its classes are a tenth of those of {@code java.net.http}, and loading them is most of
 * what a command that looks takes. Not for changes: it would send a request again when the connection broke.
 */
record PlainGet(Connection connection, Duration connect, Duration read) {
    /** @throws IOException when nothing answers, or not in time */
    Answer send(URI target) throws IOException {
        var request = request(target);
        try {
            int status = status(request);
            return new Answer(status, headers(request), body(request, status));
        } finally {
            request.disconnect();
        }
    }

    /** What came of opening a stream. */
    sealed interface Opened {
        /** It goes on until it is closed, or nothing has come for as long as may be read. */
        record Flows(InputStream stream) implements Opened {}

        /** It is something else, and whole. */
        record Ended(Answer answer) implements Opened {}
    }

    /**
     * Opens a stream of events.
     *
     * @throws IOException when nothing answers, or not in time
     */
    Opened open(URI target, Map<String, String> headers) throws IOException {
        var request = request(target);
        request.setRequestProperty("Accept", "text/event-stream, application/problem+json");
        headers.forEach(request::setRequestProperty);
        int status = status(request);
        var type = String.valueOf(request.getContentType());
        return status == HttpURLConnection.HTTP_OK && type.startsWith("text/event-stream")
                ? new Opened.Flows(request.getInputStream())
                : new Opened.Ended(new Answer(status, headers(request), body(request, status)));
    }

    private HttpURLConnection request(URI target) throws IOException {
        var request = (HttpURLConnection) target.toURL().openConnection();
        request.setConnectTimeout((int) connect.toMillis());
        request.setReadTimeout((int) read.toMillis());
        request.setInstanceFollowRedirects(false);
        request.setRequestProperty("Authorization", "Bearer " + connection.token());
        request.setRequestProperty("Accept", "application/json, application/problem+json");
        return request;
    }

    private static int status(HttpURLConnection request) throws IOException {
        int status = request.getResponseCode();
        if (status < 0) {
            throw new IOException("what answers speaks no HTTP");
        }
        return status;
    }

    private static TreeMap<String, List<String>> headers(HttpURLConnection request) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        request.getHeaderFields().forEach((name, values) -> {
            // the status line has no name
            if (name != null) {
                headers.computeIfAbsent(name, key -> new ArrayList<>()).addAll(values);
            }
        });
        return headers;
    }

    private static String body(HttpURLConnection request, int status) throws IOException {
        try (var in =
                status >= HttpURLConnection.HTTP_BAD_REQUEST ? request.getErrorStream() : request.getInputStream()) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
