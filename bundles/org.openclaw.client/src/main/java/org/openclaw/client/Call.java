package org.openclaw.client;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of a container, as often as it takes: so only what may be asked twice.
 *
 * @param target the path of the API with its query
 * @param until when its answer is worth nothing any more; the container is asked to wait for what comes of it until then
 */
record Call(String method, String target, Map<String, String> headers, BodyPublisher body, Optional<Deadline> until) {
    static Call get(String target) {
        return new Call("GET", target, Map.of(), HttpRequest.BodyPublishers.noBody(), Optional.empty());
    }

    static Call delete(String target) {
        return new Call("DELETE", target, Map.of(), HttpRequest.BodyPublishers.noBody(), Optional.empty());
    }

    static Call post(String target, String contentType, byte[] body) {
        return new Call(
                "POST",
                target,
                Map.of("Content-Type", contentType),
                HttpRequest.BodyPublishers.ofByteArray(body),
                Optional.empty());
    }

    Call with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, target, more, body, until);
    }

    Call until(Deadline end) {
        return new Call(method, target, headers, body, Optional.of(end));
    }

    /** For people; without the query, whose values may be nobody else's business. */
    String what() {
        int query = target.indexOf('?');
        return method + " " + (query < 0 ? target : target.substring(0, query));
    }
}
