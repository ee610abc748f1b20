package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.Optional;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.Publication;
import org.openclaw.message.PublicationPage;
import org.openclaw.message.Subscription.Start;

/** Reads topics. Thread-safe: sees what is committed. */
final class TopicReader {
    private static final int MOST_LOOKS = 1_000;
    private static final long MOST_BYTES = 1L << 20;

    private final Shelf shelf;

    TopicReader(Shelf shelf) {
        this.shelf = shelf;
    }

    /**
     * Behind which sequence a subscription goes on.
     *
     * @return to be brought between those that are retained
     */
    long position(Optional<TopicLog> topic, Start from) {
        return switch (from) {
            case Start.Now() -> Long.MAX_VALUE;
            case Start.Oldest() -> 0;
            case Start.At(var time) ->
                topic.map(log -> before(log, Micros.of(time))).orElse(0L);
        };
    }

    /** The sequence of the last one that was accepted before a time, microseconds since 1970. */
    long before(TopicLog topic, long time) {
        long low = topic.forgotten();
        long high = topic.committed();
        while (low < high) {
            // the upper one of two, so that it ends
            long middle = low + (high - low + 1) / 2;
            boolean earlier = shelf.publication(topic.number(), middle)
                    .map(found -> found.acceptedAt() < time)
                    .orElse(true); // it went meanwhile, and so did all before it
            if (earlier) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    PublicationPage read(TopicLog topic, MessageFilter filter, Start from, int limit) {
        long after = switch (from) {
            case Start.Now() -> topic.committed();
            case Start.Oldest() -> 0;
            case Start.At(var time) -> before(topic, Micros.of(time));
        };
        // looked at behind the search: it might have gone meanwhile
        return from instanceof Start.At(var time) && topic.hasForgotten(Micros.of(time))
                ? new PublicationPage.Forgotten(topic.forgotten() + 1)
                : read(topic, filter, after, limit);
    }

    PublicationPage read(TopicLog topic, MessageFilter filter, long after, int limit) {
        while (true) {
            long from = after == 0 ? topic.forgotten() : after;
            var page = page(topic, filter, from, limit);
            if (page.isPresent()) {
                return page.get();
            }
            if (after != 0) {
                return new PublicationPage.Forgotten(topic.forgotten() + 1);
            }
        }
    }

    /** Empty when what follows is not retained any more. */
    private Optional<PublicationPage> page(TopicLog topic, MessageFilter filter, long after, int limit) {
        long committed = topic.committed();
        long end = Math.min(committed, after + MOST_LOOKS);
        var found = new ArrayList<Publication>();
        long bytes = 0;
        long at = after;
        while (at < end && found.size() < limit && bytes < MOST_BYTES) {
            var next = shelf.publication(topic.number(), at + 1);
            if (next.isEmpty()) {
                return missing(topic, at + 1);
            }
            at++;
            bytes += next.get().message().body().size();
            if (filter.matches(next.get().message())) {
                found.add(next.get().view(at));
            }
        }
        return after < topic.forgotten() || after > committed
                ? Optional.empty()
                : Optional.of(new PublicationPage.Read(found, at, at < committed));
    }

    private static Optional<PublicationPage> missing(TopicLog topic, long sequence) {
        if (sequence > topic.forgotten()) {
            throw new IllegalStateException("publication " + sequence + " of the topic '"
                    + topic.name().topic() + "' is not stored. The store is not whole: restore a checkpoint.");
        }
        return Optional.empty();
    }
}
