package org.openclaw.agent.runtime.engine;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.agent.runtime.type.HostedType;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Message;
import org.openclaw.message.Receipt;
import org.openclaw.message.Refusal;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.StoreException;

/** Checks messages from outside, and has the core accept them. Thread-safe. */
final class Door {
    /** How many messages of one tenant may be on their way. */
    static final int MOST_DECIDING = 10_000;

    private final Settings settings;
    private final Surroundings world;
    private final Core core;
    private final HostedTypes types;
    private final Directory directory;
    private final Rooms rooms;
    private final Outcomes outcomes;
    private final Inboxes inboxes;
    private final Queries queries;
    private final Counters counters;
    private final Arrivals arrivals;

    private volatile boolean closed;
    private volatile long room = Long.MAX_VALUE;

    Door(
            Settings settings,
            Surroundings world,
            Core core,
            HostedTypes types,
            Directory directory,
            Rooms rooms,
            Outcomes outcomes,
            Inboxes inboxes,
            Queries queries,
            Counters counters,
            Arrivals arrivals) {
        this.settings = settings;
        this.world = world;
        this.core = core;
        this.types = types;
        this.directory = directory;
        this.rooms = rooms;
        this.outcomes = outcomes;
        this.arrivals = arrivals;
        this.inboxes = inboxes;
        this.queries = queries;
        this.counters = counters;
    }

    /** Refuses everything from now on. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** So many bytes are left on the disk. */
    void room(long bytes) {
        room = bytes;
    }

    /** Completes when the message is durable, or refused. */
    CompletableFuture<Receipt> send(Tenant tenant, Address to, Message message) {
        return send(tenant, to, message, new Inboxes.Batch());
    }

    /** Completes when all are durable that are before the first one that is refused, which is the last in the list. */
    CompletableFuture<List<Receipt>> send(Tenant tenant, Address to, List<Message> messages) {
        var batch = new Inboxes.Batch();
        var under = new ArrayList<CompletableFuture<Receipt>>();
        for (var message : messages) {
            var sent = send(tenant, to, message, batch);
            under.add(sent);
            if (sent.isDone() && sent.join() instanceof Receipt.Refused) {
                break;
            }
        }
        return CompletableFuture.allOf(under.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> receipts(under));
    }

    private static List<Receipt> receipts(List<CompletableFuture<Receipt>> ended) {
        var receipts = new ArrayList<Receipt>(ended.size());
        for (var each : ended) {
            var receipt = each.join();
            receipts.add(receipt);
            if (receipt instanceof Receipt.Refused) {
                break;
            }
        }
        return receipts;
    }

    private CompletableFuture<Receipt> send(Tenant tenant, Address to, Message message, Inboxes.Batch batch) {
        try {
            return answer(new AgentName(tenant, to), message, batch);
        } catch (UncheckedIOException unreadable) {
            return done(refused(to, unreadable));
        }
    }

    private Receipt counted(Receipt answer) {
        if (answer instanceof Receipt.Refused(var refusal)) {
            counters.refused(refusal);
        }
        return answer;
    }

    private static Receipt refused(Address to, Throwable failed) {
        var cause = failed instanceof StoreException || failed.getCause() == null ? failed : failed.getCause();
        if (cause instanceof StoreException store) {
            return new Receipt.Refused(Refusals.store(Refusals.message(to), store));
        }
        throw new IllegalStateException("a message to " + to + " could not be decided on", failed);
    }

