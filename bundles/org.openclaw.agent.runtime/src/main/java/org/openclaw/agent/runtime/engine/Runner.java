package org.openclaw.agent.runtime.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Subscription;
import org.openclaw.store.AgentName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs turns, each on a thread that may block, and tells the core how they ended. Thread-safe. */
final class Runner {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    /** What subscribing or unsubscribing counts for in the size of a turn, beside its filter. */
    private static final int TOPIC_CHANGE = 128;

    private final Settings settings;
    private final Surroundings world;
    private final Shelf shelf;
    private final Directory directory;
    private final Steps steps;
    private final Outcomes outcomes;
    private final Outbox outbox;
    private final TopicBook book;
    private final TopicReader reader;
    private final PreviewBoard previews;
    private final Commits commits;
    private final Calls calls;
    private final Activity activity;
    private final Counters counters;

    Runner(
            Settings settings,
            Surroundings world,
            Shelf shelf,
            Directory directory,
            Steps steps,
            Outcomes outcomes,
            Outbox outbox,
            TopicBook book,
            TopicReader reader,
            PreviewBoard previews,
            Commits commits,
            Calls calls,
            Activity activity,
            Counters counters) {
        this.settings = settings;
        this.world = world;
        this.shelf = shelf;
        this.directory = directory;
        this.steps = steps;
        this.outcomes = outcomes;
        this.outbox = outbox;
        this.book = book;
        this.reader = reader;
        this.previews = previews;
        this.commits = commits;
        this.calls = calls;
        this.activity = activity;
        this.counters = counters;
    }

    /**
     * Runs a turn soon.
     *
     * @param queue says which as soon as it has a thread, and is told what came of it
     */
    void start(RunQueue queue) {
        activity.began();
        world.threads().run("turn", () -> {
            try {
                var job = queue.take();
                if (job != null) {
                    run(job, queue);
                }
            } finally {
                activity.ended();
            }
        });
    }

    private void run(Job job, RunQueue queue) {
        var type = job.cell().type();
        long seen = type.changes();
        if (type.isSuspended()) {
            var why = new Cell.Obstacle(AgentState.ACTIVE, type.suspendedText());
            queue.notRun(job, into -> commits.park(job, seen, why, into));
            return;
        }
        var leased = type.lease();
        if (leased.isEmpty()) {
            var why = new Cell.Obstacle(AgentState.STRANDED, type.strandedText());
            queue.notRun(job, into -> commits.park(job, seen, why, into));
            return;
        }
        var version = leased.get();
        counters.began();
        try {
            turn(job, version, seen, queue);
        } catch (RuntimeException | Error unreadable) { // or nobody would ever run this agent again
            LOG.error(
                    "A turn of {} cannot begin: what is stored of it cannot be read.",
                    job.cell().name().address(),
                    unreadable);
            var why = new Cell.Obstacle(AgentState.QUARANTINED, String.valueOf(unreadable.getMessage()));
            queue.notRun(job, into -> commits.park(job, seen, why, into));
        } finally {
            counters.ended();
            version.leases().release();
        }
    }

