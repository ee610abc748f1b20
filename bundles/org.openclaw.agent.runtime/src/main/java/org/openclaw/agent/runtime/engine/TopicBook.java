package org.openclaw.agent.runtime.engine;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.Address;
import org.openclaw.message.MessageFilter;
import org.openclaw.message.Refusal;
import org.openclaw.message.Subscription;
import org.openclaw.message.Subscription.Receiver;
import org.openclaw.message.Subscription.Start;
import org.openclaw.message.SubscriptionView;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.TurnStore;

/**
 * Which topics and subscriptions there are. Changed by the thread of the {@link Core} alone; a topic is found by any thread.
 *
 * <p>A publication is an entry of its own, once, whoever gets it. The sequences of a topic have no gaps, so what there is of it is told
 * by two numbers, and nothing is kept in memory for each publication.
 */
final class TopicBook {
    private static final int VERSION = 1;
    /** What a publication takes beside its value, so that many small ones count, too. */
    private static final int OVERHEAD = 64;

    private static final Key BASE = new Key(Kind.NODE, NodeEntry.SEQUENCES.code(), 0);

    private final Settings settings;
    private final TopicBounds bounds;
    private final Feed.Room room;
    private final Shelf shelf;
    private final Numbers numbers;
    private final InstantSource clock;
    private final Announcer announcer;
    private final Repeats repeats;
    private final References references;
    private final ConcurrentSkipListMap<TopicName, TopicLog> topics = new ConcurrentSkipListMap<>();
    private final Map<Long, TopicLog> byNumber = new HashMap<>();
    private final Map<Tenant, Counts> counts = new HashMap<>();
    private long bytes;
    /** No sequence up to this one is given out in a new topic: one of its name may have had it. */
    private long base;

    private @Nullable Consumer<TopicLog> fanout;

    TopicBook(Settings settings, Shelf shelf, Numbers numbers, InstantSource clock, Announcer announcer) {
        this.settings = settings;
        this.bounds = settings.topics();
        room = new Feed.Room(bounds.outstanding(), settings.inboxBytes());
        this.shelf = shelf;
        this.numbers = numbers;
        this.clock = clock;
        this.announcer = announcer;
        repeats = new Repeats(settings);
        references = new References(this::wake);
    }

    /** How many of each a tenant has. */
    private static final class Counts {
        private int topics;
        private int subscriptions;
    }

    /** From now on publications are taken to inboxes: hears, behind commits, of topics that have something to take. */
    void open(Consumer<TopicLog> waker) {
        fanout = waker;
        topics.values().forEach(this::wake);
    }

    private void wake(TopicLog topic) {
        var waker = fanout;
        if (waker != null) {
            waker.accept(topic);
        }
    }

    References references() {
        return references;
    }

    Repeats repeats() {
        return repeats;
    }

    /** Thread-safe. */
    Optional<TopicLog> find(TopicName name) {
        return Optional.ofNullable(topics.get(name));
    }

    /** Those of a tenant, by name. */
    Stream<TopicLog> of(Tenant tenant) {
        return topics.tailMap(TopicName.first(tenant)).values().stream()
                .takeWhile(topic -> topic.name().tenant().equals(tenant));
    }

    /** All of them; goes on while they change. */
    Iterable<TopicLog> all() {
        return topics.values();
    }

    /** The one of which most is retained that nobody needs. */
    Optional<TopicLog> largestRemovable() {
        return topics.values().stream()
                .filter(topic -> topic.forgotten() < Math.min(topic.committed(), topic.done()))
                .max(Comparator.comparingLong(TopicLog::bytes));
    }

    /**
     * The one of which most is kept for somebody who has not taken it, while publishers are refused because of that. Those alone that
     * may be older than this.
     */
    Optional<TopicLog> largestLagging(long oldest) {
        return topics.values().stream()
                .filter(topic -> isFull(topic, bounds.retainBytes() / 4))
                .filter(topic -> topic.done() <= topic.forgotten() && topic.forgotten() < topic.committed())
                .filter(topic -> topic.oldestAt() == TopicLog.UNKNOWN || topic.oldestAt() < oldest)
                .max(Comparator.comparingLong(TopicLog::bytes));
    }

    /** The subscriptions end that need the oldest publication of a topic. */
    void endLagging(TopicLog topic, Transaction into) {
        List.copyOf(topic.feeds().values()).stream()
                .filter(feed -> feed.done() <= topic.forgotten())
                .forEach(feed -> end(feed, TopicRefusals.lagged(topic, feed), into));
    }

