package org.openclaw.gateway.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /healthz} and {@code /readyz}: whether the process lives, and whether it takes work. */
final class Probes {
    private static final Shape LIVES = Shape.object().with("status", Shape.oneOf("alive"));
    private static final Shape READY = Shape.object().with("status", Shape.oneOf("ready"));
    private static final Shape STARTING =
            Shape.object().with("status", Shape.oneOf("starting")).with("missing", Shape.list(Shape.text()));

    private Probes() {}

    /** What they answer, without what would answer it: they are asked without the rest of the API. */
    static List<Route> described() {
        return of(new Readiness(List.of(), new Part<>("", Optional::empty)));
    }

    /** The first whether it lives, the second whether it is ready. */
    static List<Route> of(Readiness readiness) {
        return List.of(
                Route.of("/healthz")
                        .get(
                                Operation.probe("alive", "Whether the process lives")
                                        .gives(200, "It does.", LIVES),
                                _ -> Answer.of(Response.json(200, Json.object().put("status", "alive")))),
                Route.of("/readyz")
                        .get(
                                Operation.probe("ready", "Whether the node takes work")
                                        .gives(200, "It does.", READY)
                                        .gives(503, "Not yet: what is missing.", STARTING),
                                _ -> Answer.of(readiness.response())));
    }

    /** Whatever the query says. */
    static Response answer(Route route, Request request) {
        return route.method(request.method())
                .map(method -> answer(method, request))
                .orElseGet(() -> Door.notAllowed(route).response());
    }

    private static Response answer(Route.Method method, Request request) {
        try {
            var call = new Call(request, Map.of(), Map.of(), method.operation(), Door.NOBODY);
            return switch (method.handler().handle(call)) {
                case Answer.Now now -> now.response();
                case Answer.Later later -> later.otherwise();
                case Answer.After _, Answer.Stream _ -> throw new IllegalStateException("a probe is answered at once");
            };
        } catch (Rejection rejection) {
            return rejection.problem().response();
        }
    }
}
