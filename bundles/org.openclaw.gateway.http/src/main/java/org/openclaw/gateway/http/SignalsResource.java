package org.openclaw.gateway.http;

import java.time.InstantSource;
import org.openclaw.agent.WaitPage;
import org.openclaw.agent.Waits;
import org.openclaw.message.Body;
import org.openclaw.security.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/signals}: lists what suspended turns wait for, and answers the signals among it. */
final class SignalsResource {
    private static final Logger LOG = LoggerFactory.getLogger(SignalsResource.class);
    /** What the runtime keeps of an answer; one that is longer is refused before all of it has come. */
    private static final long MOST_BYTES = 1 << 20;

    private final Part<Waits> waits;
    private final Json json;
    private final BoundedInput.Limit limit;
    private final InstantSource clock;

    /** @param message the limit of a message, which holds here too */
    SignalsResource(Part<Waits> waits, Json json, BoundedInput.Limit message, InstantSource clock) {
        this.waits = waits;
        this.json = json;
        this.limit = new BoundedInput.Limit(Math.min(MOST_BYTES, message.bytes()), message.time());
        this.clock = clock;
    }

    Route list() {
        return Route.of("/v1/signals")
                .get(
                        Operation.of("listSignals", "What suspended turns wait for", Role.READER)
                                .with(Call.AFTER, Call.LIMIT)
                                .gives(
                                        200,
                                        "A page of them; without 'next' there are no more.",
                                        Shape.object()
                                                .with("waits", Shape.list(WaitJson.shape()))
                                                .maybe("next", Shape.text())),
                        this::page);
    }

    /** Not for senders: what waits is often the consent of somebody else than who asked for something. */
    Route one() {
        return Route.of("/v1/signals/{id}")
                .on(
                        "POST",
                        Operation.of("answerSignal", "Answers a signal, once", Role.OPERATOR)
                                .takes(Shape.any())
                                .gives(
                                        200,
                                        "The turn goes on; or it was a duplicate.",
                                        Shape.object()
                                                .with("signal", Shape.text())
                                                .with("duplicate", Shape.flag()))
                                .refuses(404, 409, 422, 429),
                        this::answer);
    }

    private Answer page(Call call) throws Rejection {
        var page = pageOf(call);
        var object = Json.object();
        var array = object.putArray("waits");
        page.waits().forEach(wait -> array.add(WaitJson.of(wait)));
        Json.putIfPresent(object, "next", page.next());
        return Answer.of(Response.json(200, object));
    }

    private WaitPage pageOf(Call call) throws Rejection {
        try {
            return waits.now().list(call.subject().tenant(), call.parameter("after"), call.limit());
        } catch (IllegalArgumentException bad) {
            throw Problem.of(400, "after.invalid", "The page cannot begin there: " + bad.getMessage())
                    .rejection();
        }
    }

    private Answer answer(Call call) throws Rejection {
        var signal = call.variable("id");
        var body = body(call.request());
        return Answer.of(
                switch (waits.now().answer(call.subject().tenant(), signal, body)) {
                    case Waits.Answer.Taken(boolean duplicate) -> taken(call, signal, duplicate);
                    case Waits.Answer.Refused(var refusal) ->
                        Problem.of(refusal).response();
                });
    }

    private static Response taken(Call call, String signal, boolean duplicate) {
        if (!duplicate) {
            LOG.info("'{}' has answered the signal {}", call.subject().name(), signal);
        }
        return Response.json(200, Json.object().put("signal", signal).put("duplicate", duplicate));
    }

    /** The answer byte for byte: it is compared with one that comes again. */
    private Body body(Request request) throws Rejection {
        if (!MediaTypes.of(request).equals(Body.JSON)) {
            throw MediaTypes.unsupported("Content-Type", Body.JSON);
        }
        byte[] bytes = BoundedInput.readAll(request, limit, clock);
        json.check(bytes);
        return Body.json(bytes);
    }
}
