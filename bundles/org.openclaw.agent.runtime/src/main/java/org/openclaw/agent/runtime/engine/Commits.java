package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.EventKind;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.TrackedMessage;
import org.openclaw.store.AgentName;

/**
 * Commits turns: the consumed message, the state, the messages sent, the timers and the reply, all in one transaction; or what a
 * failed turn leads to. Belongs to the thread of the {@link Core}.
 */
final class Commits {
    private final Settings settings;
    private final Surroundings world;
    private final HostedTypes types;
    private final Shelf shelf;
    private final Directory directory;
    private final Rooms rooms;
    private final Numbers numbers;
    private final Timers timers;
    private final Steps steps;
    private final Answers answers;
    private final Outcomes outcomes;
    private final Letters letters;
    private final Lives lives;
    private final Inboxes inboxes;
    private final Suspensions suspensions;
    private final TopicBook book;
    private final Counters counters;
    private final EventRing events;
    private final Announcer announcer;

    Commits(
            Settings settings,
            Surroundings world,
            HostedTypes types,
            Shelf shelf,
            Directory directory,
            Rooms rooms,
            Numbers numbers,
            Timers timers,
            Steps steps,
            Answers answers,
            Outcomes outcomes,
            Letters letters,
            Lives lives,
            Inboxes inboxes,
            Suspensions suspensions,
            TopicBook book,
            Counters counters,
            EventRing events,
            Announcer announcer) {
        this.settings = settings;
        this.world = world;
        this.types = types;
        this.shelf = shelf;
        this.directory = directory;
        this.rooms = rooms;
        this.numbers = numbers;
        this.timers = timers;
        this.steps = steps;
        this.answers = answers;
        this.outcomes = outcomes;
        this.letters = letters;
        this.lives = lives;
        this.inboxes = inboxes;
        this.suspensions = suspensions;
        this.book = book;
        this.counters = counters;
        this.events = events;
        this.announcer = announcer;
    }

    /** A turn has ended. */
    void end(TurnEnd turn, Transaction into) {
        var cell = turn.job().cell();
        if (!owns(cell, turn.job())) {
            return;
        }
        cell.clear();
        cell.took(turn.nanos());
        switch (turn.result()) {
            case Handling.Result.Returned returned -> returned(cell, turn, returned, into);
            case Handling.Result.Failed failed -> failed(cell, turn, failed, into);
            case Handling.Result.Unreadable(var text) -> halted(cell, turn, text, into);
            case Handling.Result.Diverged(var text) -> halted(cell, turn, text, into);
            case Handling.Result.Suspended(var pending) -> suspended(cell, turn, pending, into);
        }
    }

    private void suspended(Cell cell, TurnEnd turn, Pending pending, Transaction into) {
        tooLarge(turn)
                .ifPresentOrElse(
                        fault -> failed(cell, turn, fault, into), () -> suspensions.suspend(cell, turn, pending, into));
    }

    /** Its message waits for another version. */
    private void halted(Cell cell, TurnEnd turn, String why, Transaction into) {
        cell.drop();
        into.then(() -> outcomes.waiting(turn.job().number()));
        lives.park(cell, turn.seen(), new Cell.Obstacle(AgentState.QUARANTINED, why), into);
    }

    /** A turn was given up; its message waits for another version. */
    void abandon(Job job, Transaction into) {
        var cell = job.cell();
        if (owns(cell, job)) {
            steps.doubt(job.number());
            cell.clear();
            cell.drop();
            lives.settle(cell, into);
        }
    }

    /** A turn could not begin. */
    void park(Job job, long seen, Cell.Obstacle why, Transaction into) {
        var cell = job.cell();
        if (owns(cell, job)) {
            cell.drop();
            lives.park(cell, seen, why, into);
        }
    }

    /**
     * A turn begins too late for its message.
     *
     * @param record what was known of the agent
     * @param identity of a message that came through the door; null of another
     */
    void expire(
            Job job,
            Envelope envelope,
            AgentRecord record,
            @Nullable Identity identity,
            Instant expires,
            Transaction into) {
        var cell = job.cell();
        if (owns(cell, job)) {
            cell.latest(shelf, record);
            inboxes.expire(cell, job, envelope, identity, expires, into);
        }
    }

    /** A turn must not begin yet. */
    void postpone(Job job, Instant until, Transaction into) {
        var cell = job.cell();
        if (owns(cell, job)) {
            cell.drop();
            lives.postpone(cell, until, retryText(cell.latest(shelf), until), into);
        }
    }

    private static boolean owns(Cell cell, Job job) {
        return cell.job().filter(job::equals).isPresent();
    }

