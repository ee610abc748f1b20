package org.openclaw.gateway.http;

import java.util.Map;
import java.util.Optional;
import org.openclaw.security.Subject;

/**
 * A request that has found its resource.
 *
 * @param request what arrived
 * @param path the variables of the path, decoded
 * @param query the parameters of the query, decoded
 * @param subject who asks
 */
record Call(Request request, Map<String, String> path, Map<String, String> query, Subject subject) {
    /** A variable of the path template, which the router has found. */
    String variable(String name) {
        var value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the path template has no variable " + name);
        }
        return value;
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }
}
