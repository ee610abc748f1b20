package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openclaw.message.Refusal;
import org.openclaw.schema.Violation;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error as RFC 9457 says it.
 *
 * @param status the HTTP status
 * @param code a stable code
 * @param detail what happened, what was expected, what to do
 * @param headers headers that go with it
 * @param more further members
 */
record Problem(int status, String code, String detail, Map<String, String> headers, ObjectNode more) {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    static String title(int status) {
        return TITLES.getOrDefault(status, "Error");
    }

    static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, Map.of(), Json.object());
    }

    /** A refusal of the bus; waiting is suggested only where it can help. */
    static Problem of(Refusal refusal) {
        int status = switch (refusal.kind()) {
            case INVALID -> 422;
            case UNKNOWN -> 404;
            case GONE -> 410;
            case CONFLICT -> 409;
            case QUOTA -> 429;
            case UNAVAILABLE -> 503;
        };
        var problem = of(status, refusal.code(), refusal.text()).with(refusal.violations());
        return status == 429 || status == 503
                ? problem.retryAfter(refusal.retryAfter().orElse(Duration.ZERO))
                : problem;
    }

    /** A service that is not there at present. */
    static Problem unavailable(String what) {
        return of(503, "unavailable", what + " is not there at present. Try again; /readyz says what is missing.")
                .retryAfter(Duration.ofSeconds(1));
    }

    Problem with(String header, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Problem(status, code, detail, all, more);
    }

    /** Retry-After counts whole seconds, and zero would mean a busy loop. */
    Problem retryAfter(Duration time) {
        long seconds = time.plusMillis(999).toSeconds();
        return with("Retry-After", Long.toString(Math.max(1, seconds)));
    }

    private Problem with(List<Violation> violations) {
        if (!violations.isEmpty()) {
            var array = more.putArray("violations");
            for (var violation : violations) {
                array.addObject()
                        .put("pointer", violation.pointer())
                        .put("rule", violation.rule())
                        .put("found", violation.found());
            }
        }
        return this;
    }

    Response response() {
        var json = Json.object()
                .put("type", "https://openclaw.org/problems/" + code)
                .put("title", title(status))
                .put("status", status)
                .put("detail", detail)
                .put("code", code);
        json.setAll(more);
        return Response.json(status, MEDIA_TYPE, json).with(headers);
    }

    Rejection rejection() {
        return new Rejection(this);
    }
}
