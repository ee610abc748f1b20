package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.EventKind;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.store.AgentName;
import org.openclaw.store.Key;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes messages into inboxes, and out of them. Belongs to the thread of the {@link Core}. */
final class Inboxes {
    private static final Logger LOG = LoggerFactory.getLogger(Inboxes.class);

    private final Settings settings;
    private final Surroundings world;
    private final Core core;
    private final Shelf shelf;
    private final Directory directory;
    private final Rooms rooms;
    private final Numbers numbers;
    private final Timers timers;
    private final Outcomes outcomes;
    private final Steps steps;
    private final Answers answers;
    private final Letters letters;
    private final Lives lives;
    private final EventRing events;
    private final Urgency urgency;
    private final Counters counters;
    private final References references;
    private final BooleanSupplier closed;

    Inboxes(
            Settings settings,
            Surroundings world,
            Core core,
            Shelf shelf,
            Directory directory,
            Rooms rooms,
            Numbers numbers,
            Timers timers,
            Outcomes outcomes,
            Steps steps,
            Answers answers,
            Letters letters,
            Lives lives,
            EventRing events,
            Urgency urgency,
            Counters counters,
            References references,
            BooleanSupplier closed) {
        this.settings = settings;
        this.world = world;
        this.core = core;
        this.shelf = shelf;
        this.directory = directory;
        this.rooms = rooms;
        this.numbers = numbers;
        this.timers = timers;
        this.outcomes = outcomes;
        this.steps = steps;
        this.answers = answers;
        this.letters = letters;
        this.lives = lives;
        this.events = events;
        this.urgency = urgency;
        this.counters = counters;
        this.references = references;
        this.closed = closed;
    }

    /**
     * A message at the door.
     *
     * @param bytes of the envelope
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Arrival(AgentName to, Directory.Look look, Envelope envelope, byte[] bytes, Identity identity) {
        Message message() {
            return envelope.message();
        }
    }

    /** Messages that come together: behind one that is refused none is accepted. For the thread of the core. */
    static final class Batch {
        private Optional<Receipt> refused = Optional.empty();
    }

    /** Accepts a message from outside, or says why not. */
    void accept(Arrival arrival, Batch batch, Transaction into, CompletableFuture<Receipt> answer) {
        var receipt = batch.refused.orElseGet(() -> decide(arrival, into));
        if (receipt instanceof Receipt.Refused) {
            batch.refused = Optional.of(receipt);
        }
        into.answer(answer, receipt);
    }

    private Receipt decide(Arrival arrival, Transaction into) {
        var to = arrival.to();
        var known = outcomes.known(
                arrival.identity(), to, arrival.message(), arrival.envelope().acceptedAt());
        if (known.isPresent()) {
            return known.get();
        }
        if (closed.getAsBoolean()) {
            return new Receipt.Refused(Refusals.stopping(Refusals.message(to.address()), settings.drain()));
        }
        int size = arrival.bytes().length;
        var resident = directory.resident(to, arrival.look());
        if (resident.isEmpty()) {
            long number = directory.absent(to, arrival.look());
            if (number < Directory.NONE) {
                return new Receipt.Refused(Refusals.retired(Refusals.message(to.address())));
            }
            if (number == Directory.NONE && directory.count() >= settings.agents()) {
                return new Receipt.Refused(Refusals.fullOfAgents(Refusals.message(to.address()), settings));
            }
        } else {
            var cell = resident.get();
            if (cell.held().draining()) {
                return new Receipt.Refused(Refusals.draining(Refusals.message(to.address())));
            }
            var inbox = cell.inbox();
            if (inbox.count() >= settings.inboxMessages()
                    || (inbox.count() > 0 && inbox.bytes() + size > settings.inboxBytes())) {
                return Refusals.inboxFull(to.address(), settings.inboxMessages(), cell.untilRoom());
            }
        }
        var full = rooms.take(to, size);
        if (full.isPresent()) {
            return Refusals.full(to, full.get(), settings, rooms.untilRoom());
        }
        var cell = resident.orElseGet(() -> directory.of(to, arrival.look(), numbers, into));
        var ticket = append(cell, arrival.envelope(), arrival.bytes(), into);
        return outcomes.accept(to, ticket, arrival.envelope(), arrival.identity(), into);
    }