    private void returned(Cell cell, TurnEnd turn, Handling.Result.Returned returned, Transaction into) {
        var effects = returned.effects();
        var obstacle = obstacle(turn, returned);
        if (obstacle.isPresent()) {
            failed(cell, turn, obstacle.get(), into);
            return;
        }
        inboxes.consume(cell, turn.job(), into);
        steps.forget(turn.job().number(), into);
        cell.drop();
        become(cell, turn, returned, into);
        for (var send : turn.sends()) {
            emit(cell, send, into);
        }
        book.apply(cell.name().tenant(), turn.topics(), into);
        var asker = turn.envelope().asker();
        if (asker != null && asker.waits()) {
            answers.reply(
                    cell.name().address(), cell.name().tenant(), turn.job().number(), asker, effects.reply(), into);
        }
        // counted and noted before anybody is told, so that whoever knows the outcome finds it there
        into.then(() -> {
            counters.committed(turn.at() - turn.envelope().acceptedAt());
            note(cell, turn, EventKind.TURN_DONE, "", "");
        });
        if (turn.identity() != null) {
            end(cell, turn, new Outcome.How.Done(turn.version().version(), effects.reply()), into);
        } else if (outcomes.isFollowed(turn.job().number())) {
            var done = new MessageStatus.Done(
                    Micros.instant(turn.at()), turn.version().version(), effects.reply());
            outcomes.tell(turn.job().number(), done, into);
        }
        if (!turn.sends().isEmpty() && rooms.reserve().isUsedUp()) {
            lives.slow(cell, into);
        } else if (book.isCrowded(cell.name().tenant(), turn.topics())) {
            lives.slowForTopics(cell, into);
        } else {
            lives.settle(cell, into);
        }
    }

    @SuppressWarnings("ReferenceEquality") // whether it is the very one that the turn began with
    private void become(Cell cell, TurnEnd turn, Handling.Result.Returned returned, Transaction into) {
        var before = cell.latest(shelf, turn.record());
        if (turn.next().isPresent() && before == turn.record()) {
            var next = turn.next().get();
            lives.become(cell, next.record(), next.bytes(), into);
        } else if (returned.readOnly()) {
            lives.become(cell, before.passed(turn.at()), into);
        } else {
            var timers = set(cell, turn, before, returned.effects(), into);
            lives.become(cell, before.turned(returned.state(), timers, turn.at()), into);
        }
    }

    /** Sets and cancels timers; those that are set afterwards. */
    private List<AgentRecord.Timer> set(
            Cell cell, TurnEnd turn, AgentRecord before, Effects effects, Transaction into) {
        if (before.timers().isEmpty() && effects.timers().isEmpty()) {
            return before.timers();
        }
        var kept = new ArrayList<AgentRecord.Timer>();
        for (var timer : before.timers()) {
            boolean fired = timer.number() == turn.envelope().timer();
            if (effects.timers().containsKey(timer.name()) && !fired) {
                timers.cancel(new Timers.Due(timer.due(), timer.number()), into);
            } else if (!fired) {
                kept.add(timer);
            }
        }
        effects.timers()
                .forEach((name, reminder) -> reminder.ifPresent(set -> {
                    long number = numbers.next(into);
                    long due = set.due().toEpochMilli();
                    timers.set(
                            new Timers.Due(due, number),
                            new TimerRecord(
                                    cell.number(),
                                    cell.name(),
                                    new TimerRecord.What.Remind(
                                            set.type(), set.body(), set.again().isPresent())),
                            into);
                    var schedule = set.again().map(Recurrence::text).orElse("");
                    kept.add(new AgentRecord.Timer(name, number, due, set.type(), schedule, 0));
                }));
        into.then(timers::arm);
        return List.copyOf(kept);
    }

    private void emit(Cell from, Inboxes.Outgoing send, Transaction into) {
        var to = send.to();
        boolean known = types.isHosted(to.address().type());
        if (!known
                && world.elsewhere()
                        .takes(to.tenant(), to.address(), send.envelope().message(), reply(to, send.envelope()))) {
            rooms.give(to, send.envelope().origin(), send.bytes().length);
            return;
        }
        inboxes.deliver(from, send, into);
    }

    /** Takes a reply from elsewhere to who wants it as a message. */
    private Optional<Consumer<Message>> reply(AgentName by, Envelope envelope) {
        return Optional.ofNullable(envelope.asker()).map(asker -> reply -> inboxes.reply(by, asker, reply));
    }

