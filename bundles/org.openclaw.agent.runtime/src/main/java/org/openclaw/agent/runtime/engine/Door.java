package org.openclaw.agent.runtime.engine;

import java.util.Optional;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.Decoded;
import org.openclaw.agent.runtime.type.HostedType;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Message;
import org.openclaw.message.Receipt;
import org.openclaw.message.Tenant;

/** Accepts messages from outside, or says why not. Thread-safe. */
final class Door {
    private final Settings settings;
    private final Surroundings world;
    private final HostedTypes types;
    private final Directory directory;
    private final Duplicates duplicates;
    private final Receipts receipts;
    private final Rooms rooms;
    private final Turns turns;
    private final Queries queries;
    private final Counters counters;
    private final Ids ids;
    private volatile boolean closed;

    Door(
            Settings settings,
            Surroundings world,
            HostedTypes types,
            Directory directory,
            Receipts receipts,
            Rooms rooms,
            Turns turns,
            Queries queries,
            Counters counters) {
        this.settings = settings;
        this.world = world;
        this.types = types;
        this.directory = directory;
        this.duplicates = new Duplicates(settings.dedupFor(), settings.dedupCount());
        this.receipts = receipts;
        this.rooms = rooms;
        this.turns = turns;
        this.queries = queries;
        this.counters = counters;
        this.ids = new Ids(world.seeds());
    }

    /** Refuses everything from now on. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    Receipt send(Tenant tenant, Address to, Message message) {
        var answer = answer(tenant, to, message);
        if (answer instanceof Receipt.Refused(var refusal)) {
            counters.refused(refusal);
        }
        return answer;
    }

    private Receipt answer(Tenant tenant, Address to, Message message) {
        var known = duplicates.find(tenant, to, message, world.clock().instant());
        if (known.isPresent()) {
            return known.get();
        }
        if (closed) {
            return new Receipt.Refused(Refusals.stopping(Refusals.message(to), settings.drain()));
        }
        var found = types.find(to.type()).filter(HostedType::everInstalled);
        if (found.isEmpty()) {
            return new Receipt.Refused(Refusals.unknownType(Refusals.message(to), to.type(), types.hosted()));
        }
        if (message.body().size() > settings.inboxBytes()) {
            return Refusals.tooLarge(to, message, settings.inboxBytes());
        }
        var type = found.get();
        var leased = type.lease();
        if (leased.isEmpty()) {
            // nobody can read it now; whatever is wrong with it shows in its turn
            return type.wasQuery(message.type()) ? query(tenant, to, message) : accept(tenant, to, message);
        }
        boolean query;
        try {
            var version = leased.get();
            var understood = version.understands(message.type());
            if (understood.isEmpty()) {
                return Refusals.unknownMessage(to, message, version);
            }
            var refused = unfit(to, message, version, understood.get());
            if (refused.isPresent()) {
                return refused.get();
            }
            query = understood.get().query();
        } finally {
            leased.get().leases().release();
        }
        return query ? query(tenant, to, message) : accept(tenant, to, message);
    }

    /** Reads the body only to see whether it fits: what was read belongs to this version, and another may run the turn. */
    private static Optional<Receipt> unfit(
            Address to, Message message, AgentVersion version, AgentVersion.Understood understood) {
        return version.codec().decode(message.body(), understood.type()) instanceof Decoded.Unfit unfit
                ? Optional.of(Refusals.unfit(to, message, unfit))
                : Optional.empty();
    }

    private Receipt query(Tenant tenant, Address to, Message message) {
        return directory
                .find(tenant, to)
                .map(mailbox -> queries.accept(mailbox, message))
                .orElseGet(() -> Refusals.unknownAgent(to, message));
    }

    private Receipt accept(Tenant tenant, Address to, Message message) {
        if (directory.find(tenant, to).isEmpty() && directory.isFull(settings)) {
            return Refusals.nodeFull(
                    to,
                    "this node cannot take another agent (expected: at most " + settings.agents()
                            + " agents, with states" + " of " + settings.stateBytes() + " bytes).",
                    rooms.untilRoom());
        }
        int size = message.body().size();
        if (!rooms.door().take(1, size)) {
            return Refusals.nodeFull(
                    to,
                    "too much waits on this node (expected: at most " + settings.nodeMessages() + " messages of "
                            + settings.nodeBytes() + " bytes).",
                    rooms.untilRoom());
        }
        var answer = enqueue(tenant, to, message);
        if (!(answer instanceof Receipt.Accepted accepted) || accepted.duplicate()) {
            rooms.door().give(1, size);
        }
        return answer;
    }

    private Receipt enqueue(Tenant tenant, Address to, Message message) {
        while (true) {
            var mailbox = directory.of(tenant, to);
            var now = world.clock().instant();
            var tracked = new Tracked(ids.receipt(), tenant, to, message.type(), now);
            var receipt = new Receipt.Accepted(tracked.id(), now, now.plus(duplicates.window()), false);
            // tracked before it is offered: its turn may have ended before we go on here
            receipts.track(tracked);
            var entry = new Entry(tracked, message, Entry.Room.DOOR);
            var offer = mailbox.offer(entry, settings, () -> duplicates.claim(tenant, to, message, receipt, now));
            if (offer instanceof Mailbox.Offer.Taken(boolean wake)) {
                counters.accepted();
                if (wake) {
                    turns.start(mailbox);
                }
                return receipt;
            }
            receipts.untrack(tracked);
            if (mailbox.discardIfUnused() || offer instanceof Mailbox.Offer.Gone) {
                directory.remove(mailbox);
            }
            switch (offer) {
                case Mailbox.Offer.Known(Receipt first) -> {
                    return first;
                }
                case Mailbox.Offer.Full(var retryAfter) -> {
                    return Refusals.inboxFull(to, settings.inboxMessages(), retryAfter);
                }
                case Mailbox.Offer.Draining() -> {
                    return new Receipt.Refused(Refusals.draining(Refusals.message(to)));
                }
                case Mailbox.Offer.Gone _, Mailbox.Offer.Taken _ -> {
                    // look the address up again
                }
            }
        }
    }
}
