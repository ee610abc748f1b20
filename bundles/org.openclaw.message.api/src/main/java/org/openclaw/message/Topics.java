package org.openclaw.message;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes messages to whoever has subscribed.
 *
 * <p>A publication is stored once, however many get it: what comes into an inbox is a reference, which is read when its turn begins.
 * It reaches each subscription that it passes exactly once, and one subscription brings publications to one agent in the order in
 * which they were published. One subscription has a bounded number of them outstanding in inboxes, so one whose agents are slow,
 * suspended or stranded falls behind by itself and holds up no other. A message whose receiver does not understand its type becomes a
 * dead letter, as does one to a retired agent by a subscription for several agents. A subscription for one agent ends when that agent is
 * retired or purged.
 *
 * <p>Publications are retained for a time and up to a size, and longer for a subscription that has not taken them yet or an inbox where
 * they wait. Where that takes too much, publishing from outside is refused, and agents that publish are slowed down; but not for ever: a
 * subscription ends that lags behind for longer than publications are retained while publishers wait for it. It is shown as ended, with
 * why, and may be made anew.
 *
 * <p>Thread-safe. What changes something is as durable as this node's store makes it when the method returns.
 */
@ProviderType
public interface Topics {
    /**
     * Accepts a message for a topic, which exists from then on. A second one of the same {@code source} and {@code id} is a duplicate,
     * and gets the receipt of the first one; one with another type or body is a conflict. Its {@link Delivery} holds for each of its
     * receivers.
     */
    PublishReceipt publish(Tenant tenant, Topic topic, Message message);

    /** The topics of a tenant, by name. */
    List<TopicView> topics(Tenant tenant);

    /** One topic; empty when it does not exist. */
    Optional<TopicView> find(Tenant tenant, Topic topic);

    /** The subscriptions of a topic by name, those that have ended among them. Empty when there is no such topic. */
    List<SubscriptionView> subscriptions(Tenant tenant, Topic topic);

    /**
     * Subscribes, or changes what a subscription of this name is for. What was brought into inboxes before stays there.
     *
     * @param from where a new one, or one that had ended, begins; one that is there goes on from where it is. Refused, with {@code
     *     topic.forgotten}, when something from that time on is not retained any more
     */
    SubscribeReceipt subscribe(Tenant tenant, Subscription subscription, Subscription.Start from);

    /**
     * Removes a subscription. What it has brought into inboxes stays there.
     *
     * @return false when there is none of that name
     */
    boolean unsubscribe(Tenant tenant, Topic topic, String name);

    /**
     * Sets a subscription back, or forward: what it passes from there on is brought into inboxes once more, behind what waits there,
     * which is not looked at. Refused when there is none of that name or it has ended, and, with {@code topic.forgotten}, when
     * something from that time on is not retained any more.
     */
    SubscribeReceipt rewind(Tenant tenant, Topic topic, String name, Subscription.Start from);

    /**
     * Brings what is retained from there on up to the latest one to somebody, once and in order, behind what waits there. It goes on in
     * the background, across restarts, as a subscription of its own that is removed when it is through; {@code behind} of its view
     * says how many publications it looks at, and it is not {@code created} when there are none. Refused, with {@code
     * topic.forgotten}, when something from that time on is not retained any more.
     */
    SubscribeReceipt replay(
            Tenant tenant, Topic topic, MessageFilter filter, Subscription.Receiver to, Subscription.Start from);

    /**
     * Reads publications behind a sequence, for those that only look. Looks at a bounded number of publications and bytes, so a page
     * may be shorter than the limit, or empty, and still have more behind it. Never waits.
     *
     * @param filter only those that pass
     * @param after a sequence; 0 begins at the oldest that is retained
     * @param limit at most so many, 1 to 1000
     * @throws IllegalArgumentException when the limit is out of its bounds, or the sequence negative
     */
    PublicationPage read(Tenant tenant, Topic topic, MessageFilter filter, long after, int limit);

    /**
     * The same from a place on, for the first page; the others go on behind it.
     *
     * @param from {@link PublicationPage.Forgotten} when something from that time on is not retained any more
     * @throws IllegalArgumentException when the limit is out of its bounds
     */
    PublicationPage read(Tenant tenant, Topic topic, MessageFilter filter, Subscription.Start from, int limit);
}