    /** Why a turn that returned cannot be committed; takes the room for what it sends otherwise. */
    private Optional<Handling.Result.Failed> obstacle(TurnEnd turn, Handling.Result.Returned returned) {
        var self = turn.record().name().address();
        var effects = returned.effects();
        long count = (long) turn.record().timers().size() + effects.timers().size();
        if (count > settings.timersPerAgent()
                && timersAfter(turn.job().cell().latest(shelf, turn.record()), effects) > settings.timersPerAgent()) {
            return fault(
                    "timers.full",
                    self + " would have more than " + settings.timersPerAgent()
                            + " timers. Use fewer names, or forget those that are not needed.");
        }
        var tooLarge = tooLarge(turn);
        if (tooLarge.isPresent()) {
            return tooLarge;
        }
        if (directory.count() + turn.sends().size() > settings.agents()) {
            long fresh = turn.sends().stream()
                    .filter(send -> directory.number(send.to(), send.look()) == Directory.NONE)
                    .map(Inboxes.Outgoing::to)
                    .distinct()
                    .count();
            if (fresh > 0 && directory.count() + fresh > settings.agents()) {
                return fault(
                        "node.agents.full",
                        "This turn sends to " + fresh + " agents that do not exist yet, and the node may have "
                                + settings.agents() + ". Retire agents, or raise the bound.");
            }
        }
        if (letters.isFull()
                && turn.sends().stream().anyMatch(send -> directory.number(send.to(), send.look()) < Directory.NONE)) {
            return fault(
                    "agent.retired",
                    "This turn sends to an agent that is retired, and there is no room for another dead letter."
                            + " Redrive or discard some.");
        }
        var refused = book.obstacle(turn.record().name().tenant(), turn.topics());
        if (refused.isPresent()) {
            return fault(refused.get().code(), refused.get().text());
        }
        if (!rooms.reserve().take(turn.sends().size(), turn.sentBytes())) {
            return fault(
                    "node.reserve.full",
                    "This turn sends " + turn.sends().size() + " messages of " + turn.sentBytes()
                            + " bytes, and the reserve for messages between agents is used up twice over. Look for"
                            + " agents that send more than their receivers handle.");
        }
        return Optional.empty();
    }

    /** Why a turn is larger than what is committed at once may be. */
    private Optional<Handling.Result.Failed> tooLarge(TurnEnd turn) {
        long bytes = turn.sentBytes() + turn.keptBytes();
        return bytes <= settings.turnBytes()
                ? Optional.empty()
                : fault(
                        "turn.too.large",
                        "The state, messages, questions, publications, timers and reply of this turn have " + bytes
                                + " bytes (expected: at most " + settings.turnBytes()
                                + "). Keep less in the state, ask one after the other, or send references.");
    }

    private static Optional<Handling.Result.Failed> fault(String code, String text) {
        return Optional.of(new Handling.Result.Failed(code, text, true));
    }

    private static long timersAfter(AgentRecord before, Effects effects) {
        long kept = before.timers().stream()
                .filter(timer -> !effects.timers().containsKey(timer.name()))
                .count();
        return kept
                + effects.timers().values().stream().filter(Optional::isPresent).count();
    }

    private void failed(Cell cell, TurnEnd turn, Handling.Result.Failed failed, Transaction into) {
        var policy = turn.version().policy();
        var before = cell.latest(shelf, turn.record());
        var attempt = new Attempt(turn.at(), turn.version().version(), failed.code(), failed.cause());
        int attempts = before.attempts().count() + 1;
        cell.drop();
        steps.anew(turn.job().number(), turn.anew(), into);
        steps.doubt(turn.job().number());
        into.then(() -> counters.failed(turn.at() - turn.envelope().acceptedAt()));
        if (failed.mayHelpAgain() && attempts < policy.attempts()) {
            var usual = policy.waitAfter(attempts, () -> (world.seeds().getAsLong() >>> 11) * 0x1p-53);
            var wait = failed.code().equals(TopicRefusals.FULL) && usual.compareTo(Lives.SLOWED_FOR) < 0
                    ? Lives.SLOWED_FOR // or it would take the turns of those who make room
                    : usual;
            var until = Micros.instant(turn.at()).plus(wait);
            var next = before.failed(attempt, Micros.of(until));
            lives.become(cell, next, into);
            steps.begun(turn.job(), turn.envelope(), into);
            tell(cell, turn, failed, "It is tried again.", EventKind.TURN_FAILED, into);
            into.then(() -> outcomes.waiting(turn.job().number()));
            lives.postpone(cell, until, retryText(next, until), into);
            return;
        }
        if ((policy.blocks() && failed.mayHelpAgain()) || letters.isFull()) {
            lives.become(cell, before.failed(attempt, Micros.NEVER), into);
            steps.begun(turn.job(), turn.envelope(), into);
            tell(cell, turn, failed, "It blocks its agent.", EventKind.TURN_FAILED, into);
            into.then(() -> outcomes.waiting(turn.job().number()));
            lives.quarantine(cell, blockedText(turn, failed, attempts), into);
            return;
        }
        tell(cell, turn, failed, "It is set aside.", EventKind.TURN_DEAD, into);
        setAside(cell, turn, before, attempt, into);
        lives.settle(cell, into);
    }

