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

    private static final Listing LISTING = new Listing("waits");

    private final Part<Waits> waits;
    private final DataReader data;
    private final BoundedInput.Limit limit;
    private final InstantSource clock;

    /** @param message the limit of a message, which holds here too */
    SignalsResource(Part<Waits> waits, DataReader data, BoundedInput.Limit message, InstantSource clock) {
        this.waits = waits;
        this.data = data.within(MOST_BYTES);
        this.limit = new BoundedInput.Limit(Math.min(MOST_BYTES, message.bytes()), message.time());
        this.clock = clock;
    }

    Route list() {
        return Route.of("/v1/signals")
                .get(
                        Operation.of("listSignals", "What suspended turns wait for", Role.READER)
                                .with(Listing.AFTER, Listing.LIMIT)
                                .gives(200, LISTING.reply(WaitJson.shape())),
                        this::page);
    }

    /** Not for senders: what waits is often the consent of somebody else than who asked for something. */
    Route one() {
        return Route.of("/v1/signals/{id}")
                .on(
                        "POST",
                        Operation.of("answerSignal", "Answers a signal, once", Role.OPERATOR)
                                .takes(Shape.any())
                                .takes(CborReader.MEDIA_TYPE, Shape.any())
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
        return LISTING.answer(call, new Listing.Page<>(page.waits(), page.next()), WaitJson::of);
    }

    private WaitPage pageOf(Call call) throws Rejection {
        try {
            return waits.now().list(call.subject().tenant(), LISTING.after(call), Listing.limit(call));
        } catch (IllegalArgumentException bad) {
            throw Cursor.invalid("it names no place in it");
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

    /** The answer byte for byte where it is JSON: it is compared with one that comes again. */
    private Body body(Request request) throws Rejection {
        var mediaType = MediaTypes.of(request);
        if (!DataReader.knows(mediaType)) {
            throw MediaTypes.unsupported("Content-Type", DataReader.TYPES);
        }
        byte[] bytes = BoundedInput.readAll(request, limit, clock);
        return data.exactly(mediaType, bytes);
    }
}
