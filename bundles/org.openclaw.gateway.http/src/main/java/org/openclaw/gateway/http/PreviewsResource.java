package org.openclaw.gateway.http;

import java.util.Map;
import org.openclaw.agent.PreviewId;
import org.openclaw.agent.Previews;
import org.openclaw.message.MessageBus;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.TrackedMessage;
import org.openclaw.security.Role;

/**
 * {@code /v1/messages/{receipt}/events}: what the turns for a message show before they end, and how it ends, as server-sent events.
 * For those who may read replies.
 */
final class PreviewsResource {
    private final Part<MessageBus> bus;
    private final Part<Previews> previews;
    private final Endings endings = new Endings();

    PreviewsResource(Part<MessageBus> bus, Part<Previews> previews) {
        this.bus = bus;
        this.previews = previews;
    }

    Route route() {
        return Route.of("/v1/messages/{receipt}/events")
                .get(
                        Operation.of(
                                        "streamMessage",
                                        "What is shown of the reply to a message before it is there, and how it ends",
                                        Role.SENDER)
                                .with(Parameter.header("Last-Event-ID", "Goes on behind that event."))
                                .gives(
                                        200,
                                        Reply.of(
                                                "Server-sent events, each with JSON as data, until the message has ended.",
                                                Map.of(EventFrame.MEDIA_TYPE, Shape.text())))
                                .gives(204, "The client has got the end: do not come again.")
                                .refuses(404),
                        this::stream);
    }

    private Answer stream(Call call) throws Rejection {
        var last = call.request().header("Last-Event-ID").orElse("");
        var message = message(call);
        if (call.request().method().equals("HEAD")) {
            return Answer.of(Response.empty(200).with(EventFrame.HEADERS));
        }
        if (PreviewFrame.isEnd(last) && message.status().isFinal()) {
            return Answer.of(Response.empty(204));
        }
        var tenant = call.subject().tenant();
        var source = new PreviewSource(previews, previews.now());
        var from = from(last);
        var ending = endings.of(bus.now(), tenant, message.id()).orElseThrow(ReceiptsResource::unknown);
        return new Answer.Stream(new PreviewFeed(source, tenant, message, ending, from), call.subject());
    }

    private TrackedMessage message(Call call) throws Rejection {
        return bus.now()
                .find(call.subject().tenant(), new ReceiptId(call.variable("receipt")))
                .orElseThrow(ReceiptsResource::unknown);
    }

    /** Where nothing is said, with all that is kept of the present attempt. */
    private static PreviewId from(String lastEventId) throws Rejection {
        return lastEventId.isEmpty()
                ? PreviewId.START
                : PreviewId.parse(PreviewFrame.place(lastEventId))
                        .orElseThrow(() -> Problem.of(
                                        400,
                                        "event.id.invalid",
                                        "The Last-Event-ID is none of these events (expected: the id of a preview of this"
                                                + " message). Leave it out to begin anew.")
                                .rejection());
    }
}
