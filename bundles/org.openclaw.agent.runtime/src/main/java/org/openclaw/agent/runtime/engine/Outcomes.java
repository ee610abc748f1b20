package org.openclaw.agent.runtime.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.message.Refusal;
import org.openclaw.message.Tenant;
import org.openclaw.message.TrackedMessage;
import org.openclaw.store.AgentName;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/**
 * What became of the messages from outside: who waits for one that is under way, how the ended ones ended, and by what a second
 * one is known. The ended ones are kept in the store for a time and up to a number; the memory has their numbers. Looked at by any
 * thread, changed by the thread of the {@link Core} alone.
 */
final class Outcomes {
    private final Settings settings;
    private final Shelf shelf;
    private final Surroundings.Threads threads;
    private final ConcurrentHashMap<Long, Tracked> underWay = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, First> accepted = new ConcurrentHashMap<>();
    private final Deque<First> inOrder = new ArrayDeque<>();
    private final Deque<Kept> kept = new ArrayDeque<>();

    Outcomes(Settings settings, Shelf shelf, Surroundings.Threads threads) {
        this.settings = settings;
        this.threads = threads;
        this.shelf = shelf;
    }

    /** The first of messages that are the same. */
    private static final class First {
        private final Ticket ticket;
        private final Identity identity;
        private final long acceptedAt;
        private volatile boolean durable;

        First(Ticket ticket, Identity identity, long acceptedAt, boolean durable) {
            this.ticket = ticket;
            this.identity = identity;
            this.acceptedAt = acceptedAt;
            this.durable = durable;
        }
    }

    /** One whose outcome is kept. */
    private record Kept(long agent, long number, long endedAt) {}

    /** What is in the store when it is opened. */
    void load(long now) {
        var firsts = new ArrayList<First>();
        var ended = new ArrayList<Kept>();
        for (var from = Key.first(Kind.OUTCOME); ; ) {
            var page = shelf.page(from, Shelf.PAGE);
            for (var entry : page) {
                long number = entry.key().first();
                long agent = entry.key().second();
                var outcome = Outcome.read(entry.value());
                ended.add(new Kept(agent, number, outcome.endedAt()));
                firsts.add(new First(
                        new Ticket(agent, number, outcome.secret()), outcome.identity(), outcome.acceptedAt(), true));
            }
            if (page.size() < Shelf.PAGE) {
                break;
            }
            from = Shelf.behind(page.getLast().key());
        }
        ended.sort(Comparator.comparingLong(Kept::endedAt));
        kept.addAll(ended);
        firsts.sort(Comparator.comparingLong(first -> first.acceptedAt));
        firsts.forEach(this::remember);
        forgetDuplicates(now);
    }

    /** A message from outside was found waiting in the store. */
    void found(AgentName to, Ticket ticket, Envelope envelope) {
        remember(new First(ticket, Identity.of(to, envelope.message()), envelope.acceptedAt(), true));
    }

    private void remember(First first) {
        accepted.put(first.identity.hash(), first);
        inOrder.add(first);
    }

    /** What to say to a message that was here before, for all that anybody may know; empty otherwise. Thread-safe. */
    Optional<Receipt> durable(Identity identity, AgentName to, Message message, long now) {
        var first = accepted.get(identity.hash());
        return first == null || !first.durable ? Optional.empty() : known(identity, to, message, now);
    }

