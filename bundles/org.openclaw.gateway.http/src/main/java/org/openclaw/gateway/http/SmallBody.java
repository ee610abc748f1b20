package org.openclaw.gateway.http;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.openclaw.message.Body;

/** Reads the small JSON objects by which operators change something: a few members, all of them texts. */
final class SmallBody {
    private static final int MOST_BYTES = 16 << 10;

    private final Json json;
    private final BoundedInput.Limit limit;
    private final InstantSource clock;

    /** @param limit of a message: its time holds here too */
    SmallBody(Json json, BoundedInput.Limit limit, InstantSource clock) {
        this.json = json;
        this.limit = new BoundedInput.Limit(Math.min(MOST_BYTES, limit.bytes()), limit.time());
        this.clock = clock;
    }

    /**
     * The members by name, in their order. Strict, because a misspelt member would change something else than was meant.
     *
     * @param known the names that may come
     * @param expected the whole body, for the refusal
     */
    Map<String, String> texts(Request request, Set<String> known, String expected) throws Rejection {
        if (!MediaTypes.of(request).equals(Body.JSON)) {
            throw MediaTypes.unsupported("Content-Type", Body.JSON);
        }
        var object = json.read(BoundedInput.readAll(request, limit, clock));
        if (!object.isObject()) {
            throw invalid("it is no object", expected);
        }
        var texts = new LinkedHashMap<String, String>();
        for (var member : object.properties()) {
            if (!known.contains(member.getKey())) {
                throw invalid("it has a member that means nothing here", expected);
            }
            if (!member.getValue().isString()) {
                throw invalid("'" + member.getKey() + "' is no text", expected);
            }
            texts.put(member.getKey(), member.getValue().stringValue());
        }
        return texts;
    }

    private static Rejection invalid(String why, String expected) {
        return Problem.of(
                        400,
                        "body.invalid",
                        "The body is not what it should be: " + why + " (expected: " + expected + ").")
                .rejection();
    }
}
