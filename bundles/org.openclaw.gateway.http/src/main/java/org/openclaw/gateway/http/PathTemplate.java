package org.openclaw.gateway.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A path such as {@code /v1/agents/{type}/{key+}/messages}. {@code {x}} takes one segment, {@code {x+}} one or more, with
 * the slashes between them: keys may contain slashes, plain or as {@code %2F}.
 */
final class PathTemplate {
    private static final String ONE = "Percent-encoded where it has to be.";
    private static final String MANY = "May have slashes, which are written as they are: Jetty refuses %2F.";

    private final List<String> parts;

    PathTemplate(String text) {
        parts = List.of(text.substring(1).split("/", -1));
    }

    /** The decoded variables; empty when the path is another one. */
    Optional<Map<String, String>> match(String rawPath) throws Rejection {
        if (!rawPath.startsWith("/")) {
            return Optional.empty();
        }
        var segments = List.of(rawPath.substring(1).split("/", -1));
        int surplus = segments.size() - parts.size();
        int at = 0;
        // First by shape, so that what belongs to another template is not judged here.
        for (String part : parts) {
            boolean many = part.endsWith("+}");
            int take = many ? 1 + surplus : 1;
            if (take < 1 || at + take > segments.size() || (!part.startsWith("{") && !part.equals(segments.get(at)))) {
                return Optional.empty();
            }
            at += take;
        }
        return at == segments.size() ? Optional.of(variables(segments, surplus)) : Optional.empty();
    }

    /** The path with its variables, as OpenAPI writes it. */
    String path() {
        return "/" + String.join("/", parts).replace("+}", "}");
    }

    /** The variables, in their order. */
    List<Parameter> variables() {
        return parts.stream()
                .filter(part -> part.startsWith("{"))
                .map(part -> Parameter.path(name(part), part.endsWith("+}") ? MANY : ONE))
                .toList();
    }

    private static String name(String part) {
        return part.replaceAll("[{}+]", "");
    }

    private Map<String, String> variables(List<String> segments, int surplus) throws Rejection {
        var variables = new HashMap<String, String>();
        int at = 0;
        for (String part : parts) {
            int take = part.endsWith("+}") ? 1 + surplus : 1;
            if (part.startsWith("{")) {
                var value = new StringJoiner("/");
                for (String raw : segments.subList(at, at + take)) {
                    value.add(UrlText.segment(raw));
                }
                variables.put(name(part), value.toString());
            }
            at += take;
        }
        return variables;
    }
}
