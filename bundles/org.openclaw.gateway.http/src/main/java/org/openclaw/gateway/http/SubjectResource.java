package org.openclaw.gateway.http;

import java.util.Locale;
import org.openclaw.security.Role;

/** {@code /v1/subject}: who asks, and what they may do. */
final class SubjectResource {
    Route route() {
        return Route.of("/v1/subject")
                .get(
                        Operation.of("getSubject", "Who asks, and what they may do", Role.SENDER, Role.READER)
                                .gives(
                                        200,
                                        "The caller.",
                                        Shape.object()
                                                .with("name", Shape.text())
                                                .with("tenant", Shape.text())
                                                .with("role", Shape.oneOf(Role.values()))),
                        SubjectResource::show);
    }

    private static Answer show(Call call) {
        var subject = call.subject();
        return Answer.of(Response.json(
                200,
                Json.object()
                        .put("name", subject.name())
                        .put("tenant", subject.tenant().name())
                        .put("role", subject.role().name().toLowerCase(Locale.ROOT))));
    }
}
