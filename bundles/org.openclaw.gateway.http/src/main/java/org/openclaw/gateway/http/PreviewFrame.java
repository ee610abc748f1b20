package org.openclaw.gateway.http;

import org.openclaw.agent.Preview;
import org.openclaw.agent.PreviewId;
import org.openclaw.message.TrackedMessage;

/** What turns show, and how their message ends, as {@code text/event-stream} has it. */
final class PreviewFrame {
    /** Behind the id of the end: who comes again with it knows how the message has ended. */
    private static final String END = "-end";

    private PreviewFrame() {}

    static byte[] of(Preview preview) {
        var json = Json.object()
                .put("attempt", preview.attempt())
                .put("offset", preview.offset())
                .put("text", preview.text());
        if (preview.missed()) {
            json.put("missed", true);
        }
        return EventFrame.frame(preview.next().toString(), "preview", json);
    }

    static byte[] end(PreviewId at, TrackedMessage message) {
        return EventFrame.frame(at + END, "end", ReceiptsResource.json(message, true));
    }

    /** Where the text ends that a client has got, whatever it has got behind it. */
    static String place(String lastEventId) {
        return isEnd(lastEventId) ? lastEventId.substring(0, lastEventId.length() - END.length()) : lastEventId;
    }

    /** Whether a client says that it has got the end. */
    static boolean isEnd(String lastEventId) {
        return lastEventId.endsWith(END);
    }
}
