package org.openclaw.gateway.http;

import org.openclaw.capability.Capabilities;
import org.openclaw.capability.CapabilityView;
import org.openclaw.security.Role;

/** {@code /v1/capabilities}: who provides each, its limits, who waits for it; of one of them its latest calls, too. */
final class CapabilitiesResource {
    private static final Listing LISTING = new Listing("capabilities");

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
                                .with(Listing.AFTER, Listing.WIDE)
                                .gives(200, LISTING.reply(CapabilityJson.shape())),
                        this::all);
    }

    Route one() {
        return Route.of("/v1/capabilities/{name}")
                .get(
                        Operation.of("getCapability", "One capability, with its latest calls", Role.READER)
                                .with(Listing.LIMIT)
                                .gives(200, "It.", CapabilityJson.shapeWithCalls())
                                .refuses(404),
                        this::show);
    }

    private Answer all(Call call) throws Rejection {
        var page = LISTING.of(call, capabilities.now().list(), CapabilityView::name);
        return LISTING.answer(
                call, page, each -> CapabilityJson.of(each, call.subject().tenant()));
    }

    private Answer show(Call call) throws Rejection {
        var name = call.variable("name");
        var there = capabilities.now();
        var found = there.find(name).orElseThrow(CapabilitiesResource::unknown);
        var json = CapabilityJson.of(found, call.subject().tenant());
        var recent = json.putArray("recentCalls");
        there.recent(name, Listing.limit(call)).forEach(each -> recent.add(CapabilityJson.of(each)));
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
