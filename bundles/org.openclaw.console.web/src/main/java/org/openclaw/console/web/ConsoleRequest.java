package org.openclaw.console.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ConsolePolicy} looks at of a request.
 *
 * @param method as sent
 * @param path within the console, decoded, such as {@code /bundles/7}
 * @param parameters of the query and, where the body is a form, of the body
 * @param body what kind of body comes with it
 * @param host the header {@code Host}
 * @param origin the header {@code Origin}
 * @param fetchSite the header {@code Sec-Fetch-Site}
 */
record ConsoleRequest(
        String method,
        String path,
        Map<String, List<String>> parameters,
        Body body,
        @Nullable String host,
        @Nullable String origin,
        @Nullable String fetchSite) {
    /** What kind of body a request has. */
    enum Body {
        /** None, or a form whose fields are among the parameters. */
        FORM,
        /** Anything else, such as an upload: the console would act on fields that nobody has looked at. */
        OTHER
    }

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    static ConsoleRequest of(HttpServletRequest request) {
        var body = bodyOf(request.getContentType());
        var path = request.getPathInfo();
        return new ConsoleRequest(
                request.getMethod(),
                path == null ? "" : path,
                // asking for parameters would make the server parse an upload before anybody is known
                body == Body.FORM ? parametersOf(request) : Map.of(),
                body,
                request.getHeader("Host"),
                request.getHeader("Origin"),
                request.getHeader("Sec-Fetch-Site"));
    }

    private static Body bodyOf(@Nullable String contentType) {
        if (contentType == null) {
            return Body.FORM;
        }
        var type = contentType.toLowerCase(Locale.ROOT);
        return type.equals("application/x-www-form-urlencoded") || type.startsWith("application/x-www-form-urlencoded;")
                ? Body.FORM
                : Body.OTHER;
    }

    private static Map<String, List<String>> parametersOf(HttpServletRequest request) {
        var parameters = new TreeMap<String, List<String>>();
        request.getParameterMap().forEach((name, values) -> parameters.put(name, List.of(values)));
        return parameters;
    }

    /** Whether the method itself promises to change nothing. */
    boolean safe() {
        return SAFE.contains(method);
    }

    boolean carries(String parameter) {
        return parameters.containsKey(parameter);
    }

    /** Whether the parameter is there exactly once and has one of these values. */
    boolean says(String parameter, Set<String> values) {
        var sent = parameters.getOrDefault(parameter, List.of());
        return sent.size() == 1 && values.contains(sent.getFirst());
    }
}
