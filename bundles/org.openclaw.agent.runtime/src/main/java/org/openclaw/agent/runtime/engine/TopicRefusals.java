package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.openclaw.message.Message;
import org.openclaw.message.Refusal;
import org.openclaw.message.Subscription;
import org.openclaw.message.Topic;

/** What topics say when they say no. */
final class TopicRefusals {
    private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofSeconds(1);
    private static final Duration UNTIL_SOMEBODY_HAS_SEEN_TO_IT = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(60);

    /** The code of what is refused because too much is kept. */
    static final String FULL = "topic.full";

    private TopicRefusals() {}

    /** What is refused, for the beginning of its text. */
    static String message(Topic topic) {
        return "Refused a message to the topic '" + topic + "'";
    }

    /** What is refused, for the beginning of its text. */
    static String subscribing(Subscription subscription) {
        return "Refused the subscription '" + subscription.name() + "' to the topic '" + subscription.topic() + "'";
    }

    /** What is refused, for the beginning of its text. */
    static String rewinding(Topic topic, String name) {
        return "Refused to set back the subscription '" + name + "' to the topic '" + topic + "'";
    }

    /** What is refused, for the beginning of its text. */
    static String replaying(Topic topic) {
        return "Refused to replay the topic '" + topic + "'";
    }

    static Refusal tooManyTopics(String refused, int most) {
        return Refusal.busy(
                Refusal.Kind.QUOTA,
                "topics.full",
                refused + ": it would be a new topic, and the tenant has as many as it may (expected: at most " + most
                        + "). Use one that is there, or remove the subscriptions of one; a topic without any goes when nothing of"
                        + " it is retained any more.",
                LONG);
    }

    static Refusal tooManySubscriptions(String refused, int most) {
        return Refusal.busy(
                Refusal.Kind.QUOTA,
                "subscriptions.full",
                refused + ": the tenant has as many subscriptions as it may (expected: at most " + most
                        + "). Remove those that are not needed.",
                LONG);
    }

    /** @param lags whoever needs what cannot be removed; empty when it will be removed */
    static Refusal full(String refused, TopicLog topic, Optional<Feed> lags, long most) {
        return lags.map(feed -> Refusal.busy(
                        Refusal.Kind.QUOTA,
                        FULL,
                        refused + ": the subscription '" + feed.subscription().name() + "' lags "
                                + (topic.last() - Math.min(topic.last(), feed.done()))
                                + " publications behind, and " + topic.bytes()
                                + " bytes are kept for it (expected: about " + most
                                + " at most for all topics). See to its agents, replay it from now on, or remove it.",
                        UNTIL_SOMEBODY_HAS_SEEN_TO_IT))
                .orElseGet(() -> Refusal.busy(
                        Refusal.Kind.UNAVAILABLE,
                        FULL,
                        refused + ": what is retained of topics takes more than it may, and is being removed"
                                + " (expected: about " + most + " bytes at most). Try again later.",
                        UNTIL_THERE_IS_ROOM));
    }

    static Refusal forgotten(String refused, Instant from, TopicLog topic) {
        return Refusal.of(
                Refusal.Kind.GONE,
                "topic.forgotten",
                refused + ": of what was published from " + from
                        + " on, some is not retained any more (expected: a later time;"
                        + " publication " + (topic.forgotten() + 1)
                        + " is the oldest that is, or the next). Begin at the"
                        + " oldest one to get what is left.");
    }

    static Refusal unknown(String refused, Topic topic) {
        return Refusal.of(
                Refusal.Kind.UNKNOWN,
                "topic.unknown",
                refused + ": there is no topic '" + topic + "' (expected: one that something was published to or that"
                        + " somebody has subscribed to).");
    }

    static Refusal unknownSubscription(String refused) {
        return Refusal.of(
                Refusal.Kind.UNKNOWN,
                "subscription.unknown",
                refused
                        + ": there is none of that name (expected: one that is there, and has not ended). Subscribe first.");
    }

    /** Why a subscription has ended that has lagged behind for too long. */
    static String lagged(TopicLog topic, Feed feed) {
        return "It lagged " + (topic.last() - feed.position())
                + " publications behind, for longer than publications are retained, and what was kept for it kept others from"
                + " publishing. Subscribe anew to go on.";
    }

    static Refusal tooLarge(String refused, Message message, long bound) {
        return Refusal.of(
                Refusal.Kind.INVALID,
                "body.too.large",
                refused + ": its body has " + message.body().size() + " bytes (expected: at most " + bound
                        + "). Make it smaller, or publish a reference to the data.");
    }

    static Refusal expired(String refused, Message message, Instant now) {
        return Refusal.of(
                Refusal.Kind.INVALID,
                Answers.EXPIRED,
                refused + ": it expired at " + message.delivery().expires().orElse(now)
                        + ", and by the clock of this node it is "
                        + now
                        + " (expected: an expirytime that is to come). Publish it with a later one if it is of use"
                        + " still.");
    }

    static Refusal tooMany(String refused) {
        return Refusal.busy(
                Refusal.Kind.UNAVAILABLE,
                "node.full",
                refused + ": too many messages of the tenant are on their way (expected: fewer). Try again later.",
                UNTIL_THERE_IS_ROOM);
    }
}
