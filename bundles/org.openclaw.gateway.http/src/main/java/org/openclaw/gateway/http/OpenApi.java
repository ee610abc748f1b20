package org.openclaw.gateway.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.openclaw.security.Authenticator;
import tools.jackson.databind.node.ObjectNode;

/** The API in the words of OpenAPI 3.1, made from what the routes say of themselves. It says nothing secret, so it needs no token. */
final class OpenApi {
    static final String PATH = "/openapi.json";

    private static final String ABOUT =
            "Messages to agents and their replies, and everything that operates the node. Every GET answers a HEAD as well. Objects"
                    + " may get members that are not described here yet. The names of roles stand with each operation.";

    private OpenApi() {}

    /** The route of the document itself, which describes it too. */
    static Route route(List<Route> others) {
        var bare = Route.of(PATH).get(operation(), _ -> Answer.of(Response.empty(204)));
        var all = new ArrayList<>(others);
        all.add(bare);
        var answer = Answer.of(Response.json(200, document(all)).lasting());
        return Route.of(PATH).get(operation(), _ -> answer);
    }

    private static Operation operation() {
        return Operation.open("openApi", "This document")
                .gives(200, "The document.", Shape.object().open());
    }

    /** The document. */
    static ObjectNode document(List<Route> routes) {
        var json = Json.object().put("openapi", "3.1.0");
        json.putObject("info").put("title", "OpenClaw").put("version", "1").put("description", ABOUT);
        var security = json.putArray("security");
        security.addObject().putArray("token");
        security.addObject().putArray("session");
        var paths = json.putObject("paths");
        var schemas = new TreeMap<String, ObjectNode>();
        for (var route : routes) {
            paths.set(route.path(), json(route));
            route.operations().values().forEach(operation -> schemas.putAll(operation.schemas()));
        }
        var components = json.putObject("components");
        schemas.forEach(components.putObject("schemas")::set);
        var schemes = components.putObject("securitySchemes");
        schemes.putObject("token").put("type", "http").put("scheme", "bearer");
        schemes.putObject("session")
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", Authenticator.SESSION_COOKIE)
                .put("description", "A session of the console; changes things only with Origin or Sec-Fetch-Site.");
        return json;
    }

    private static ObjectNode json(Route route) {
        var json = Json.object();
        if (!route.variables().isEmpty()) {
            var parameters = json.putArray("parameters");
            route.variables().forEach(variable -> parameters.add(variable.json()));
        }
        var tag = tag(route.path());
        route.operations().forEach((method, operation) -> {
            if (!method.equals("HEAD")) {
                var each = operation.json();
                each.putArray("tags").add(tag);
                json.set(method.toLowerCase(Locale.ROOT), each);
            }
        });
        return json;
    }

    /** The word behind the version, by which documents group. */
    private static String tag(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty() && !part.equals("v1"))
                .findFirst()
                .orElse("api");
    }
}
