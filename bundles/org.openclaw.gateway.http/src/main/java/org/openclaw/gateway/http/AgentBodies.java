package org.openclaw.gateway.http;

import java.time.InstantSource;
import java.util.Set;
import org.openclaw.message.Body;
import tools.jackson.databind.JsonNode;

/** Reads what may be sent to the path of an agent: a change, as a merge patch (RFC 7396), or nothing to create one. */
final class AgentBodies {
    static final String MERGE_PATCH = "application/merge-patch+json";
    private static final Set<String> PATCHES = Set.of(MERGE_PATCH, Body.JSON);
    private static final long MAX_BYTES = 4096;

    private final Json json;
    private final BoundedInput.Limit limit;
    private final InstantSource clock;

    AgentBodies(Json json, BoundedInput.Limit message, InstantSource clock) {
        this.json = json;
        this.limit = new BoundedInput.Limit(MAX_BYTES, message.time());
        this.clock = clock;
    }

    /** Whether the agent shall be suspended: the one thing of an agent that can be set. */
    boolean suspended(Request request) throws Rejection {
        if (!PATCHES.contains(MediaTypes.of(request))) {
            throw MediaTypes.unsupported("Content-Type", MERGE_PATCH + " or " + Body.JSON);
        }
        var patch = read(BoundedInput.readAll(request, limit, clock));
        var suspended = patch.isObject() && patch.size() == 1 ? patch.get("suspended") : null;
        if (suspended == null || !suspended.isBoolean()) {
            throw Problem.of(
                            400,
                            "patch.invalid",
                            "The change is not one that an agent takes (expected: {\"suspended\": true} or"
                                    + " {\"suspended\": false}, and nothing else).")
                    .rejection();
        }
        return suspended.asBoolean();
    }

    /** An agent is created with nothing but its address. */
    void requireNothing(Request request) throws Rejection {
        byte[] bytes = BoundedInput.readAll(request, limit, clock);
        if (bytes.length > 0 && !(read(bytes).isObject() && read(bytes).isEmpty())) {
            throw Problem.of(
                            400,
                            "body.unexpected",
                            "An agent is created with nothing but its address (expected: no body, or {}). Send it a"
                                    + " message to tell it something.")
                    .rejection();
        }
    }

    private JsonNode read(byte[] bytes) throws Rejection {
        json.check(bytes);
        return json.read(bytes);
    }
}
