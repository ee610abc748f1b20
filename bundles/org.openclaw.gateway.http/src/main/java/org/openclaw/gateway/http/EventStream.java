package org.openclaw.gateway.http;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open stream. Belongs to the thread of its loop. */
final class EventStream {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final long HEARTBEAT = Duration.ofSeconds(15).toNanos();
    private static final long LONGEST_SILENCE = Duration.ofSeconds(30).toNanos();
    /** How often it is looked whether somebody may go on reading. */
    private static final long LOOKS_AFTER = Duration.ofSeconds(15).toNanos();
    /** How often it is written to before others have their turn. */
    private static final int WRITES = 8;

    private final EventFeed feed;
    private final EventOutlet outlet;
    private final BooleanSupplier allowed;
    private boolean opened;
    private boolean ended;
    private long wroteAt;
    private long lookedAt;

    /** @param allowed whether the reader may still read */
    EventStream(EventFeed feed, EventOutlet outlet, BooleanSupplier allowed, long now) {
        this.feed = feed;
        this.outlet = outlet;
        this.allowed = allowed;
        wroteAt = now;
        lookedAt = now;
    }

    EventFeed feed() {
        return feed;
    }

    boolean isEnded() {
        return ended;
    }

    /**
     * Writes what there is, as far as the client takes it and others have to wait for it.
     *
     * @return whether there is more that the client would take
     */
    boolean advance(long now) {
        try {
            if (!opened && isReady()) {
                opened = true;
                write(EventFrame.opening(feed.at()), now);
            }
            for (int time = 0; time < WRITES; time++) {
                if (!isReady()) {
                    return false;
                }
                if (feed.isOver()) { // and the client has taken all: it is ready
                    end();
                    return false;
                }
                var next = feed.next();
                if (next.bytes().length > 0) {
                    write(next.bytes(), now);
                }
                if (!next.more()) {
                    return false;
                }
            }
            return isReady();
        } catch (IOException gone) {
            LOG.debug("The client of an event stream has gone", gone);
            end();
            return false;
        } catch (RuntimeException broken) { // others go on
            LOG.error("An event stream broke", broken);
            end();
            return false;
        }
    }

    private boolean isReady() {
        return !ended && outlet.isReady();
    }

    private void write(byte[] bytes, long now) throws IOException {
        wroteAt = now;
        outlet.write(bytes);
    }

    /** Sends a heartbeat where it is time; ends it where the client takes nothing, or may not read any more. */
    void look(long now) {
        try {
            lookAfter(now);
        } catch (RuntimeException broken) { // others go on
            LOG.error("An event stream broke", broken);
            end();
        }
    }

    private void lookAfter(long now) {
        if (now - lookedAt >= LOOKS_AFTER) {
            lookedAt = now;
            if (!allowed.getAsBoolean()) {
                end();
            }
        }
        if (ended || now - wroteAt < HEARTBEAT) {
            return;
        }
        if (!isReady()) {
            if (now - wroteAt >= LONGEST_SILENCE) {
                LOG.debug("Cut an event stream: its client takes nothing");
                end();
            }
            return;
        }
        try {
            write(EventFrame.heartbeat(feed.at()), now);
        } catch (IOException gone) {
            LOG.debug("The client of an event stream has gone", gone);
            end();
        }
    }

    /** Ends it; nothing happens when it has ended. */
    void end() {
        if (!ended) {
            ended = true;
            feed.end();
            try {
                outlet.close();
            } catch (RuntimeException broken) { // it has ended all the same
                LOG.error("An event stream did not close", broken);
            }
        }
    }
}
