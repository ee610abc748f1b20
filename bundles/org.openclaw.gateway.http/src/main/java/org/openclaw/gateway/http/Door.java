package org.openclaw.gateway.http;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.openclaw.message.Tenant;
import org.openclaw.security.Role;
import org.openclaw.security.Subject;

/**
 * Everything under {@code /v1}, and the document that describes it: who asks, what for, may they, and then the resource. Never throws for
 * what came in.
 */
final class Door {
    /** Who asks where nobody is asked who they are. */
    static final Subject NOBODY = new Subject("nobody", Tenant.DEFAULT, Role.SENDER);

    private final Access access;
    private final List<Route> routes;
    private final Route description;

    Door(Access access, List<Route> routes) {
        this.access = access;
        this.routes = List.copyOf(routes);
        this.description = OpenApi.route(
                Stream.concat(routes.stream(), Probes.described().stream()).toList());
    }

    Answer answer(Request request) {
        return answer(() -> found(request));
    }

    /** The answer that another one has become. */
    Answer answer(Answer.After.Next next) {
        try {
            return next.get();
        } catch (Rejection rejection) {
            return Answer.of(rejection.problem().response());
        } catch (CompletionException | UncheckedIOException broken) {
            return Answer.of(StoreProblem.of(broken).orElseThrow(() -> broken).response());
        }
    }

    private Answer found(Request request) throws Rejection {
        var preflight = access.preflight(request);
        if (preflight.isPresent()) {
            return Answer.of(preflight.get());
        }
        access.requireOurs(request);
        if (request.path().equals(description.path())) {
            return answer(request, description, Map.of(), NOBODY);
        }
        // Strangers learn nothing of what else exists: authentication comes before the path.
        var subject = access.subject(request);
        var segments = PathTemplate.segments(request.path());
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(segments);
            if (variables.isPresent()) {
                return answer(request, route, variables.get(), subject);
            }
        }
        throw Problem.of(
                        404,
                        "path.unknown",
                        "There is nothing at this path. GET " + OpenApi.PATH + " lists what there is.")
                .rejection();
    }

    private static Answer answer(Request request, Route route, Map<String, String> variables, Subject subject)
            throws Rejection {
        var method = route.method(request.method())
                .orElseThrow(() -> notAllowed(route).rejection());
        var operation = method.operation();
        if (!operation.isFor(subject.role())) {
            throw forbidden(subject, operation.callers());
        }
        Precondition.requireNone(request, operation);
        return method.handler()
                .handle(new Call(request, variables, UrlText.query(request.query()), operation, subject));
    }

    /** Whether the one who asked may ask still: their token or their session may have ended. */
    boolean knows(Request request, Subject asker) {
        try {
            access.requireOurs(request);
            return access.subject(request).equals(asker);
        } catch (Rejection ended) {
            return false;
        }
    }

    /** @param expected the roles, one of which it takes */
    static Rejection forbidden(Subject subject, String expected) {
        return Problem.of(
                        403,
                        "role.missing",
                        "'" + subject.name() + "' may not do this (expected one of the roles: " + expected
                                + "). Use the token of one of them.")
                .rejection();
    }

    static Problem notAllowed(Route route) {
        return Problem.of(
                        405,
                        "method.not.allowed",
                        "The method is not allowed here (expected one of: " + route.allow() + ").")
                .with("Allow", route.allow());
    }
}