    private String blockedText(TurnEnd turn, Handling.Result.Failed failed, int attempts) {
        return "The message " + turn.envelope().message().type() + " at the head of the inbox has failed " + attempts
                + " times, the last time: " + Handling.sentence(failed.cause())
                + (letters.isFull() ? " There is no room for another dead letter: redrive or discard some." : "")
                + " Resume the agent to try again, or take the message back.";
    }

    private void setAside(Cell cell, TurnEnd turn, AgentRecord before, Attempt attempt, Transaction into) {
        inboxes.consume(cell, turn.job(), into);
        steps.disarm(turn.job().number(), into);
        answers.fail(
                cell.name(),
                turn.job().number(),
                turn.envelope(),
                Answers.FAILED,
                "was set aside: " + Handling.sentence(attempt.cause()),
                into);
        letters.add(
                cell.number(),
                turn.job().number(),
                new DeadRecord(
                        cell.name(),
                        turn.envelope().beginning().copied(),
                        before.attempts().and(attempt)),
                into);
        lives.become(cell, before.givenUp(turn.at()), into);
        var dead = new MessageStatus.Dead(Micros.instant(attempt.at()), attempt.code(), attempt.cause());
        outcomes.tell(turn.job().number(), dead, into);
        into.then(() -> world.observer()
                .died(
                        cell.name().tenant(),
                        new TrackedMessage(
                                new Ticket(
                                                cell.number(),
                                                turn.job().number(),
                                                turn.envelope().secret())
                                        .id(),
                                cell.name().address(),
                                turn.envelope().message().type(),
                                turn.envelope().accepted(),
                                dead)));
    }

    private void tell(
            Cell cell, TurnEnd turn, Handling.Result.Failed failed, String then, EventKind kind, Transaction into) {
        into.then(() -> {
            announcer.failed(
                    cell.name().address(), turn.envelope().message().type(), turn.version(), failed.cause(), then);
            note(cell, turn, kind, failed.code(), failed.cause());
        });
    }

    private void note(Cell cell, TurnEnd turn, EventKind kind, String code, String cause) {
        events.add(kind, cell.name(), cell.number(), turn.at(), EventRing.Told.of(turn, ""), code, cause);
    }

    private void end(Cell cell, TurnEnd turn, Outcome.How how, Transaction into) {
        outcomes.end(
                cell.number(),
                turn.job().number(),
                new Outcome(
                        turn.envelope().secret(),
                        turn.envelope().acceptedAt(),
                        turn.at(),
                        Objects.requireNonNull(turn.identity()),
                        cell.name(),
                        turn.envelope().message().type(),
                        how),
                into);
    }

    private static String retryText(AgentRecord record, Instant until) {
        var failed = record.attempts();
        return "Its message at the head has failed " + failed.count() + " times, the last time: "
                + Handling.sentence(failed.last().cause()) + " It is tried again at " + until + ".";
    }

    /** Fires timers that are due, as many as fit into one commit; the others follow at once. */
    void ring(Transaction into) {
        timers.rang();
        var now = world.clock().instant();
        while (!into.isFull()) {
            var next = timers.due(now);
            if (next.isEmpty()) {
                break;
            }
            var due = next.get();
            into.remove(due.key());
            shelf.timer(due.at(), due.number()).ifPresent(timer -> ring(timer, due.number(), into));
        }
        into.then(timers::arm);
    }

    private void ring(TimerRecord timer, long number, Transaction into) {
        switch (timer.what()) {
            case TimerRecord.What.Remind message -> inboxes.ring(timer, message, number, into);
            case TimerRecord.What.End wait -> expire(timer, number, wait, into);
        }
    }

    /** Nobody needs the answer to a question any more for which nobody waits: it is taken back unless somebody is about it. */
    private void expire(TimerRecord timer, long number, TimerRecord.What.End wait, Transaction into) {
        answers.expire(timer, number, wait, into)
                .ifPresent(question ->
                        inboxes.cancelQuestion(new AgentName(timer.of().tenant(), question.to()), question, into));
    }
}
