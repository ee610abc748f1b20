package org.openclaw.gateway.http;

import org.openclaw.capability.Capabilities;
import org.openclaw.security.Role;

/** {@code /v1/capabilities}: who provides each, its limits, who waits for it; of one of them its latest calls, too. */
final class CapabilitiesResource {
    private final Part<Capabilities> capabilities;

    CapabilitiesResource(Part<Capabilities> capabilities) {
        this.capabilities = capabilities;
    }

    Route list() {
        return Route.of("/v1/capabilities")
                .get(
                        Operation.of(
                                        "listCapabilities",
                                        "The capabilities, their limits and who waits for them",
                                        Role.READER)
                                .gives(
                                        200,
                                        "All of them.",
                                        Shape.object().with("capabilities", Shape.list(CapabilityJson.shape()))),
                        this::all);
    }

    Route one() {
        return Route.of("/v1/capabilities/{name}")
                .get(
                        Operation.of("getCapability", "One capability, with its latest calls", Role.READER)
                                .with(Call.LIMIT)
                                .gives(200, "It.", CapabilityJson.shapeWithCalls())
                                .refuses(404),
                        this::show);
    }

    private Answer all(Call call) throws Rejection {
        var json = Json.object();
        var array = json.putArray("capabilities");
        var tenant = call.subject().tenant();
        capabilities.now().list().forEach(each -> array.add(CapabilityJson.of(each, tenant)));
        return Answer.of(Response.json(200, json));
    }

    private Answer show(Call call) throws Rejection {
        var name = call.variable("name");
        var there = capabilities.now();
        var found = there.find(name).orElseThrow(CapabilitiesResource::unknown);
        var json = CapabilityJson.of(found, call.subject().tenant());
        var recent = json.putArray("recentCalls");
        there.recent(name, call.limit()).forEach(each -> recent.add(CapabilityJson.of(each)));
        return Answer.of(Response.json(200, json));
    }

    private static Rejection unknown() {
        return Problem.of(
                        404,
                        "capability.unknown",
                        "There is no such capability, and there was none since the node began. GET /v1/capabilities lists"
                                + " them; GET /v1/bundles tells why a bundle does not run.")
                .rejection();
    }
}
