package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Message;
import org.openclaw.message.Subscription;
import org.openclaw.message.Subscription.Receiver;
import org.openclaw.store.AgentName;

/**
 * Takes publications to the inboxes of those who have subscribed. Belongs to the thread of the {@link Core}, but for what reads.
 *
 * <p><b>In rounds.</b> For one topic at a time a round is under way. A thread beside the core reads some publications behind the
 * position of the subscription that has waited longest, and matches them for all that want something: so those that are at the same
 * place, which is all that keep up, are served by one reading, and one that is far behind has its turn like any other. Then the core
 * decides: a publication is for a subscription that is right before it, and has room. What comes into inboxes and the new position are
 * one commit, and a position moves one by one; so a round that was read in vain, twice, or before a crash does no harm, and each
 * subscription gets each publication once.
 *
 * <p><b>Nobody waits for anybody.</b> One that has no room, or is held up, does not take part, and is asked again when it has, or at the
 * next sweep.
 */
final class Fanout {
    private static final int MOST_LOOKS = 64;
    private static final long MOST_BYTES = 256L << 10;
    /** How many rounds may be under way: each holds what it has read. */
    private static final int MOST_ROUNDS = 16;

    private final Settings settings;
    private final Surroundings world;
    private final Core core;
    private final HostedTypes types;
    private final Shelf shelf;
    private final Directory directory;
    private final Numbers numbers;
    private final TopicBook book;
    private final Inboxes inboxes;
    private final Letters letters;
    private final Announcer announcer;
    private final Activity activity;
    /** Topics whose round has to wait for that of another one. */
    private final SequencedSet<TopicLog> waiting = new LinkedHashSet<>();

    private int rounds;
    private boolean closed;

    Fanout(
            Settings settings,
            Surroundings world,
            Core core,
            HostedTypes types,
            Shelf shelf,
            Directory directory,
            Numbers numbers,
            TopicBook book,
            Inboxes inboxes,
            Letters letters,
            Announcer announcer,
            Activity activity) {
        this.settings = settings;
        this.world = world;
        this.core = core;
        this.types = types;
        this.shelf = shelf;
        this.directory = directory;
        this.numbers = numbers;
        this.book = book;
        this.inboxes = inboxes;
        this.letters = letters;
        this.announcer = announcer;
        this.activity = activity;
    }

    /** One that takes part in a round, as it was when the round began. */
    private record Taker(Feed feed, long changes, Subscription subscription) {
        static Taker of(Feed feed) {
            return new Taker(feed, feed.changes(), feed.subscription());
        }

        boolean isUnchanged() {
            return feed.changes() == changes;
        }
    }

    /** Who gets a publication by one of the takers. */
    private record Receiving(AgentName to, Directory.Look look) {}

    /**
     * A publication that was read.
     *
     * @param receiving for each of the takers; empty where it is not for it
     */
    private record Looked(long sequence, Message message, List<Optional<Receiving>> receiving) {}

    /**
     * What a round has read.
     *
     * @param trouble why it has not read more; null when nothing was in the way
     */
    private record Reading(List<Looked> looked, @Nullable String trouble) {}

    /** Begins no round any more. */
    void close() {
        closed = true;
    }

    /** Begins a round, if somebody wants something of a topic and none is under way. Behind a commit. */
    void wake(TopicLog topic) {
        if (rounds >= MOST_ROUNDS) {
            waiting.add(topic);
            return;
        }
        var feeds = closed ? List.<Feed>of() : topic.serve();
        if (feeds.isEmpty()) {
            return;
        }
        var takers = feeds.stream().map(Taker::of).toList();
        long from = feeds.getFirst().position();
        rounds++;
        activity.began();
        world.threads().run("topic", () -> {
            try {
                var reading = read(topic, from, takers);
                core.submit(topic.name().tenant(), into -> take(topic, feeds, takers, reading, into));
            } finally {
                activity.ended();
            }
        });
    }

    private Reading read(TopicLog topic, long from, List<Taker> takers) {
        var looked = new ArrayList<Looked>();
        long end = Math.min(topic.committed(), from + MOST_LOOKS);
        long bytes = 0;
        try {
            for (long sequence = from + 1; sequence <= end && bytes < MOST_BYTES; sequence++) {
                var found = shelf.publication(topic.number(), sequence);
                if (found.isEmpty()) {
                    return new Reading(
                            looked, "publication " + sequence + " is not stored. Replay it from a later time.");
                }
                var message = found.get().message();
                bytes += message.body().size();
                looked.add(new Looked(sequence, message, receiving(topic, message, takers)));
            }
            return new Reading(looked, null);
        } catch (RuntimeException | OutOfMemoryError unreadable) {
            // it is tried again; whatever it is must not end the rounds of the topic
            return new Reading(looked, String.valueOf(unreadable.getMessage()));
        }
    }

