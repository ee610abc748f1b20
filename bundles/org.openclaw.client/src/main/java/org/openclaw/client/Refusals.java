package org.openclaw.client;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.openclaw.schema.Violation;
import tools.jackson.databind.JsonNode;

/** Reads what a container says when it says no (RFC 9457), or what stands between. Thread-safe. */
final class Refusals {
    /** What may be over a moment later; 502 and 504 are of a proxy that does not reach the container. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final Records records;

    Refusals(Records records) {
        this.records = records;
    }

    static boolean isPassing(int status) {
        return PASSING.contains(status);
    }

    /** How long to stay away; zero when it does not say. */
    static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }

    RefusedException read(Call call, HttpResponse<?> response, byte[] body) {
        int status = response.statusCode();
        var after = Optional.of(retryAfter(response.headers())).filter(Duration::isPositive);
        var type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        var said = records.object(body).filter(_ -> type.startsWith("application/problem+json"));
        if (said.isEmpty()) {
            return new RefusedException(
                    call.what(), status, "http." + status, somethingElse(response.uri(), status), after, List.of());
        }
        var json = said.get();
        return new RefusedException(
                call.what(),
                status,
                json.path("code").asString("http." + status),
                json.path("detail").asString("it does not say why"),
                after,
                violations(json.path("violations")));
    }

    private static String somethingElse(URI uri, int status) {
        var where = uri.getScheme() + "://" + uri.getRawAuthority();
        return isPassing(status)
                ? where + " does not reach a container (expected: an OpenClaw container behind it). Is it running?"
                : where + " answers as no container does (expected: an OpenClaw container). Is the URL right?";
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
}
