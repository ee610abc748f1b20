package org.openclaw.gateway.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A path template with what each method does there. Immutable. */
final class Route {
    /** A method that is described, and what does it. */
    record Method(Operation operation, Handler handler) {}

    private final PathTemplate template;
    private final SequencedMap<String, Method> methods;

    private Route(PathTemplate template, SequencedMap<String, Method> methods) {
        this.template = template;
        this.methods = methods;
    }

    static Route of(String template) {
        return new Route(new PathTemplate(template), new LinkedHashMap<>());
    }

    Route get(Operation operation, Handler handler) {
        var tagged = operation.tagged();
        return on("GET", tagged, handler).on("HEAD", tagged, handler);
    }

    Route on(String method, Operation operation, Handler handler) {
        var more = new LinkedHashMap<>(methods);
        more.put(method, new Method(operation, handler));
        return new Route(template, more);
    }

    /** @param segments the {@linkplain PathTemplate#segments segments} of the raw path */
    Optional<Map<String, String>> match(List<String> segments) throws Rejection {
        return template.match(segments);
    }

    Optional<Method> method(String name) {
        return Optional.ofNullable(methods.get(name));
    }

    String allow() {
        return String.join(", ", methods.keySet());
    }

    /** The path as OpenAPI writes it. */
    String path() {
        return template.path();
    }

    List<Parameter> variables() {
        return template.variables();
    }

    /** What there is at the path, by method. */
    SequencedMap<String, Operation> operations() {
        var operations = new LinkedHashMap<String, Operation>();
        methods.forEach((method, each) -> operations.put(method, each.operation()));
        return operations;
    }
}
