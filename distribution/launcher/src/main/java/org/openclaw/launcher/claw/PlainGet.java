package org.openclaw.launcher.claw;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A GET by {@link HttpURLConnection}: its classes are a tenth of those of {@code java.net.http}, and loading them is most of
 * what a command that looks takes. Not for changes: it would send a request again when the connection broke.
 */
record PlainGet(Connection connection, Duration connect, Duration read) {
    /** @throws IOException when nothing answers, or not in time */
    Answer send(URI target) throws IOException {
        var request = (HttpURLConnection) target.toURL().openConnection();
        request.setConnectTimeout((int) connect.toMillis());
        request.setReadTimeout((int) read.toMillis());
        request.setInstanceFollowRedirects(false);
        request.setRequestProperty("Authorization", "Bearer " + connection.token());
        request.setRequestProperty("Accept", "application/json, application/problem+json");
        try {
            int status = request.getResponseCode();
            if (status < 0) {
                throw new IOException("what answers speaks no HTTP");
            }
            return new Answer(status, headers(request), body(request, status));
        } finally {
            request.disconnect();
        }
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
