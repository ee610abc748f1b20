package org.openclaw.agent.runtime.engine;

import org.openclaw.message.Subscription;
import org.openclaw.message.Topic;

/** What a turn does to topics, ready for the core; in the order in which the handler has done it. */
sealed interface TopicChange {
    Topic topic();

    /**
     * Publishes.
     *
     * @param bytes of a {@link PublicationRecord}, to be stamped
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Publish(Topic topic, byte[] bytes) implements TopicChange {}

    /** @param from see {@link TopicReader#position} */
    record Subscribe(Subscription subscription, long from) implements TopicChange {
        @Override
        public Topic topic() {
            return subscription.topic();
        }
    }

    record Unsubscribe(Topic topic, String name) implements TopicChange {}
}
