package org.openclaw.agent.runtime.engine;

import org.openclaw.message.Message;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.Subscription;
import org.openclaw.message.Topic;

/** What a handler does to topics. */
sealed interface TopicEffect {
    record Publish(Topic topic, Message message) implements TopicEffect {}

    record Subscribe(Topic topic, MessageFilter filter, Subscription.Start from) implements TopicEffect {}

    record Unsubscribe(Topic topic) implements TopicEffect {}
}
