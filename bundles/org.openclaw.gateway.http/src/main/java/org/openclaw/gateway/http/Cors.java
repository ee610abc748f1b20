package org.openclaw.gateway.http;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whose pages may call this API from a browser besides our own (Fetch standard, "CORS protocol"). Credentials are never allowed: pages of
 * others come with a bearer token or not at all, and a session of the console does nothing for them.
 *
 * @param origins such as {@code https://app.example.org}, or {@code *} alone; empty when only our own may
 */
record Cors(Set<String> origins) {
    private static final String ANY = "*";
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String EXPOSED = "ETag, Link, Location, Retry-After, Preference-Applied, OpenClaw-Receipt,"
            + " WWW-Authenticate, ce-specversion, ce-id, ce-source, ce-type, ce-time";
    private static final Set<String> HEADERS = Set.of(
            "accept",
            "authorization",
            "content-encoding",
            "content-type",
            "idempotency-key",
            "if-match",
            "if-none-match",
            "last-event-id",
            "prefer");
    private static final String SECONDS = "600";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** @throws IllegalArgumentException when an origin is none */
    static Cors of(String... settings) {
        var origins = new TreeSet<String>();
        for (var setting : settings) {
            var origin = setting.strip();
            if (!origin.isEmpty()) {
                origins.add(checked(origin));
            }
        }
        if (origins.contains(ANY) && origins.size() > 1) {
            throw new IllegalArgumentException(
                    "cors.origins: '*' beside others (expected: '*' alone, or exact origins)");
        }
        return new Cors(origins);
    }

    private static String checked(String origin) {
        if (origin.equals(ANY)) {
            return origin;
        }
        try {
            var uri = URI.create(origin);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            var host = uri.getHost();
            if (web
                    && host != null
                    && origin.equals(uri.getScheme() + "://" + host.toLowerCase(Locale.ROOT) + port(uri))) {
                return origin;
            }
        } catch (IllegalArgumentException malformed) {
            // said below, in the same words
        }
        throw new IllegalArgumentException("cors.origins: '" + origin
                + "' (expected: an origin as browsers send it, such as https://app.example.org or http://localhost:3000,"
                + " in lower case, without a path and a scheme's usual port; or '*')");
    }

    private static String port(URI uri) {
        boolean usual = uri.getPort() == ("https".equals(uri.getScheme()) ? HTTPS : HTTP);
        return uri.getPort() < 0 || usual ? "" : ":" + uri.getPort();
    }

    /** Whether it comes from a page that may call. */
    boolean allows(Request request) {
        var origin = request.header("Origin");
        return origin.isPresent() && (origins.contains(ANY) || origins.contains(origin.get()));
    }

    /** The answer to the question of a browser whether a page may; it says nothing of what there is. */
    Optional<Response> preflight(Request request) {
        boolean asks = request.method().equals("OPTIONS")
                && request.header("Access-Control-Request-Method").isPresent();
        if (!asks || !allows(request)) {
            return Optional.empty();
        }
        return Optional.of(Response.empty(204)
                .with("Access-Control-Allow-Methods", METHODS)
                .with("Access-Control-Allow-Headers", allowed(request))
                .with("Access-Control-Max-Age", SECONDS)
                .varying("Access-Control-Request-Headers"));
    }

    /** Those that it asks for and that this API knows. */
    private static String allowed(Request request) {
        var asked = request.header("Access-Control-Request-Headers").orElse("").toLowerCase(Locale.ROOT);
        return Arrays.stream(asked.split(",", -1))
                .map(String::strip)
                .filter(name -> HEADERS.contains(name) || name.matches("ce-[a-z0-9]+"))
                .collect(Collectors.joining(", "));
    }

    /** What its page is told of an answer. */
    Response tell(Request request, Response response) {
        if (origins.isEmpty()) {
            return response;
        }
        var varied = response.varying("Origin");
        var origin = request.header("Origin");
        return origin.isPresent() && allows(request)
                ? varied.with("Access-Control-Allow-Origin", origins.contains(ANY) ? ANY : origin.get())
                        .with("Access-Control-Expose-Headers", EXPOSED)
                : varied;
    }
}
