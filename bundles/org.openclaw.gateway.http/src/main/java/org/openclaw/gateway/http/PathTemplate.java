package org.openclaw.gateway.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A path such as {@code /v1/agents/{type}/{key+}/messages}. {@code {x}} takes one segment, {@code {x+}} one or more, with
 * the slashes between them: keys may contain slashes, plain or as {@code %2F}.
 */
final class PathTemplate {
    private static final String ONE = "Percent-encoded where it has to be.";
    private static final String MANY = "May have slashes, which are written as they are: Jetty refuses %2F.";

    private final List<Part> parts;
    private final String path;

    /** @param name of the variable; the segment itself when it is none */
    private record Part(String name, boolean variable, boolean many) {
        static Part of(String text) {
            boolean variable = text.startsWith("{");
            boolean many = text.endsWith("+}");
            return variable
                    ? new Part(text.substring(1, text.length() - (many ? 2 : 1)), true, many)
                    : new Part(text, false, false);
        }

        String text() {
            return variable ? "{" + name + "}" : name;
        }
    }

    PathTemplate(String text) {
        parts = segments(text).stream().map(Part::of).toList();
        path = parts.stream().map(Part::text).collect(Collectors.joining("/", "/", ""));
    }

    /** What a path that begins with a slash has between its slashes; nothing of another one. */
    static List<String> segments(String rawPath) {
        return rawPath.startsWith("/") ? Arrays.asList(rawPath.substring(1).split("/", -1)) : List.of();
    }

    /**
     * The decoded variables; empty when the path is another one.
     *
     * @param segments those of its raw form
     */
    Optional<Map<String, String>> match(List<String> segments) throws Rejection {
        int surplus = segments.size() - parts.size();
        int at = 0;
        // First by shape, so that what belongs to another template is not judged here.
        for (var part : parts) {
            int take = part.many() ? 1 + surplus : 1;
            if (take < 1
                    || at + take > segments.size()
                    || (!part.variable() && !part.name().equals(segments.get(at)))) {
                return Optional.empty();
            }
            at += take;
        }
        return at == segments.size() ? Optional.of(variables(segments, surplus)) : Optional.empty();
    }

    /** The path with its variables, as OpenAPI writes it. */
    String path() {
        return path;
    }

    /** The variables, in their order. */
    List<Parameter> variables() {
        return parts.stream()
                .filter(Part::variable)
                .map(part -> Parameter.path(part.name(), part.many() ? MANY : ONE))
                .toList();
    }

    private Map<String, String> variables(List<String> segments, int surplus) throws Rejection {
        var variables = new HashMap<String, String>();
        int at = 0;
        for (var part : parts) {
            int take = part.many() ? 1 + surplus : 1;
            if (part.variable()) {
                var values = new ArrayList<String>(take);
                for (String raw : segments.subList(at, at + take)) {
                    values.add(UrlText.segment(raw));
                }
                variables.put(part.name(), String.join("/", values));
            }
            at += take;
        }
        return variables;
    }
}
