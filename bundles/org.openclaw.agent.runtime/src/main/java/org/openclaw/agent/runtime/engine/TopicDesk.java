package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.openclaw.message.Message;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.PublicationPage;
import org.openclaw.message.PublishReceipt;
import org.openclaw.message.SubscribeReceipt;
import org.openclaw.message.Subscription;
import org.openclaw.message.SubscriptionView;
import org.openclaw.message.Tenant;
import org.openclaw.message.Topic;
import org.openclaw.message.TopicView;
import org.openclaw.message.Topics;
import org.openclaw.store.StoreException;

/** What comes to topics from outside. Thread-safe: it asks the core. */
final class TopicDesk implements Topics {
    private static final int MAX_PAGE = 1_000;

    private final Settings settings;
    private final Surroundings world;
    private final Core core;
    private final Door door;
    private final Arrivals arrivals;
    private final TopicBook book;
    private final TopicReader reader;
    private final Retention retention;

    TopicDesk(
            Settings settings,
            Surroundings world,
            Core core,
            Door door,
            Arrivals arrivals,
            TopicBook book,
            TopicReader reader,
            Retention retention) {
        this.settings = settings;
        this.world = world;
        this.core = core;
        this.door = door;
        this.arrivals = arrivals;
        this.book = book;
        this.reader = reader;
        this.retention = retention;
    }

    @Override
    public PublishReceipt publish(Tenant tenant, Topic topic, Message message) {
        return offer(tenant, topic, message).join();
    }

    /** Completes when the message is durable, or refused. */
    CompletableFuture<PublishReceipt> offer(Tenant tenant, Topic topic, Message message) {
        var name = new TopicName(tenant, topic);
        var refused = TopicRefusals.message(topic);
        var now = world.clock().instant();
        var closed = door.obstacle(refused);
        if (closed.isPresent()) {
            return done(new PublishReceipt.Refused(closed.get()));
        }
        if (message.body().size() > settings.inboxBytes()) {
            return done(new PublishReceipt.Refused(TopicRefusals.tooLarge(refused, message, settings.inboxBytes())));
        }
        var identity = Identity.of(tenant, topic, message);
        var value = new PublicationRecord(Micros.of(now), identity, message).bytes();
        if (!arrivals.take(tenant, value.length)) {
            return done(new PublishReceipt.Refused(TopicRefusals.tooMany(refused)));
        }
        return core.<PublishReceipt>ask(
                        tenant, (into, answer) -> into.answer(answer, decide(name, message, identity, value, into)))
                .whenComplete((_, _) -> arrivals.give(tenant, value.length))
                .exceptionally(failed -> new PublishReceipt.Refused(Refusals.store(refused, store(failed))));
    }

    private static CompletableFuture<PublishReceipt> done(PublishReceipt receipt) {
        return CompletableFuture.completedFuture(receipt);
    }

    private static StoreException store(Throwable failed) {
        var cause = failed instanceof StoreException || failed.getCause() == null ? failed : failed.getCause();
        if (cause instanceof StoreException store) {
            return store;
        }
        throw new IllegalStateException("a message to a topic could not be decided on", failed);
    }

    private PublishReceipt decide(TopicName name, Message message, Identity identity, byte[] value, Transaction into) {
        var now = world.clock().instant();
        var refused = TopicRefusals.message(name.topic());
        var known = book.repeats().known(name, identity, message, Micros.of(now));
        if (known.isPresent()) {
            return known.get();
        }
        if (door.isClosed()) {
            return new PublishReceipt.Refused(Refusals.stopping(refused, settings.drain()));
        }
        if (message.delivery().isExpired(now)) {
            return new PublishReceipt.Refused(TopicRefusals.expired(refused, message, now));
        }
        var obstacle = book.obstacle(name, refused);
        if (obstacle.isPresent()) {
            into.then(retention::relieve);
            return new PublishReceipt.Refused(obstacle.get());
        }
        var published = book.publish(name, value, into);
        return book.repeats().accept(identity, published.sequence(), published.acceptedAt());
    }

    @Override
    public List<TopicView> topics(Tenant tenant) {
        return core.look(() -> book.of(tenant).map(TopicLog::view).toList());
    }

    @Override
    public Optional<TopicView> find(Tenant tenant, Topic topic) {
        return core.look(() -> book.find(new TopicName(tenant, topic)).map(TopicLog::view));
    }

    @Override
    public List<SubscriptionView> subscriptions(Tenant tenant, Topic topic) {
        return core.look(() -> book.find(new TopicName(tenant, topic))
                .map(found -> new ArrayList<>(found.feeds().values())
                        .stream().map(Feed::view).toList())
                .orElse(List.of()));
    }