    private List<Optional<Receiving>> receiving(TopicLog topic, Message message, List<Taker> takers) {
        return takers.stream()
                .map(taker -> Optional.of(taker.subscription())
                        .filter(subscription -> subscription.filter().matches(message))
                        .flatMap(subscription -> subscription.to().of(message))
                        .map(address -> new AgentName(topic.name().tenant(), address))
                        .map(to -> new Receiving(to, directory.look(to))))
                .toList();
    }

    private void take(TopicLog topic, List<Feed> feeds, List<Taker> takers, Reading reading, Transaction into) {
        var moved = new LinkedHashSet<Feed>();
        for (var looked : reading.looked()) {
            if (into.isFull()) {
                break;
            }
            for (int place = 0; place < takers.size(); place++) {
                var taker = takers.get(place);
                if (taker.isUnchanged()
                        && taker.feed().wants(looked.sequence())
                        && take(taker.feed(), looked, looked.receiving().get(place), into)) {
                    taker.feed().pass(looked.sequence());
                    moved.add(taker.feed());
                }
            }
        }
        moved.forEach(feed -> book.position(feed, into));
        var trouble = reading.trouble();
        if (trouble != null && reading.looked().isEmpty() && takers.getFirst().isUnchanged()) {
            hold(takers.getFirst().feed(), trouble, into);
        }
        into.then(() -> {
            rounds--;
            topic.served(feeds);
            waiting.add(topic); // behind those that wait already
            while (rounds < MOST_ROUNDS && !waiting.isEmpty()) {
                wake(waiting.removeFirst());
            }
        });
    }

    /** Whether it has taken it, or it is not for it. */
    private boolean take(Feed feed, Looked looked, Optional<Receiving> receiving, Transaction into) {
        if (receiving.isEmpty()) {
            return true;
        }
        var to = receiving.get().to();
        var look = receiving.get().look();
        if (!types.isHosted(to.address().type())
                && world.elsewhere().takes(to.tenant(), to.address(), looked.message(), Optional.empty())) {
            return true;
        }
        var resident = directory.resident(to, look);
        long number = resident.isPresent() ? resident.get().number() : directory.absent(to, look);
        boolean drains = resident.filter(cell -> cell.held().draining()).isPresent();
        if (number < Directory.NONE || drains) {
            return isRetired(feed, looked, to, Math.abs(number), into);
        }
        if (number == Directory.NONE && directory.count() >= settings.agents()) {
            hold(
                    feed,
                    to.address() + " does not exist yet, and the node has as many agents as it may (expected: at most "
                            + settings.agents() + "). Retire agents, or raise the bound.",
                    into);
            return false;
        }
        inboxes.refer(directory.of(to, look, numbers, into), envelope(feed, looked), feed, into);
        return true;
    }

    private Envelope envelope(Feed feed, Looked looked) {
        var reference = new Envelope.Reference(
                feed.topic().number(),
                looked.sequence(),
                feed.number(),
                looked.message().body().size());
        return Envelope.of(
                reference, world.seeds().getAsLong(), Micros.of(world.clock().instant()), looked.message());
    }

    /** What one agent alone is for ends with it; what several are for goes on, and this becomes a dead letter. */
    private boolean isRetired(Feed feed, Looked looked, AgentName to, long agent, Transaction into) {
        switch (feed.subscription().to()) {
            case Receiver.One _ -> {
                book.end(feed, to.address() + " is retired, and takes no messages any more.", into);
                return false;
            }
            case Receiver.ByAttribute _ -> {
                if (letters.isFull()) {
                    hold(
                            feed,
                            to.address() + " is retired, and there is no room for another dead letter. Redrive or"
                                    + " discard some.",
                            into);
                    return false;
                }
                inboxes.bury(to, agent, envelope(feed, looked).copied(), into);
                return true;
            }
        }
    }

    private void hold(Feed feed, String why, Transaction into) {
        var topic = feed.subscription().topic();
        var name = feed.subscription().name();
        if (feed.topic().hold(feed, why)) {
            into.then(() -> announcer.subscriptionHeld(topic, name, why));
        }
    }

    /** Those that are held up try again. Behind a commit. */
    void retry(TopicLog topic) {
        topic.release();
        wake(topic);
    }
}
