package org.openclaw.agent.runtime.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Which of the messages that wait in inboxes were published, by their numbers. Belongs to the thread of the {@link Core}. */
final class References {
    private final Map<Long, Brought> waiting = new HashMap<>();
    private final Consumer<TopicLog> room;

    /** @param room hears, behind the commit, of a topic whose subscriptions may take more */
    References(Consumer<TopicLog> room) {
        this.room = room;
    }

    private record Brought(Feed by, long sequence, int size) {}

    /** One has come into an inbox. */
    void add(long number, Feed by, Envelope.Reference reference) {
        waiting.put(number, new Brought(by, reference.sequence(), reference.size()));
        by.brought(reference.size());
        by.topic().brought(reference.sequence());
    }

    /** A message has left its inbox, in whatever way; whether it was published. */
    boolean left(long number, Transaction into) {
        var brought = waiting.isEmpty() ? null : waiting.remove(number);
        if (brought == null) {
            return false;
        }
        var topic = brought.by().topic();
        brought.by().left(brought.size());
        if (topic.left(brought.by(), brought.sequence())) {
            into.remove(PublicationRecord.key(topic.number(), brought.sequence()));
        }
        into.then(() -> room.accept(topic));
        return true;
    }
}
