package org.openclaw.gateway.http;

import java.util.Optional;

/** {@code If-Match} (RFC 9110, 13.1.1): a change that is meant for what the client has seen, and for nothing else. */
final class Precondition {
    static final String HEADER = "If-Match";
    static final Parameter PARAMETER = Parameter.header(
            HEADER,
            "The ETag of what the change is meant for: 412 when it is another by now. Without it, it is changed in any case.");

    private Precondition() {}

    /** Refuses one where nobody looks at it: a client would rely on it. */
    static void requireNone(Request request, Operation operation) throws Rejection {
        if (!operation.has(Parameter.Place.HEADER, HEADER)) {
            requireNone(request, HEADER);
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            requireNone(request, "If-None-Match");
        }
    }

    private static void requireNone(Request request, String header) throws Rejection {
        if (request.header(header).isPresent()) {
            throw Problem.of(
                            400,
                            "precondition.unsupported",
                            header + " is not looked at here. Leave it out; /openapi.json says which operations do.")
                    .rejection();
        }
    }

    /**
     * Refuses a change of something that is not as the client has seen it.
     *
     * @param present what a GET would answer at present; empty while that is about to change
     */
    static void require(Request request, Optional<Response> present) throws Rejection {
        var wanted = request.header(HEADER);
        if (wanted.isEmpty()) {
            return;
        }
        var tag = present.map(response -> EntityTag.of(response.body()));
        if (tag.filter(each -> each.isMatchedBy(wanted.get())).isEmpty()) {
            var problem = Problem.of(
                    412,
                    "precondition.failed",
                    tag.isPresent()
                            ? "What " + request.path()
                                    + " shows is not as you have seen it: somebody has changed it since. Look at it again, and decide anew."
                            : "Somebody is changing what " + request.path()
                                    + " shows at this moment. Look at it again, and decide anew.");
            throw tag.map(each -> problem.with("ETag", each.header("")))
                    .orElse(problem)
                    .rejection();
        }
    }
}
