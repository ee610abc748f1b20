package org.openclaw.gateway.http;

import org.openclaw.security.Role;
import org.openclaw.telemetry.NodeHealth;

/** {@code /v1/status}: how the node is. */
final class StatusResource {
    private final Part<NodeHealth> health;

    StatusResource(Part<NodeHealth> health) {
        this.health = health;
    }

    Route route() {
        return Route.of("/v1/status")
                .get(
                        Operation.of("getStatus", "How the node is", Role.READER)
                                .gives(200, "Now.", StatusJson.shape()),
                        this::show);
    }

    private Answer show(Call call) throws Rejection {
        return Answer.of(Response.json(200, StatusJson.of(health.now().status())));
    }
}