    /** Whether more is retained than is wanted. */
    boolean isOver() {
        return bytes > bounds.retainBytes();
    }

    /** Takes over what the store has. */
    void load(long now) {
        forEach(NodeEntry.SEQUENCES, (_, value) -> base = new Wire.Reader(value, VERSION, "where topics begin").u64());
        forEach(NodeEntry.TOPIC, (number, value) -> {
            var record = TopicRecord.read(value);
            var name = new TopicName(record.tenant(), record.topic());
            put(new TopicLog(name, number, record.createdAt(), record.forgotten(), record.forgottenAt()));
        });
        var positions = new HashMap<Long, Long>();
        forEach(NodeEntry.POSITION, (number, value) -> positions.put(number, FeedRecord.readPosition(value)));
        forEach(NodeEntry.SUBSCRIPTION, (number, value) -> {
            var record = FeedRecord.read(value);
            long position = Objects.requireNonNull(positions.get(number), "a subscription without a position");
            add(new Feed(topic(record.topic()), number, room, record, position));
        });
        publications();
        recognise(now);
    }

    private TopicLog topic(long number) {
        var topic = byNumber.get(number);
        if (topic == null) {
            throw new IllegalStateException(
                    "something belongs to topic number " + number
                            + ", which there is not (expected: one that there is). The store is not whole: restore a checkpoint.");
        }
        return topic;
    }

    private void forEach(NodeEntry what, BiConsumer<Long, byte[]> each) {
        for (var from = new Key(Kind.NODE, what.code(), 0); ; ) {
            var page = shelf.page(from, Shelf.PAGE);
            for (var entry : page) {
                if (entry.key().first() != what.code()) {
                    return;
                }
                each.accept(entry.key().second(), entry.value());
            }
            if (page.size() < Shelf.PAGE) {
                return;
            }
            from = Shelf.behind(page.getLast().key());
        }
    }

    /** Without their values: there may be millions. */
    private void publications() {
        var found = new HashMap<Long, Sum>();
        for (var from = Key.first(Kind.TOPIC); ; ) {
            var page = shelf.keys(from, Shelf.PAGE);
            for (var entry : page) {
                long number = entry.key().first();
                if (entry.key().second() > topic(number).forgotten()) { // others are stored for those in inboxes alone
                    found.computeIfAbsent(number, _ -> new Sum()).add(entry);
                }
            }
            if (page.size() < Shelf.PAGE) {
                break;
            }
            from = Shelf.behind(page.getLast().key());
        }
        found.forEach((number, sum) -> {
            var topic = topic(number);
            long at = shelf.publication(number, sum.last)
                    .map(PublicationRecord::acceptedAt)
                    .orElse(Micros.NEVER);
            topic.found(sum.last, sum.bytes, at);
            bytes += sum.bytes;
        });
        topics.values().forEach(topic -> topic.commit(topic.last()));
    }

    private static final class Sum {
        private long last;
        private long bytes;

        void add(TurnStore.Listed entry) {
            last = entry.key().second();
            bytes += cost(entry.size());
        }
    }

    /** The latest publications from outside are known again, within the window. */
    private void recognise(long now) {
        long since = repeats.since(now);
        var reader = new TopicReader(shelf);
        var found = new ArrayList<Found>();
        for (var topic : topics.values()) {
            if (topic.latestAt() >= since) {
                long first = Math.max(reader.before(topic, since), topic.last() - settings.dedupCount());
                for (long sequence = first + 1; sequence <= topic.last(); sequence++) {
                    long place = sequence;
                    shelf.publication(topic.number(), sequence)
                            .filter(record -> record.identity() != null)
                            .ifPresent(record -> found.add(
                                    new Found(Objects.requireNonNull(record.identity()), place, record.acceptedAt())));
                }
            }
        }
        found.sort(Comparator.comparingLong(Found::acceptedAt));
        found.forEach(each -> repeats.accept(each.identity(), each.sequence(), each.acceptedAt()));
    }

    private record Found(Identity identity, long sequence, long acceptedAt) {}

    /** A reference was found in an inbox. */
    void found(long number, Envelope.Reference reference) {
        var topic = topic(reference.topic());
        var feed = topic.feeds().values().stream()
                .filter(each -> each.number() == reference.subscription())
                .findFirst()
                .or(() -> topic.leaving(reference.subscription()))
                .orElseGet(() -> gone(topic, reference.subscription()));
        references.add(number, feed, reference);
        topic.note(feed);
    }

