package org.openclaw.gateway.http;

import java.util.Optional;
import org.openclaw.agent.PreviewId;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Tenant;
import org.openclaw.message.TrackedMessage;

/** What the turns for one message show, and how it ends. For one thread at a time. */
final class PreviewFeed implements EventFeed {
    /** How much text is written at once, and what a client that takes nothing keeps in memory. In UTF-16 code units. */
    private static final int AT_ONCE = 2048;

    private static final Next NOTHING = new Next(new byte[0], false);

    private final PreviewSource source;
    private final Tenant tenant;
    private final TrackedMessage message;
    private final Endings.Ending ending;
    private PreviewId at;
    private boolean over;
    private Runnable more = () -> {};

    PreviewFeed(PreviewSource source, Tenant tenant, TrackedMessage message, Endings.Ending ending, PreviewId from) {
        this.source = source;
        this.tenant = tenant;
        this.message = message;
        this.ending = ending;
        this.at = from;
    }

    @Override
    public Next next() {
        // asked first: what was shown before the end is there then
        var come = ending.now();
        var preview = source.previews().read(tenant, message.id(), at, AT_ONCE);
        if (preview.isPresent()) {
            at = preview.get().next();
            return new Next(PreviewFrame.of(preview.get()), true);
        }
        return come.map(end -> last(end.last())).orElse(NOTHING);
    }

    /** Where nobody says how it ended, the client comes again, and hears from the next one. */
    private Next last(Optional<MessageStatus> status) {
        over = true;
        return new Next(
                status.map(last -> PreviewFrame.end(at, message.with(last))).orElse(NOTHING.bytes()), true);
    }

    @Override
    public String at() {
        return at.toString();
    }

    @Override
    public EventSource source() {
        return source;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void begin(Runnable call) {
        more = call;
        ending.listen(call);
    }

    @Override
    public void end() {
        ending.leave(more);
    }
}