    private Ticket append(Cell cell, Envelope envelope, byte[] bytes, Transaction into) {
        long number = envelope.number(numbers.next(into));
        into.put(Key.inbox(cell.number(), number), bytes);
        // what was published is in memory for no longer than somebody looks at it: many may wait for it
        cell.inbox().add(number, bytes.length, envelope.patience(), envelope.reference() == null ? envelope : null);
        urgency.accepted(number);
        counters.accepted();
        lives.settle(cell, into);
        return new Ticket(cell.number(), number, envelope.secret());
    }

    /** A message that an agent sends. Its room in the reserve is taken already. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Outgoing(AgentName to, Directory.Look look, Envelope envelope, byte[] bytes) {}

    /** Takes a message of a turn to its receiver; one that is retired makes it a dead letter. */
    void deliver(Cell from, Outgoing outgoing, Transaction into) {
        var to = outgoing.to();
        var resident = directory.resident(to, outgoing.look());
        long number = resident.isPresent() ? resident.get().number() : directory.absent(to, outgoing.look());
        boolean drains = resident.isPresent()
                && resident.get().held().draining()
                && !resident.get().equals(from);
        if (number < Directory.NONE || drains) {
            bury(to, Math.abs(number), outgoing, into);
            return;
        }
        var cell = resident.orElseGet(() -> directory.of(to, outgoing.look(), numbers, into));
        append(cell, outgoing.envelope(), outgoing.bytes(), into);
    }

    /** Takes a question to its receiver, which must not be retired. Its room in the reserve is taken already. */
    Ticket ask(Outgoing question, Transaction into) {
        var cell = directory.of(question.to(), question.look(), numbers, into);
        return append(cell, question.envelope(), question.bytes(), into);
    }

    /** Takes a reply that comes from elsewhere, as a message, to the agent that wants it. Thread-safe. */
    void reply(AgentName by, Envelope.Asker asker, Message reply) {
        core.submit(
                by.tenant(),
                into -> directory
                        .find(new AgentName(by.tenant(), asker.by()))
                        .filter(cell -> cell.number() == asker.agent())
                        .ifPresent(cell -> force(cell, Envelope.Origin.AGENT, 0, reply, into)));
    }

    private Ticket force(Cell cell, Envelope.Origin origin, long timer, Message message, Transaction into) {
        var now = Micros.of(world.clock().instant());
        var envelope = Envelope.of(origin, world.seeds().getAsLong(), now, timer, message);
        var bytes = envelope.bytes();
        rooms.reserve().force(bytes.length);
        return append(cell, envelope, bytes, into);
    }

    /** Brings what was published, as a reference. */
    void refer(Cell cell, Envelope envelope, Feed by, Transaction into) {
        var bytes = envelope.bytes();
        rooms.refer(bytes.length);
        var ticket = append(cell, envelope, bytes, into);
        references.add(ticket.number(), by, Objects.requireNonNull(envelope.reference()));
    }

    private void bury(AgentName to, long agent, Outgoing outgoing, Transaction into) {
        rooms.give(to, outgoing.envelope().origin(), outgoing.bytes().length);
        bury(to, agent, outgoing.envelope(), into);
    }

    /** Sets a message aside that is for an agent which is retired. */
    void bury(AgentName to, long agent, Envelope envelope, Transaction into) {
        var why = new Attempt(
                Micros.of(world.clock().instant()),
                "",
                "agent.retired",
                to.address() + " is retired, and takes no messages any more.");
        long number = envelope.number(numbers.next(into));
        letters.add(agent, number, new DeadRecord(to, envelope, Failures.of(why)), into);
    }