    private void turn(Job job, AgentVersion version, long seen, RunQueue queue) {
        var record = job.record(shelf);
        var envelope = job.envelope(shelf);
        var began = world.clock().instant();
        var retryAt = record.retryAt();
        // a clock that was set back must not make it wait for longer than any wait lasts
        if (retryAt > Micros.of(began)
                && retryAt < Micros.of(began.plus(version.policy().longestWait().multipliedBy(2)))) {
            queue.notRun(job, into -> commits.postpone(job, Micros.instant(retryAt), into));
            return;
        }
        var expires = expired(job, envelope, record, began);
        if (expires.isPresent()) {
            var identity = identity(job, envelope, record);
            queue.notRun(job, into -> commits.expire(job, envelope, record, identity, expires.get(), into));
            return;
        }
        var call = new Call(
                job,
                record.name(),
                envelope.message().type(),
                version,
                Thread.currentThread(),
                began,
                settings.longTurn(),
                version.policy().turnLimit().orElse(settings.turnLimit()));
        var ticket = new Ticket(job.cell().number(), job.number(), envelope.secret());
        var showing = previews.begin(record.name(), ticket, record.attempts().count());
        var frame = frame(job, record, envelope, version, call, showing);
        outcomes.running(job.number(), new MessageStatus.Running(began, version.version()));
        calls.began(call);
        Handling.Result result;
        long start = world.nanos().getAsLong();
        try (showing) {
            result = outbox.checked(Handling.run(frame, call, job.cell().number(), record.state()));
        } finally {
            calls.ended(call);
        }
        long nanos = world.nanos().getAsLong() - start;
        var anew = Objects.requireNonNull(frame.log()).unanswered();
        switch (call.end()) {
            case ENDED -> {
                if (result instanceof Handling.Result.Returned) {
                    showing.done();
                }
                queue.ended(job, end(job, envelope, record, version, seen, nanos, result, anew));
            }
            case TIMED_OUT ->
                queue.ended(
                        job,
                        end(
                                job,
                                envelope,
                                record,
                                version,
                                seen,
                                nanos,
                                new Handling.Result.Failed("turn.timeout", call.timeoutText(), true),
                                anew));
            case ABANDONED -> {
                outcomes.waiting(job.number());
                queue.ended(job, into -> commits.abandon(job, into));
            }
        }
    }

    /** Since when a message is not worth its turn any more, which has not begun; empty when it is. */
    private Optional<Instant> expired(Job job, Envelope envelope, AgentRecord record, Instant now) {
        return envelope.delivery().isExpired(now)
                        && record.attempts().isEmpty()
                        && !steps.hasBegun(job.number(), envelope)
                ? envelope.delivery().expires()
                : Optional.empty();
    }

    private TurnFrame frame(
            Job job, AgentRecord record, Envelope envelope, AgentVersion version, Call call, Consumer<String> showing) {
        var message = envelope.message();
        boolean readOnly = version.understands(message.type())
                .map(AgentVersion.Understood::query)
                .orElse(false);
        var seeds = new SplittableRandom(envelope.secret());
        var log = new TurnLog(
                world,
                steps,
                job,
                version,
                envelope,
                call::isOpen,
                call.since(),
                settings.steps(),
                settings.turnBytes());
        return new TurnFrame(
                record.name(),
                version,
                message,
                log.turnAt(),
                seeds.nextLong(),
                seeds.nextLong(),
                readOnly,
                job.cell().number() + "." + job.number(),
                settings.inboxBytes(),
                log,
                showing);
    }

    private Core.Command end(
            Job job,
            Envelope envelope,
            AgentRecord record,
            AgentVersion version,
            long seen,
            long nanos,
            Handling.Result result,
            List<Integer> anew) {
        long at = Micros.of(world.clock().instant());
        var name = record.name();
        List<Inboxes.Outgoing> sends = List.of();
        List<TopicChange> topics = List.of();
        var next = Optional.<TurnEnd.Next>empty();
        long kept = 0;
        if (result instanceof Handling.Result.Returned returned) {
            sends = outgoing(job, name, envelope, returned.effects(), at);
            topics = topics(name, returned.effects(), at);
            next = next(record, returned, at);
            kept = returned.state().size() + returned.effects().keptBytes() + bytes(topics);
            if (!returned.readOnly()) {
                // remembered first, so that a turn or query that sees the new bytes finds the record for them
                version.states().keep(job.cell().number(), returned.state(), returned.decoded());
            }
        }
        if (result instanceof Handling.Result.Suspended(var pending)) {
            sends = questions(job, name, pending, at);
        }
        var identity = identity(job, envelope, record);
        var turn = new TurnEnd(
                job, envelope, record, version, seen, at, nanos, result, anew, sends, topics, kept, next, identity);
        return into -> commits.end(turn, into);
    }