    @Override
    public SubscribeReceipt subscribe(Tenant tenant, Subscription subscription, Subscription.Start from) {
        var name = new TopicName(tenant, subscription.topic());
        var refused = TopicRefusals.subscribing(subscription);
        if (door.isClosed()) {
            return new SubscribeReceipt.Refused(Refusals.stopping(refused, settings.drain()));
        }
        long position = reader.position(book.find(name), from);
        return core.<SubscribeReceipt>ask((into, answer) -> {
                    var obstacle = book.obstacle(tenant, subscription, refused)
                            .or(() ->
                                    goesOn(name, subscription) ? Optional.empty() : book.obstacle(name, from, refused));
                    if (obstacle.isPresent()) {
                        into.answer(answer, new SubscribeReceipt.Refused(obstacle.get()));
                        return;
                    }
                    boolean created = book.subscribe(tenant, subscription, position, into);
                    var view =
                            book.feed(name, subscription.name()).orElseThrow().view();
                    into.answer(answer, new SubscribeReceipt.Subscribed(view, created));
                })
                .join();
    }

    @Override
    public boolean unsubscribe(Tenant tenant, Topic topic, String name) {
        return core.<Boolean>ask((into, answer) ->
                        into.answer(answer, book.unsubscribe(new TopicName(tenant, topic), name, into)))
                .join();
    }

    /** Whether there is one that takes up nothing anew, wherever it was to begin. */
    private boolean goesOn(TopicName name, Subscription subscription) {
        return book.feed(name, subscription.name())
                .filter(feed -> !feed.isEnded())
                .isPresent();
    }

    @Override
    public SubscribeReceipt rewind(Tenant tenant, Topic topic, String name, Subscription.Start from) {
        var of = new TopicName(tenant, topic);
        var refused = TopicRefusals.rewinding(topic, name);
        long position = reader.position(book.find(of), from);
        return core.<SubscribeReceipt>ask((into, answer) -> {
                    var feed = book.feed(of, name).filter(found -> !found.isEnded());
                    var obstacle = feed.isEmpty()
                            ? Optional.of(TopicRefusals.unknownSubscription(refused))
                            : book.obstacle(of, from, refused);
                    if (obstacle.isPresent()) {
                        into.answer(answer, new SubscribeReceipt.Refused(obstacle.get()));
                        return;
                    }
                    book.rewind(feed.get(), position, into);
                    into.answer(
                            answer, new SubscribeReceipt.Subscribed(feed.get().view(), false));
                })
                .join();
    }

    @Override
    public SubscribeReceipt replay(
            Tenant tenant, Topic topic, MessageFilter filter, Subscription.Receiver to, Subscription.Start from) {
        var of = new TopicName(tenant, topic);
        var refused = TopicRefusals.replaying(topic);
        if (door.isClosed()) {
            return new SubscribeReceipt.Refused(Refusals.stopping(refused, settings.drain()));
        }
        long position = reader.position(book.find(of), from);
        return core.<SubscribeReceipt>ask((into, answer) -> {
                    var found = book.find(of);
                    var obstacle = found.isEmpty()
                            ? Optional.of(TopicRefusals.unknown(refused, topic))
                            : book.roomForOne(tenant, refused).or(() -> book.obstacle(of, from, refused));
                    if (obstacle.isPresent()) {
                        into.answer(answer, new SubscribeReceipt.Refused(obstacle.get()));
                        return;
                    }
                    var view = book.replay(
                            found.get(),
                            number -> new Subscription(topic, "replay-" + number, filter, to),
                            position,
                            into);
                    into.answer(answer, new SubscribeReceipt.Subscribed(view, view.behind() > 0));
                })
                .join();
    }

    @Override
    public PublicationPage read(Tenant tenant, Topic topic, MessageFilter filter, long after, int limit) {
        requireLimit(limit);
        if (after < 0) {
            throw new IllegalArgumentException("after: " + after + " (expected: a sequence, 0 or more)");
        }
        return book.find(new TopicName(tenant, topic))
                .map(found -> reader.read(found, filter, after, limit))
                .orElseGet(PublicationPage.Unknown::new);
    }

    @Override
    public PublicationPage read(Tenant tenant, Topic topic, MessageFilter filter, Subscription.Start from, int limit) {
        requireLimit(limit);
        return book.find(new TopicName(tenant, topic))
                .map(found -> reader.read(found, filter, from, limit))
                .orElseGet(PublicationPage.Unknown::new);
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MAX_PAGE + ")");
        }
    }
}
