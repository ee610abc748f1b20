package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes publications that are over time, or beyond the bound of all of them, oldest first and some at a time, never one that somebody
 * needs. Belongs to the thread of the {@link Core}, but for what reads: what is about to go is read once more beside it, as nothing is
 * kept in memory for each publication.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    /** How many publications one commit removes. */
    private static final int AT_ONCE = 256;

    /** How many topics one sweep looks at. */
    private static final int LOOKS = 1_000;

    private final Settings settings;
    private final Surroundings world;
    private final Core core;
    private final Shelf shelf;
    private final TopicBook book;
    private final Fanout fanout;
    private final Activity activity;
    private Iterator<TopicLog> sweeping = List.<TopicLog>of().iterator();
    private boolean removes;
    private boolean closed;

    Retention(
            Settings settings,
            Surroundings world,
            Core core,
            Shelf shelf,
            TopicBook book,
            Fanout fanout,
            Activity activity) {
        this.settings = settings;
        this.world = world;
        this.core = core;
        this.shelf = shelf;
        this.book = book;
        this.fanout = fanout;
        this.activity = activity;
    }

    /** One of the oldest publications of a topic: what its value takes, and when it was accepted. */
    private record Old(int size, long acceptedAt) {}

    void close() {
        closed = true;
    }

    /** Looks at some topics: what of them has to go, and who may try again. Behind a commit. */
    void sweep() {
        if (closed) {
            return;
        }
        if (!sweeping.hasNext()) {
            sweeping = book.all().iterator();
        }
        for (int looks = 0; looks < LOOKS && sweeping.hasNext(); looks++) {
            var topic = sweeping.next();
            fanout.retry(topic);
            if (isOverTime(topic)) {
                remove(topic);
            } else if (topic.isEmpty()) {
                core.submit(into -> book.tidy(topic, into));
            }
        }
        relieve();
    }

    /** Removes something if there is more than is wanted. Behind a commit. */
    void relieve() {
        if (!removes && !closed && book.isOver()) {
            book.largestRemovable()
                    .ifPresentOrElse(
                            this::remove, () -> book.largestLagging(oldest()).ifPresent(this::endLagging));
        }
    }

    /**
     * Looks how old the oldest publication is that somebody lags behind with. Retention promises a time: for that long publishers
     * wait for who lags, and no longer, or one subscription would close a topic for ever.
     */
    private void endLagging(TopicLog topic) {
        removes = true;
        long first = topic.forgotten() + 1;
        activity.began();
        world.threads().run("retention", () -> {
            try {
                var found = read(topic, first, first, true);
                core.submit(into -> endLagging(topic, first, found, into));
            } finally {
                activity.ended();
            }
        });
    }

    private void endLagging(TopicLog topic, long first, List<Old> found, Transaction into) {
        removes = false;
        if (topic.forgotten() != first - 1 || found.isEmpty()) {
            return;
        }
        topic.oldestAt(found.getFirst().acceptedAt());
        if (book.largestLagging(oldest()).filter(topic::equals).isPresent()) {
            book.endLagging(topic, into);
        }
        into.then(this::relieve);
    }

    /** What was accepted before this is over time. As long as a duplicate is known it stays: it says that it was here. */
    private long oldest() {
        var atLeast = settings.topics().retainFor();
        var kept = atLeast.compareTo(settings.dedupFor()) < 0 ? settings.dedupFor() : atLeast;
        return Micros.of(world.clock().instant()) - kept.toNanos() / 1_000;
    }

    private boolean isOverTime(TopicLog topic) {
        return topic.forgotten() < Math.min(topic.committed(), topic.done())
                && (topic.oldestAt() == TopicLog.UNKNOWN || topic.oldestAt() < oldest());
    }

    /** One topic at a time: the others have their turn at a later sweep. */
    private void remove(TopicLog topic) {
        if (removes || closed) {
            return;
        }
        removes = true;
        long first = topic.forgotten() + 1;
        long last = Math.min(Math.min(topic.committed(), topic.done()), first + AT_ONCE - 1);
        boolean over = book.isOver();
        activity.began();
        world.threads().run("retention", () -> {
            try {
                var found = read(topic, first, last, over);
                core.submit(into -> remove(topic, first, found, into));
            } finally {
                activity.ended();
            }
        });
    }

    /** The oldest ones, up to the first that stays. */
    private List<Old> read(TopicLog topic, long first, long last, boolean over) {
        long oldest = oldest();
        var found = new ArrayList<Old>();
        try {
            for (long sequence = first; sequence <= last; sequence++) {
                // one that is missing takes nothing, and must not stop what comes behind it
                var old = shelf.publicationBytes(topic.number(), sequence)
                        .map(bytes -> new Old(bytes.length, PublicationRecord.acceptedAt(bytes)))
                        .orElse(new Old(0, Micros.NEVER));
                found.add(old);
                if (old.acceptedAt() >= oldest && !over) {
                    break;
                }
            }
        } catch (RuntimeException | OutOfMemoryError unreadable) { // the round has to come to its end
            LOG.warn(
                    "What is retained of the topic '{}' cannot be read.",
                    topic.name().topic(),
                    unreadable);
        }
        return found;
    }

    private void remove(TopicLog topic, long first, List<Old> found, Transaction into) {
        removes = false;
        if (topic.forgotten() != first - 1) {
            return;
        }
        long oldest = oldest();
        int gone = 0;
        for (var old : found) {
            boolean goes = old.acceptedAt() < oldest || book.isOver();
            if (!goes) {
                topic.oldestAt(old.acceptedAt());
            }
            if (!goes || into.isFull() || !book.forgetOldest(topic, old.size(), old.acceptedAt(), into)) {
                break;
            }
            gone++;
        }
        if (gone > 0) {
            book.forgotten(topic, into);
            into.then(() -> {
                if (isOverTime(topic)) {
                    remove(topic);
                }
                relieve();
            });
        }
    }
}
