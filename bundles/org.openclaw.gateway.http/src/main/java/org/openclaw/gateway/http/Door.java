package org.openclaw.gateway.http;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.openclaw.security.Subject;

/** Everything under {@code /v1}: who asks, what for, may they, and then the resource. Never throws for what came in. */
final class Door {
    private final Access access;
    private final List<Route> routes;

    Door(Access access, List<Route> routes) {
        this.access = access;
        this.routes = List.copyOf(routes);
    }

    Answer answer(Request request) {
        try {
            // Strangers learn nothing of what exists: authentication comes before the path.
            var subject = access.subject(request);
            for (Route route : routes) {
                Optional<Map<String, String>> variables = route.match(request.path());
                if (variables.isPresent()) {
                    var method = route.method(request.method()).orElseThrow(() -> notAllowed(route));
                    if (!subject.role().includes(method.role())) {
                        throw forbidden(subject.name());
                    }
                    return method.handler()
                            .handle(new Call(request, variables.get(), UrlText.query(request.query()), subject));
                }
            }
            throw Problem.of(404, "path.unknown", "There is nothing at this path.")
                    .rejection();
        } catch (Rejection rejection) {
            return Answer.of(rejection.problem().response());
        } catch (CompletionException | UncheckedIOException broken) {
            return Answer.of(StoreProblem.of(broken).orElseThrow(() -> broken).response());
        }
    }

    /** Whether the one who asked may ask still: their token or their session may have ended. */
    boolean knows(Request request, Subject asker) {
        try {
            return access.subject(request).equals(asker);
        } catch (Rejection ended) {
            return false;
        }
    }

    /** What a reader hears who wants to change something. */
    static Rejection forbidden(String name) {
        return Problem.of(403, "role.missing", "'" + name + "' may only look. Use the administrator's token.")
                .rejection();
    }

    private static Rejection notAllowed(Route route) {
        return Problem.of(
                        405,
                        "method.not.allowed",
                        "The method is not allowed here (expected one of: " + route.allow() + ").")
                .with("Allow", route.allow())
                .rejection();
    }
}