    private CompletableFuture<Receipt> answer(AgentName name, Message message, Inboxes.Batch batch) {
        var to = name.address();
        var full = full(name, message);
        if (full.isPresent()) {
            return done(full.get());
        }
        var identity = Identity.of(name, message);
        var known = outcomes.durable(
                identity, name, message, Micros.of(world.clock().instant()));
        if (known.isPresent()) {
            return done(known.get());
        }
        var closedBecause = obstacle(Refusals.message(to));
        if (closedBecause.isPresent()) {
            return done(new Receipt.Refused(closedBecause.get()));
        }
        var now = world.clock().instant();
        if (message.delivery().isExpired(now)) {
            return done(Refusals.expired(to, message, now));
        }
        var found = types.find(to.type()).filter(HostedType::everInstalled);
        if (found.isEmpty()) {
            return done(new Receipt.Refused(Refusals.unknownType(Refusals.message(to), to.type(), types.hosted())));
        }
        if (message.body().size() > settings.inboxBytes()) {
            return done(Refusals.tooLarge(to, message, settings.inboxBytes()));
        }
        var type = found.get();
        var leased = type.lease();
        if (leased.isEmpty()) {
            // nobody can read it now; whatever is wrong with it shows in its turn
            return type.wasQuery(message.type()) ? query(name, type, message) : accept(name, message, identity, batch);
        }
        boolean query;
        try {
            var version = leased.get();
            var understood = version.understands(message.type());
            if (understood.isEmpty()) {
                return done(Refusals.unknownMessage(to, message, version));
            }
            var refused = unfit(to, message, version, understood.get());
            if (refused.isPresent()) {
                return done(refused.get());
            }
            query = understood.get().query();
        } finally {
            leased.get().leases().release();
        }
        return query ? query(name, type, message) : accept(name, message, identity, batch);
    }

    /** Before anything is done for a message that will be refused: the more are refused, the less that may cost. */
    private Optional<Receipt> full(AgentName name, Message message) {
        boolean tooMany = arrivals.isFull(name.tenant());
        var whose = rooms.full(name);
        if ((!tooMany && whose.isEmpty()) || takesNoRoom(name.address().type(), message)) {
            return Optional.empty();
        }
        return Optional.of(
                tooMany
                        ? tooMany(name.address())
                        : Refusals.full(name, whose.orElseThrow(), settings, rooms.untilRoom()));
    }

    private boolean takesNoRoom(String type, Message message) {
        return types.find(type)
                .filter(hosted -> hosted.wasQuery(message.type()))
                .isPresent();
    }

    private static Receipt tooMany(Address to) {
        return Refusals.nodeFull(
                to,
                "too many messages of the tenant are on their way to their inboxes (expected: at most " + MOST_DECIDING
                        + ", less while other tenants send, too).",
                Duration.ofSeconds(1));
    }

    private CompletableFuture<Receipt> done(Receipt receipt) {
        return CompletableFuture.completedFuture(counted(receipt));
    }

    /**
     * Why nothing is taken at present, whatever it is.
     *
     * @param refused what, for the beginning of the text
     */
    Optional<Refusal> obstacle(String refused) {
        if (closed) {
            return Optional.of(Refusals.stopping(refused, settings.drain()));
        }
        var store = core.obstacle();
        if (store.isPresent()) {
            return Optional.of(Refusals.store(refused, store.get()));
        }
        long left = room;
        return left < settings.diskReserve()
                ? Optional.of(Refusals.diskLow(refused, left, settings.diskReserve()))
                : Optional.empty();
    }

    /** Reads the body only to see whether it fits: what was read belongs to this version, and another may run the turn. */
    private static Optional<Receipt> unfit(
            Address to, Message message, AgentVersion version, AgentVersion.Understood understood) {
        return version.decode(message.body(), understood) instanceof Decoded.Unfit unfit
                ? Optional.of(Refusals.unfit(to, message, unfit))
                : Optional.empty();
    }

    private CompletableFuture<Receipt> query(AgentName to, HostedType type, Message message) {
        var look = directory.look(to);
        return done(
                look.exists()
                        ? queries.accept(to, look.number(), type, message)
                        : look.retired()
                                ? new Receipt.Refused(Refusals.retired(Refusals.message(to.address())))
                                : Refusals.unknownAgent(to.address(), message));
    }

    private CompletableFuture<Receipt> accept(AgentName to, Message message, Identity identity, Inboxes.Batch batch) {
        var envelope = Envelope.of(
                Envelope.Origin.DOOR,
                world.seeds().getAsLong(),
                Micros.of(world.clock().instant()),
                0,
                message);
        var bytes = envelope.bytes();
        if (!arrivals.take(to.tenant(), bytes.length)) {
            return done(tooMany(to.address()));
        }
        var arrival = new Inboxes.Arrival(to, directory.look(to), envelope, bytes, identity);
        return core.<Receipt>ask(to.tenant(), (into, answer) -> inboxes.accept(arrival, batch, into, answer))
                .handle((receipt, failed) -> {
                    arrivals.give(to.tenant(), bytes.length);
                    return counted(failed == null ? receipt : refused(to.address(), failed));
                });
    }
}