    /** Puts a dead letter into the inbox of its agent again, under a new number. */
    void redrive(Cell cell, Ticket old, DeadRecord letter, Transaction into) {
        var envelope = letter.envelope();
        letters.remove(old.agent(), old.number(), into);
        var bytes = envelope.bytes();
        rooms.force(cell.name(), envelope.origin(), bytes.length);
        var ticket = append(cell, envelope, bytes, into);
        steps.move(old.number(), ticket.number(), into);
        long now = Micros.of(world.clock().instant());
        outcomes.end(
                old.agent(),
                old.number(),
                new Outcome(
                        envelope.secret(),
                        envelope.acceptedAt(),
                        now,
                        Identity.of(cell.name(), envelope.message()),
                        cell.name(),
                        envelope.message().type(),
                        new Outcome.How.Redriven(ticket.number())),
                into);
    }

    /** Brings the message of a timer. */
    void ring(TimerRecord timer, TimerRecord.What.Remind what, long number, Transaction into) {
        directory
                .find(timer.of())
                .filter(cell -> cell.number() == timer.agent())
                .ifPresent(cell -> {
                    if (what.again()) {
                        ringAgain(cell, timer, what, number, into);
                    } else {
                        bring(cell, what, number, into);
                    }
                });
    }

    private Ticket bring(Cell cell, TimerRecord.What.Remind what, long number, Transaction into) {
        var source = MessageNames.source(cell.name().tenant(), cell.name().address());
        var message = new Message(
                "timer-" + number, source, what.type(), world.clock().instant(), what.body());
        return force(cell, Envelope.Origin.TIMER, number, message, into);
    }

    /** Brings its message, unless the last one waits still, and sets it to its next time. */
    private void ringAgain(Cell cell, TimerRecord timer, TimerRecord.What.Remind what, long number, Transaction into) {
        var record = cell.latest(shelf);
        var set =
                record.timers().stream().filter(each -> each.number() == number).findFirst();
        if (set.isEmpty() || cell.held().draining()) {
            return;
        }
        var fired = set.get();
        boolean waits = fired.message() != 0 && cell.inbox().find(fired.message()) >= 0;
        long brought = waits ? fired.message() : bring(cell, what, number, into).number();
        var others = new ArrayList<>(record.timers());
        others.remove(fired);
        next(cell, fired).ifPresent(next -> {
            long again = numbers.next(into);
            timers.set(new Timers.Due(next.toEpochMilli(), again), timer, into);
            others.add(fired.again(again, next.toEpochMilli(), brought));
        });
        lives.become(cell, record.with(others), into);
        lives.settle(cell, into); // behind what it became
    }

    /** The next time of a schedule that has fired, whatever the clock says; empty when there is none. */
    private Optional<Instant> next(Cell cell, AgentRecord.Timer fired) {
        var behind = Instant.ofEpochMilli(fired.due() + 1);
        var now = world.clock().instant();
        try {
            return Recurrence.read(fired.schedule()).after(now.isAfter(behind) ? now : behind);
        } catch (RuntimeException unreadable) { // a time zone that this JDK does not know, say
            LOG.error(
                    "The schedule '{}' of {} cannot be read, and fires no more: {}",
                    fired.name(),
                    cell.name().address(),
                    fired.schedule(),
                    unreadable);
            return Optional.empty();
        }
    }

    /** Takes the message at the head out: its turn has ended. */
    void consume(Cell cell, Job job, Transaction into) {
        int place = cell.inbox().find(job.number());
        if (place < 0) {
            throw new IllegalStateException("message " + job.number() + " of " + cell.name() + " has gone in its turn");
        }
        take(cell, place, job.number(), into);
    }

    private void take(Cell cell, int place, long number, Transaction into) {
        int size = cell.inbox().remove(place);
        into.remove(Key.inbox(cell.number(), number));
        boolean published = references.left(number, into);
        into.then(() -> rooms.give(cell.name(), Envelope.origin(number), size, published));
    }