    /** By what the message is known again; null unless it came through the door. */
    private @Nullable Identity identity(Job job, Envelope envelope, AgentRecord record) {
        return envelope.origin() == Envelope.Origin.DOOR
                ? outcomes.identity(job.number(), record.name(), envelope.message())
                : null;
    }

    /** What the agent becomes if nothing of it has changed meanwhile, and no timer needs a number: made here, beside the core. */
    private static Optional<TurnEnd.Next> next(AgentRecord record, Handling.Result.Returned returned, long at) {
        if (!record.timers().isEmpty() || !returned.effects().timers().isEmpty()) {
            return Optional.empty();
        }
        var next = returned.readOnly() ? record.passed(at) : record.turned(returned.state(), record.timers(), at);
        return Optional.of(new TurnEnd.Next(next, next.bytes()));
    }

    private List<Inboxes.Outgoing> outgoing(Job job, AgentName from, Envelope cause, Effects effects, long at) {
        var reply = reply(cause, effects);
        if (effects.sends().isEmpty() && reply.isEmpty()) {
            return List.of();
        }
        var secrets = new SplittableRandom(~cause.secret());
        var sends = new ArrayList<Inboxes.Outgoing>(effects.sends().size() + 1);
        for (var send : effects.sends()) {
            var asker = send.replied()
                    ? Envelope.Asker.later(from.address(), job.cell().number())
                    : null;
            sends.add(outgoing(new AgentName(from.tenant(), send.to()), secrets.nextLong(), at, send.message(), asker));
        }
        reply.ifPresent(message -> sends.add(outgoing(
                new AgentName(
                        from.tenant(), Objects.requireNonNull(cause.asker()).by()),
                secrets.nextLong(),
                at,
                message,
                null)));
        return sends;
    }

    private List<TopicChange> topics(AgentName of, Effects effects, long at) {
        return effects.topics().stream()
                .<TopicChange>map(effect -> switch (effect) {
                    case TopicEffect.Publish(var topic, var message) ->
                        new TopicChange.Publish(topic, new PublicationRecord(at, null, message).bytes());
                    case TopicEffect.Subscribe(var topic, var filter, var from) ->
                        new TopicChange.Subscribe(
                                Subscription.of(topic, of.address(), filter),
                                reader.position(book.find(new TopicName(of.tenant(), topic)), from));
                    case TopicEffect.Unsubscribe(var topic) ->
                        new TopicChange.Unsubscribe(topic, of.address().toString());
                })
                .toList();
    }

    private static long bytes(List<TopicChange> topics) {
        long bytes = 0;
        for (var change : topics) {
            bytes += switch (change) {
                case TopicChange.Publish(var _, var value) -> value.length;
                case TopicChange.Subscribe(var subscription, var _) ->
                    TOPIC_CHANGE + subscription.filter().json().length();
                case TopicChange.Unsubscribe _ -> TOPIC_CHANGE;
            };
        }
        return bytes;
    }

    private List<Inboxes.Outgoing> questions(Job job, AgentName from, Pending pending, long at) {
        return pending.questions().stream()
                .map(question -> outgoing(
                        new AgentName(from.tenant(), question.message().to()),
                        world.seeds().getAsLong(),
                        at,
                        question.message().message(),
                        new Envelope.Asker(from.address(), job.cell().number(), job.number(), question.ordinal())))
                .toList();
    }

    /** What it replies to an agent that wants that as a message; empty when none does. */
    private static Optional<Message> reply(Envelope cause, Effects effects) {
        var asker = cause.asker();
        return asker == null || asker.waits() ? Optional.empty() : effects.reply();
    }

    private Inboxes.Outgoing outgoing(
            AgentName to, long secret, long at, Message message, Envelope.@Nullable Asker asker) {
        var envelope = new Envelope(Envelope.Origin.AGENT, secret, at, 0, message, asker);
        return new Inboxes.Outgoing(to, directory.look(to), envelope, envelope.bytes());
    }
}