    /** The same with what is not committed yet: to be said behind the commit. */
    Optional<Receipt> known(Identity identity, AgentName to, Message message, long now) {
        var first = accepted.get(identity.hash());
        if (first == null || first.acceptedAt + window() <= now) {
            return Optional.empty();
        }
        if (first.identity.digest() != identity.digest()) {
            return Optional.of(new Receipt.Refused(Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "message.conflict",
                    "Refused a message to " + to.address() + ": another one with source '" + message.source()
                            + "' and id '" + message.id()
                            + "' was accepted before (expected: the same type and body, or a new id)."
                            + " Send it with a new id.")));
        }
        return Optional.of(receipt(first, true));
    }

    private long window() {
        return settings.dedupFor().toNanos() / 1_000;
    }

    private Receipt.Accepted receipt(First first, boolean duplicate) {
        return new Receipt.Accepted(
                first.ticket.id(),
                Micros.instant(first.acceptedAt),
                Micros.instant(first.acceptedAt + window()),
                duplicate);
    }

    /** A message was accepted. */
    Receipt.Accepted accept(AgentName to, Ticket ticket, Envelope envelope, Identity identity, Transaction into) {
        var first = new First(ticket, identity, envelope.acceptedAt(), false);
        into.then(() -> first.durable = true);
        forgetDuplicates(envelope.acceptedAt());
        remember(first);
        underWay.put(
                ticket.number(), new Tracked(ticket, to, envelope.message().type(), envelope.acceptedAt(), identity));
        return receipt(first, false);
    }

    private void forgetDuplicates(long now) {
        while (!inOrder.isEmpty()
                && (inOrder.size() >= settings.dedupCount() || inOrder.getFirst().acceptedAt + window() <= now)) {
            var oldest = inOrder.removeFirst();
            accepted.remove(oldest.identity.hash(), oldest);
        }
    }

    /** By what a message from outside is known again. Thread-safe. */
    Identity identity(long number, AgentName to, Message message) {
        return Optional.ofNullable(underWay.get(number))
                .flatMap(Tracked::identity)
                .orElseGet(() -> Identity.of(to, message));
    }

    /** Notes that a turn has begun. Thread-safe. */
    void running(long number, MessageStatus.Running running) {
        become(number, running);
    }

    /** Notes that no turn is under way. Thread-safe. */
    void waiting(long number) {
        become(number, new MessageStatus.Waiting(Optional.empty()));
    }

    private void become(long number, MessageStatus status) {
        var tracked = underWay.get(number);
        if (tracked != null) {
            tracked.become(status);
        }
    }

    /** A message from outside has ended: keeps how, and tells whoever waits. */
    void end(long agent, long number, Outcome outcome, Transaction into) {
        into.put(new Key(Kind.OUTCOME, number, agent), outcome.bytes());
        kept.add(new Kept(agent, number, outcome.endedAt()));
        forget(outcome.endedAt(), into);
        if (!(outcome.how() instanceof Outcome.How.Redriven)) {
            tell(number, outcome.status(), into);
        }
    }

    /** Whether somebody may wait for the end of a message. Thread-safe. */
    boolean isFollowed(long number) {
        return underWay.containsKey(number);
    }

    /** A message will wait for long: who wants to know its end finds it in the store. Thread-safe. */
    void leave(long number) {
        underWay.computeIfPresent(number, (_, tracked) -> tracked.leave() ? null : tracked);
    }

    /** A message has ended in another way than with an outcome: tells whoever waits. */
    void tell(long number, MessageStatus last, Transaction into) {
        into.then(() -> {
            var tracked = underWay.remove(number);
            if (tracked != null) {
                tracked.end(last, threads);
            }
        });
    }

    /** A message is gone without a trace. */
    void vanished(long number, Transaction into) {
        into.then(() -> {
            var tracked = underWay.remove(number);
            if (tracked != null) {
                tracked.end(new MessageStatus.Cancelled(tracked.acceptedAt()), threads);
            }
        });
    }

    /** Forgets what need not be kept any more. */
    void forget(long now, Transaction into) {
        long longest = settings.retainFor().toNanos() / 1_000;
        while (!kept.isEmpty()) {
            var oldest = kept.getFirst();
            if (kept.size() <= settings.retainCount() && oldest.endedAt() + longest > now) {
                return;
            }
            kept.removeFirst();
            into.remove(new Key(Kind.OUTCOME, oldest.number(), oldest.agent()));
        }
    }

    /** Lets everybody go on who waits for the end of a message: the node stops. */
    void release(String why) {
        var now = new MessageStatus.Waiting(Optional.of(why));
        underWay.values().forEach(tracked -> tracked.release(now));
    }

    /** Where a message is; of one that waits without a reason. Thread-safe. */
    Optional<Found> find(Tenant tenant, Ticket ticket) {
        var tracked = underWay.get(ticket.number());
        if (tracked != null) {
            return tracked.ticket().equals(ticket) && tracked.to().tenant().equals(tenant)
                    ? Optional.of(new Found(tracked.to(), ticket, tracked.view(tracked.status()), tracked))
                    : Optional.empty();
        }
        return stored(ticket).filter(found -> found.to().tenant().equals(tenant));
    }

    /**
     * What was found of a message.
     *
     * @param ticket by which it is known inside: another one than its receipt says when it was driven again
     * @param tracked whoever waits for its end; null when nobody does
     */
    record Found(
            AgentName to,
            Ticket ticket,
            TrackedMessage message,
            @Nullable Tracked tracked) {}

    /** In the order in which a message goes through the kinds: what has just left one is found in the next. */
    private Optional<Found> stored(Ticket ticket) {
        var waiting = shelf.message(ticket.agent(), ticket.number());
        if (waiting.isPresent()) {
            return waiting.filter(envelope -> envelope.secret() == ticket.secret())
                    .flatMap(envelope -> shelf.agent(ticket.agent())
                            .map(agent -> found(
                                    agent.name(),
                                    ticket,
                                    envelope.message().type(),
                                    envelope.acceptedAt(),
                                    new MessageStatus.Waiting(Optional.empty()))));
        }
        var outcome = shelf.outcome(ticket.agent(), ticket.number());
        if (outcome.isPresent()) {
            return outcome.filter(ended -> ended.secret() == ticket.secret()).flatMap(ended -> switch (ended.how()) {
                case Outcome.How.Redriven(long number) ->
                    again(new Ticket(ticket.agent(), number, ticket.secret()), ticket);
                case Outcome.How.Done _, Outcome.How.Dead _, Outcome.How.Cancelled _, Outcome.How.Expired _ ->
                    Optional.of(found(ended.to(), ticket, ended.type(), ended.acceptedAt(), ended.status()));
            });
        }
        return shelf.dead(ticket.agent(), ticket.number())
                .filter(letter -> letter.envelope().secret() == ticket.secret())
                .map(letter -> found(
                        letter.to(),
                        ticket,
                        letter.envelope().message().type(),
                        letter.envelope().acceptedAt(),
                        new MessageStatus.Dead(
                                Micros.instant(letter.last().at()),
                                letter.last().code(),
                                letter.last().cause())));
    }

    private Optional<Found> again(Ticket now, Ticket receipt) {
        var tracked = underWay.get(now.number());
        var found = tracked == null
                ? stored(now)
                : Optional.of(new Found(tracked.to(), now, tracked.view(tracked.status()), tracked));
        return found.map(each -> new Found(
                each.to(),
                each.ticket(),
                new TrackedMessage(
                        receipt.id(),
                        each.message().to(),
                        each.message().type(),
                        each.message().acceptedAt(),
                        each.message().status()),
                each.tracked()));
    }

    private static Found found(AgentName to, Ticket ticket, String type, long acceptedAt, MessageStatus status) {
        return new Found(
                to,
                ticket,
                new TrackedMessage(ticket.id(), to.address(), type, Micros.instant(acceptedAt), status),
                null);
    }

    /** Tracks one that waits, so that somebody can wait for its end. */
    Tracked track(Found found) {
        return underWay.computeIfAbsent(
                found.ticket().number(),
                _ -> new Tracked(
                        found.ticket(),
                        found.to(),
                        found.message().type(),
                        Micros.of(found.message().acceptedAt()),
                        null));
    }
}