    /** Takes a waiting message back; false when it is not there, or its turn has begun. */
    boolean cancel(Cell cell, Ticket ticket, Transaction into) {
        var inbox = cell.inbox();
        int place = inbox.find(ticket.number());
        var job = cell.job().filter(out -> out.number() == ticket.number());
        if (place < 0 || (job.isPresent() && !lives.withdraw(cell))) {
            return false;
        }
        var envelope = shelf.message(cell.number(), ticket.number());
        if (envelope.isEmpty()) {
            return false;
        }
        take(cell, place, ticket.number(), into);
        cancelQuestions(cell, ticket.number(), into);
        steps.forget(ticket.number(), into);
        answers.fail(cell.name(), ticket.number(), envelope.get(), Answers.FAILED, "was cancelled.", into);
        if (place == 0) {
            lives.unblock(cell, into);
        }
        outcomes.end(
                cell.number(),
                ticket.number(),
                new Outcome(
                        ticket.secret(),
                        envelope.get().acceptedAt(),
                        Micros.of(world.clock().instant()),
                        Identity.of(cell.name(), envelope.get().message()),
                        cell.name(),
                        envelope.get().message().type(),
                        new Outcome.How.Cancelled()),
                into);
        var told = EventRing.Told.of(ticket, envelope.get().message().type());
        into.then(() -> events.add(EventKind.TURN_CANCELLED, cell.name(), cell.number(), told));
        lives.settle(cell, into);
        return true;
    }

    /**
     * Takes the message at the head out: it was not worth its turn any more when that would have begun.
     *
     * @param identity of one that came through the door, whose outcome is kept; null of another
     */
    void expire(Cell cell, Job job, Envelope envelope, @Nullable Identity identity, Instant expires, Transaction into) {
        var now = world.clock().instant();
        var told = EventRing.Told.of(
                new Ticket(cell.number(), job.number(), envelope.secret()),
                envelope.message().type());
        consume(cell, job, into);
        cell.drop();
        steps.forget(job.number(), into);
        answers.fail(
                cell.name(),
                job.number(),
                envelope,
                Answers.EXPIRED,
                "expired at " + expires + ", before its turn began. Ask again, or let it expire later.",
                into);
        lives.unblock(cell, into);
        into.then(() -> {
            counters.expired();
            events.add(EventKind.TURN_EXPIRED, cell.name(), cell.number(), told);
        });
        if (identity == null) {
            outcomes.tell(job.number(), new MessageStatus.Expired(now, expires), into);
        } else {
            outcomes.end(
                    cell.number(),
                    job.number(),
                    new Outcome(
                            envelope.secret(),
                            envelope.acceptedAt(),
                            Micros.of(now),
                            identity,
                            cell.name(),
                            envelope.message().type(),
                            new Outcome.How.Expired(expires)),
                    into);
        }
        lives.settle(cell, into);
    }

    /** What the turn of a message has asked, as far as nobody has begun to answer it. */
    private void cancelQuestions(Cell cell, long message, Transaction into) {
        for (var asked : steps.questions(message)) {
            cancelQuestion(new AgentName(cell.name().tenant(), asked.to()), asked, into);
        }
    }

    /** Takes a question back that nobody has begun to answer. */
    void cancelQuestion(AgentName of, StepRecord.Asked asked, Transaction into) {
        directory
                .resident(of)
                .filter(cell -> cell.number() == asked.agent())
                .ifPresent(cell -> cancelQuestion(cell, asked.message(), into));
    }

    private void cancelQuestion(Cell asked, long question, Transaction into) {
        var awaited = asked.held().awaited();
        if (awaited == null || awaited.message() != question) {
            long agent = asked.number();
            shelf.message(agent, question)
                    .map(envelope -> new Ticket(agent, question, envelope.secret()))
                    .ifPresent(ticket -> cancel(asked, ticket, into));
        }
    }
}