    /** One that was removed while something of it waited. */
    private Feed gone(TopicLog topic, long number) {
        var nobody = new Receiver.ByAttribute("a", "subject");
        var subscription = new Subscription(topic.name().topic(), "removed", MessageFilter.everything(), nobody);
        var feed = new Feed(topic, number, room, FeedRecord.of(topic, subscription, 0, Feed.ENDLESS), topic.last());
        feed.remove();
        topic.leaves(feed);
        return feed;
    }

    private Counts counts(Tenant tenant) {
        return counts.computeIfAbsent(tenant, _ -> new Counts());
    }

    private void put(TopicLog topic) {
        topics.put(topic.name(), topic);
        byNumber.put(topic.number(), topic);
        counts(topic.name().tenant()).topics++;
    }

    private void add(Feed feed) {
        feed.topic().feeds().put(feed.subscription().name(), feed);
        counts(feed.topic().name().tenant()).subscriptions++;
        feed.topic().note(feed);
    }

    private static long cost(long size) {
        return size + OVERHEAD;
    }

    private long now() {
        return Micros.of(clock.instant());
    }

    /** Why a message from outside cannot be published; empty when it can. */
    Optional<Refusal> obstacle(TopicName name, String refused) {
        return obstacle(name, refused, bounds.retainBytes() / 4);
    }

    /** @param beyond how much more than is wanted may be retained */
    private Optional<Refusal> obstacle(TopicName name, String refused, long beyond) {
        var topic = find(name);
        if (topic.isEmpty() && counts(name.tenant()).topics >= bounds.topics()) {
            return Optional.of(TopicRefusals.tooManyTopics(refused, bounds.topics()));
        }
        return topic.filter(found -> isFull(found, beyond)).map(full -> {
            var lags = full.slowest().filter(feed -> feed.done() < full.committed());
            return TopicRefusals.full(refused, full, lags, bounds.retainBytes());
        });
    }

    /**
     * What is kept beyond the bound is there for somebody, or about to be removed. A topic that has more than its share of the bound is
     * full then: so one that lags does not close the others.
     */
    private boolean isFull(TopicLog topic, long beyond) {
        long most = bounds.retainBytes();
        return bytes >= 2 * most || (bytes >= most + beyond && topic.bytes() >= most / Math.max(1, topics.size()));
    }

    /**
     * Whether a turn has published to a topic that is full for those outside. What agents publish is taken beyond that; their next turn
     * waits instead, so that those who have to take it come first.
     */
    boolean isCrowded(Tenant tenant, List<TopicChange> changes) {
        return changes.stream()
                .filter(TopicChange.Publish.class::isInstance)
                .flatMap(change -> find(new TopicName(tenant, change.topic())).stream())
                .anyMatch(topic -> isFull(topic, bounds.retainBytes() / 4));
    }

    /** Why one cannot subscribe; empty when one can. */
    Optional<Refusal> obstacle(Tenant tenant, Subscription subscription, String refused) {
        var topic = find(new TopicName(tenant, subscription.topic()));
        if (topic.filter(there -> there.feeds().containsKey(subscription.name()))
                .isPresent()) {
            return Optional.empty();
        }
        var full = roomForOne(tenant, refused);
        if (full.isPresent()) {
            return full;
        }
        return topic.isEmpty() && counts(tenant).topics >= bounds.topics()
                ? Optional.of(TopicRefusals.tooManyTopics(refused, bounds.topics()))
                : Optional.empty();
    }

    /** Why a tenant cannot have one more subscription; empty when it can. */
    Optional<Refusal> roomForOne(Tenant tenant, String refused) {
        return counts(tenant).subscriptions >= bounds.subscriptions()
                ? Optional.of(TopicRefusals.tooManySubscriptions(refused, bounds.subscriptions()))
                : Optional.empty();
    }

