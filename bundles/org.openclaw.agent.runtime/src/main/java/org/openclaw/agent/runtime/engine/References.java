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

    private record Brought(Feed by, long sequence) {}

    /** One has come into an inbox. */
    void add(long number, Feed by, long sequence) {
        waiting.put(number, new Brought(by, sequence));
        by.brought(sequence);
    }

    /** A message has left its inbox, in whatever way; whether it was published. */
    boolean left(long number, Transaction into) {
        var brought = waiting.isEmpty() ? null : waiting.remove(number);
        if (brought == null) {
            return false;
        }
        var topic = brought.by().topic();
        brought.by().left(brought.sequence());
        topic.left(brought.by());
        into.then(() -> room.accept(topic));
        return true;
    }
}
