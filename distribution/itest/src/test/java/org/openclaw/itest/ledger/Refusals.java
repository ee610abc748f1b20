package org.openclaw.itest.ledger;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** What the door said when it took no message, by code. Thread-safe. */
public final class Refusals {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The first refusal with a code.
     *
     * @param status 429 or 503
     * @param contentType of its body
     * @param retryAfter the seconds to wait that it asked for, empty when it did not
     * @param body the problem
     */
    public record Refusal(int status, String contentType, String retryAfter, String body) {}

    private final Map<String, Refusal> first = new TreeMap<>();
    private long count;

    synchronized void add(HttpResponse<String> answer) {
        count++;
        var headers = answer.headers();
        first.putIfAbsent(
                JSON.readTree(answer.body()).path("code").asString(""),
                new Refusal(
                        answer.statusCode(),
                        headers.firstValue("Content-Type").orElse(""),
                        headers.firstValue("Retry-After").orElse(""),
                        answer.body()));
    }

    public synchronized long count() {
        return count;
    }

    /** The first with each code. */
    public synchronized Map<String, Refusal> byCode() {
        return Map.copyOf(first);
    }
}