    /** Why what a turn does to topics cannot be committed; empty when it can. */
    Optional<Refusal> obstacle(Tenant tenant, List<TopicChange> changes) {
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        for (var change : changes) {
            var refusal = change instanceof TopicChange.Publish(var topic, var _)
                    ? obstacle(new TopicName(tenant, topic), TopicRefusals.message(topic), bounds.retainBytes() * 3 / 4)
                    : Optional.<Refusal>empty();
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        var own = counts(tenant);
        long topicsAfter = own.topics
                + fresh(
                        changes,
                        change -> find(new TopicName(tenant, change.topic())).isEmpty());
        if (topicsAfter > bounds.topics()) {
            return Optional.of(TopicRefusals.tooManyTopics("Refused what a turn does to topics", bounds.topics()));
        }
        long subscriptionsAfter = own.subscriptions
                + fresh(
                        changes,
                        change -> change instanceof TopicChange.Subscribe(var subscription, long _)
                                && feed(new TopicName(tenant, change.topic()), subscription.name())
                                        .isEmpty());
        return subscriptionsAfter > bounds.subscriptions()
                ? Optional.of(TopicRefusals.tooManySubscriptions(
                        "Refused what a turn does to topics", bounds.subscriptions()))
                : Optional.empty();
    }

    /** How many topics are meant by changes that make something new; a turn has one subscription of its own to each. */
    private static long fresh(List<TopicChange> changes, Predicate<TopicChange> isNew) {
        return changes.stream()
                .filter(change -> !(change instanceof TopicChange.Unsubscribe) && isNew.test(change))
                .map(TopicChange::topic)
                .distinct()
                .count();
    }

    /** Does what a turn wants; nothing may be in its way. */
    void apply(Tenant tenant, List<TopicChange> changes, Transaction into) {
        for (var change : changes) {
            var name = new TopicName(tenant, change.topic());
            switch (change) {
                case TopicChange.Publish(var _, var value) -> publish(name, value, into);
                case TopicChange.Subscribe(var subscription, long from) -> subscribe(tenant, subscription, from, into);
                case TopicChange.Unsubscribe(var _, var own) -> unsubscribe(name, own, into);
            }
        }
    }

    private TopicLog topic(TopicName name, Transaction into) {
        var known = topics.get(name);
        if (known != null) {
            return known;
        }
        var topic = new TopicLog(name, numbers.next(into), now(), base, Micros.NEVER);
        into.put(TopicRecord.key(topic.number()), topic.record().bytes());
        put(topic);
        return topic;
    }

    /** What was published. */
    record Published(long sequence, long acceptedAt) {}

    /**
     * Publishes a message: nothing may be in its way.
     *
     * @param value of its record, which is stamped with the time
     */
    Published publish(TopicName name, byte[] value, Transaction into) {
        var topic = topic(name, into);
        long at = Math.max(now(), topic.latestAt());
        PublicationRecord.stamp(value, at);
        long sequence = topic.add(cost(value.length), at);
        bytes += cost(value.length);
        into.put(PublicationRecord.key(topic.number(), sequence), value);
        into.then(() -> {
            topic.commit(sequence);
            wake(topic);
        });
        return new Published(sequence, at);
    }

    /**
     * Subscribes: nothing may be in its way. Whether it is new, or begins anew.
     *
     * @param from see {@link TopicReader#position}
     */
    boolean subscribe(Tenant tenant, Subscription subscription, long from, Transaction into) {
        var topic = topic(new TopicName(tenant, subscription.topic()), into);
        var known = topic.feeds().get(subscription.name());
        if (known != null && !known.isEnded()) {
            if (!known.subscription().equals(subscription)) {
                known.become(subscription);
                changed(known, into);
            }
            return false;
        }
        long position = within(topic, from);
        var feed = known;
        if (feed == null) {
            feed = feed(topic, subscription, position, Feed.ENDLESS, into);
        } else {
            feed.begin(subscription, now(), position);
        }
        position(feed, into);
        changed(feed, into);
        return true;
    }

    private Feed feed(TopicLog topic, Subscription subscription, long position, long until, Transaction into) {
        var record = FeedRecord.of(topic, subscription, now(), until);
        var feed = new Feed(topic, numbers.next(into), room, record, position);
        add(feed);
        return feed;
    }

    /** Why nothing can begin at that time; empty when it can. */
    Optional<Refusal> obstacle(TopicName name, Start from, String refused) {
        return from instanceof Start.At(var time)
                ? find(name)
                        .filter(topic -> topic.hasForgotten(Micros.of(time)))
                        .map(topic -> TopicRefusals.forgotten(refused, time, topic))
                : Optional.empty();
    }

    /**
     * Brings what there is from there on to somebody, once: a subscription that goes when it is through. Nothing may be in its way.
     *
     * @param named gives it a name
     */
    SubscriptionView replay(TopicLog topic, LongFunction<Subscription> named, long from, Transaction into) {
        long position = within(topic, from);
        long last = topic.last();
        long number = last;
        while (topic.feeds().containsKey(named.apply(number).name())) {
            number++;
        }
        var subscription = named.apply(number);
        if (position == last) {
            var record = FeedRecord.of(topic, subscription, now(), last);
            return new Feed(topic, 0, room, record, position).view(); // it would be through at once
        }
        var feed = feed(topic, subscription, position, last, into);
        position(feed, into);
        changed(feed, into);
        return feed.view();
    }

    private static long within(TopicLog topic, long position) {
        return Math.clamp(position, topic.forgotten(), topic.last());
    }

    private void changed(Feed feed, Transaction into) {
        into.put(FeedRecord.key(feed.number()), feed.record().bytes());
        noted(feed, into);
    }

    /** It may take something, once what it has become is committed. */
    private void noted(Feed feed, Transaction into) {
        into.then(() -> {
            feed.topic().note(feed);
            wake(feed.topic());
        });
    }

    Optional<Feed> feed(TopicName topic, String name) {
        return find(topic).map(found -> found.feeds().get(name));
    }

    /** False when there is none. */
    boolean unsubscribe(TopicName topic, String name, Transaction into) {
        var feed = feed(topic, name);
        feed.ifPresent(found -> remove(found, into));
        return feed.isPresent();
    }

    private void remove(Feed feed, Transaction into) {
        var topic = feed.topic();
        topic.feeds().remove(feed.subscription().name());
        counts(topic.name().tenant()).subscriptions--;
        feed.remove();
        if (!feed.isIdle()) {
            topic.leaves(feed);
        }
        topic.note(feed);
        into.remove(FeedRecord.key(feed.number()));
        into.remove(FeedRecord.position(feed.number()));
    }

    /** It goes on from somewhere else, unless it has ended. */
    void rewind(Feed feed, long from, Transaction into) {
        if (!feed.isEnded()) {
            feed.set(within(feed.topic(), from));
            position(feed, into);
            noted(feed, into);
        }
    }

    /** How far it is by now. */
    void position(Feed feed, Transaction into) {
        if (feed.isThrough()) {
            remove(feed, into);
            return;
        }
        into.put(FeedRecord.position(feed.number()), FeedRecord.positionBytes(feed.position()));
    }

    /** It takes nothing more. */
    void end(Feed feed, String why, Transaction into) {
        if (!feed.isEnded()) {
            feed.end(why);
            changed(feed, into);
            into.then(() -> announcer.subscriptionEnded(
                    feed.subscription().topic(), feed.subscription().name(), why));
        }
    }

    /** An agent is gone or about to go: those that are for it alone end. */
    void gone(AgentName agent, String how, Transaction into) {
        of(agent.tenant())
                .flatMap(topic -> List.copyOf(topic.feeds().values()).stream())
                .filter(feed ->
                        feed.subscription().to() instanceof Receiver.One(Address to) && to.equals(agent.address()))
                .forEach(feed -> end(feed, agent.address() + " " + how, into));
    }

    /** The oldest publication of a topic goes; false when somebody needs it. */
    boolean forgetOldest(TopicLog topic, int size, long acceptedAt, Transaction into) {
        if (topic.forgotten() >= Math.min(topic.done(), topic.committed())) {
            return false;
        }
        long sequence = topic.forgotten() + 1;
        if (!topic.isWaiting(sequence)) {
            into.remove(PublicationRecord.key(topic.number(), sequence));
        }
        topic.forget(cost(size), acceptedAt);
        bytes -= cost(size);
        return true;
    }

    /** Some of a topic have gone. */
    void forgotten(TopicLog topic, Transaction into) {
        into.put(TopicRecord.key(topic.number()), topic.record().bytes());
    }

    /** A topic of which nothing is left goes. */
    void tidy(TopicLog topic, Transaction into) {
        if (!topic.isEmpty() || topics.get(topic.name()) != topic) {
            return;
        }
        topics.remove(topic.name());
        byNumber.remove(topic.number());
        counts(topic.name().tenant()).topics--;
        into.remove(TopicRecord.key(topic.number()));
        if (topic.last() > base) {
            base = topic.last();
            into.put(BASE, Wire.writer(VERSION, Long.BYTES).u64(base).done());
        }
    }
}
