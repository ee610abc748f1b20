package org.openclaw.gateway.http;

import java.util.Locale;

/** {@code /v1/subject}: who asks, and what they may do. */
final class SubjectResource {
    Route route() {
        return Route.of("/v1/subject").get(SubjectResource::show);
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
