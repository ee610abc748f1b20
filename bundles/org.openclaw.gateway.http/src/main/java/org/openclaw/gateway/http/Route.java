package org.openclaw.gateway.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.openclaw.security.Role;

/** A path template with what each method does there and who may call it. Immutable. */
final class Route {
    record Method(Role role, Handler handler) {}

    private final PathTemplate template;
    private final SequencedMap<String, Method> methods;

    private Route(PathTemplate template, SequencedMap<String, Method> methods) {
        this.template = template;
        this.methods = methods;
    }

    static Route of(String template) {
        return new Route(new PathTemplate(template), new LinkedHashMap<>());
    }

    Route get(Handler handler) {
        return on("GET", Role.READER, handler).on("HEAD", Role.READER, handler);
    }

    Route on(String method, Role role, Handler handler) {
        var more = new LinkedHashMap<>(methods);
        more.put(method, new Method(role, handler));
        return new Route(template, more);
    }

    Optional<Map<String, String>> match(String rawPath) throws Rejection {
        return template.match(rawPath);
    }

    Optional<Method> method(String name) {
        return Optional.ofNullable(methods.get(name));
    }

    String allow() {
        return String.join(", ", methods.keySet());
    }
}
