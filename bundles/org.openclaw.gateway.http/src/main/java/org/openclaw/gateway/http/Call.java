package org.openclaw.gateway.http;

import java.util.Map;
import java.util.Optional;
import org.openclaw.security.Role;
import org.openclaw.security.Subject;

/**
 * A request that has found its resource.
 *
 * @param request what arrived
 * @param path the variables of the path, decoded
 * @param query the parameters of the query, decoded
 * @param operation what is asked for
 * @param subject who asks
 */
record Call(
        Request request, Map<String, String> path, Map<String, String> query, Operation operation, Subject subject) {
    /** Asks for the bodies of messages. */
    static final Parameter BODY =
            Parameter.query("body", Shape.flag(), "Also what messages hold: for administrators only.");

    /** A variable of the path template, which the router has found. */
    String variable(String name) {
        var value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the path template has no variable " + name);
        }
        return value;
    }

    /** A parameter of the query, which the operation has. */
    Optional<String> parameter(String name) {
        if (!operation.has(Parameter.Place.QUERY, name)) {
            throw new IllegalStateException(operation.id() + " does not say that there is a parameter " + name);
        }
        return Optional.ofNullable(query.get(name));
    }

    /** A parameter that is true or false; false when it is not there. */
    boolean flag(String name) throws Rejection {
        return switch (parameter(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw Problem.of(400, "parameter.invalid", name + " is neither (expected: true or false).")
                        .rejection();
        };
    }

    /**
     * Whether the bodies of messages are asked for, which may be meant for their agents alone.
     *
     * @param of what is asked for, with its article
     */
    boolean showsBodies(String of) throws Rejection {
        boolean body = flag("body");
        if (body && !subject.role().includes(Role.ADMIN)) {
            throw Problem.of(
                            403,
                            "role.missing",
                            "'" + subject.name() + "' may look at " + of
                                    + ", but not at the bodies of messages. Use the"
                                    + " administrator's token, or leave out body=true.")
                    .rejection();
        }
        return body;
    }
}
