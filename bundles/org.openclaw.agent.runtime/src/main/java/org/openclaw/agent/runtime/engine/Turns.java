package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openclaw.agent.AgentState;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;

/**
 * Runs turns and commits them. One call of {@link #run} is one turn on a thread of its own; whether there is another one is
 * decided by the mailbox. Thread-safe.
 */
final class Turns {
    /** How long the next turn of a sender waits at most for room in the reserve. */
    private static final Duration SLOWED_FOR = Duration.ofSeconds(5);

    private final Settings settings;
    private final Surroundings world;
    private final HostedTypes types;
    private final Directory directory;
    private final Receipts receipts;
    private final Rooms rooms;
    private final Calls calls;
    private final Activity activity;
    private final Counters counters;
    private final RecentTurns recent;
    private final Announcer announcer;
    private final Ids ids;
    private final Mailbox.Ringer silence;
    private volatile boolean closed;

    Turns(
            Settings settings,
            Surroundings world,
            HostedTypes types,
            Directory directory,
            Receipts receipts,
            Rooms rooms,
            Calls calls,
            Activity activity,
            Counters counters,
            RecentTurns recent,
            Announcer announcer) {
        this.settings = settings;
        this.world = world;
        this.types = types;
        this.directory = directory;
        this.receipts = receipts;
        this.rooms = rooms;
        this.calls = calls;
        this.activity = activity;
        this.counters = counters;
        this.recent = recent;
        this.announcer = announcer;
        this.ids = new Ids(world.seeds());
        this.silence = ringer(Optional.empty());
    }

    /** Starts no turn any more; the owner of the engine is going. */
    void close() {
        closed = true;
    }

    /** Starts the runner of a mailbox that is queued. */
    void start(Mailbox mailbox) {
        if (closed) {
            return;
        }
        activity.began();
        world.threads().run("turn " + mailbox.address(), () -> {
            try {
                run(mailbox);
            } finally {
                activity.ended();
            }
        });
    }

    private void run(Mailbox mailbox) {
        var head = mailbox.begin();
        if (head.isEmpty()) {
            goOn(mailbox);
            return;
        }
        var leased = mailbox.type().lease();
        if (leased.isEmpty()) {
            var text = mailbox.type().strandedText();
            park(mailbox, leased, new Mailbox.Obstacle(AgentState.STRANDED, text));
            return;
        }
        var version = leased.get();
        counters.began();
        try {
            turn(mailbox, head.get(), version);
        } finally {
            counters.ended();
            version.leases().release();
        }
    }

    private void turn(Mailbox mailbox, Entry entry, AgentVersion version) {
        var now = world.clock().instant();
        var tracked = entry.tracked();
        tracked.become(new MessageStatus.Running(now, version.version()));
        var call = new Call(tracked, version, Thread.currentThread(), now, settings.longTurn());
        calls.began(call);
        Handling.Result result;
        try {
            result = Handling.run(frame(mailbox, entry.message(), version, now), call, mailbox, mailbox.state());
        } finally {
            calls.ended(call);
        }
        if (!call.end()) {
            // given up while its version was drained: nothing of it counts, and the message is still at the head
            tracked.become(new MessageStatus.Waiting(Optional.empty()));
            goOn(mailbox);
            return;
        }
        switch (result) {
            case Handling.Result.Returned returned -> returned(mailbox, entry, version, now, returned);
            case Handling.Result.Failed failed -> {
                failed(mailbox, entry, version, now, failed);
                goOn(mailbox);
            }
            case Handling.Result.Unreadable unreadable -> {
                tracked.become(new MessageStatus.Waiting(Optional.empty()));
                park(mailbox, Optional.of(version), new Mailbox.Obstacle(AgentState.QUARANTINED, unreadable.text()));
            }
        }
    }

    private TurnFrame frame(Mailbox mailbox, Message message, AgentVersion version, Instant now) {
        boolean readOnly = version.understands(message.type())
                .map(AgentVersion.Understood::query)
                .orElse(false);
        return new TurnFrame(
                mailbox.address(),
                version,
                message,
                now,
                world.seeds().getAsLong(),
                world.seeds().getAsLong(),
                readOnly,
                MessageNames.source(mailbox.tenant(), mailbox.address()),
                mailbox.createdAt().toEpochMilli() + "." + mailbox.nextSent(),
                settings.inboxBytes());
    }

    private void returned(
            Mailbox mailbox, Entry entry, AgentVersion version, Instant began, Handling.Result.Returned returned) {
        var effects = returned.effects();
        var now = world.clock().instant();
        var obstacle = obstacle(mailbox, effects);
        if (obstacle.isPresent()) {
            failed(mailbox, entry, version, began, obstacle.get());
            goOn(mailbox);
            return;
        }
        var ended = ended(began, now);
        if (isQuery(entry, version)) {
            mailbox.pass(entry, ended);
        } else {
            // remembered first, so that a turn or query that sees the new bytes finds the record for them
            version.states().keep(mailbox, returned.state(), returned.decoded());
            directory.grown(
                    mailbox.commit(entry, returned.state(), effects.timers(), ended, ringer(Optional.of(mailbox))));
        }
        var tracked = entry.tracked();
        mailbox.ended(recent, RecentTurns.done(tracked, version, ended));
        counters.committed(tracked, now);
        rooms.give(entry);
        effects.sends().forEach(send -> emit(mailbox, send, now));
        receipts.end(tracked, new MessageStatus.Done(now, version.version(), effects.reply()), now);
        if (!effects.sends().isEmpty() && rooms.reserve().isUsedUp()) {
            slow(mailbox);
        } else {
            goOn(mailbox);
        }
    }

    private static boolean isQuery(Entry entry, AgentVersion version) {
        return version.understands(entry.message().type())
                .map(AgentVersion.Understood::query)
                .orElse(false);
    }

    /** Why a turn that returned cannot be committed; takes the room for what it sends otherwise. */
    private Optional<Handling.Result.Failed> obstacle(Mailbox mailbox, Effects effects) {
        if (mailbox.timersAfter(effects.timers()) > settings.timersPerAgent()) {
            return Optional.of(new Handling.Result.Failed(
                    "timers.full",
                    mailbox.address() + " would have more than " + settings.timersPerAgent()
                            + " timers. Use fewer names, or forget those that are not needed."));
        }
        long fresh = effects.sends().stream()
                .filter(send -> directory.find(mailbox.tenant(), send.to()).isEmpty())
                .map(Effects.Send::to)
                .distinct()
                .count();
        if (fresh > 0 && directory.count() + fresh > settings.agents()) {
            return Optional.of(new Handling.Result.Failed(
                    "node.agents.full",
                    "This turn sends to " + fresh + " agents that do not exist yet, and the node may have "
                            + settings.agents() + ". Retire agents, or raise the bound."));
        }
        if (!rooms.reserve().take(effects.sends().size(), effects.bytes())) {
            return Optional.of(new Handling.Result.Failed(
                    "node.reserve.full",
                    "This turn sends " + effects.sends().size() + " messages of " + effects.bytes()
                            + " bytes, and the reserve for messages between agents is used up twice over. Look for"
                            + " agents that send more than their receivers handle."));
        }
        return Optional.empty();
    }

    private void failed(
            Mailbox mailbox, Entry entry, AgentVersion version, Instant began, Handling.Result.Failed failed) {
        var now = world.clock().instant();
        var ended = ended(began, now);
        var tracked = entry.tracked();
        mailbox.fail(entry, ended);
        mailbox.ended(recent, RecentTurns.dead(tracked, version, ended, failed));
        counters.failed(tracked, now);
        announcer.failed(tracked, version, failed.cause());
        rooms.give(entry);
        receipts.end(tracked, new MessageStatus.Dead(now, failed.code(), failed.cause()), now);
    }

    private static Mailbox.Ended ended(Instant began, Instant now) {
        return new Mailbox.Ended(now, Math.max(0, Duration.between(began, now).toNanos()));
    }

    /** Takes a message of a committed turn to its receiver. Its room in the reserve is taken already. */
    private void emit(Mailbox from, Effects.Send send, Instant now) {
        boolean known =
                types.find(send.to().type()).map(type -> type.everInstalled()).orElse(false);
        if (!known && world.elsewhere().takes(from.tenant(), send.to(), send.message())) {
            rooms.reserve().give(1, send.message().body().size());
            return;
        }
        counters.accepted();
        var tracked = new Tracked(
                ids.receipt(), from.tenant(), send.to(), send.message().type(), now);
        deliver(
                new Entry(tracked, send.message(), Entry.Room.RESERVE),
                from.address().equals(send.to()));
    }

    private void deliver(Entry entry, boolean fromItself) {
        var tracked = entry.tracked();
        while (true) {
            var mailbox = directory.of(tracked.tenant(), tracked.to());
            switch (mailbox.deliver(entry, fromItself)) {
                case Mailbox.Offer.Taken(boolean wake) -> {
                    if (wake) {
                        start(mailbox);
                    }
                    return;
                }
                case Mailbox.Offer.Gone() -> directory.remove(mailbox);
                case Mailbox.Offer other -> throw new IllegalStateException("a delivery cannot be refused: " + other);
            }
        }
    }

    /** What the runner does after a turn. */
    private void goOn(Mailbox mailbox) {
        switch (mailbox.next(silence)) {
            case Mailbox.Next.Again() -> start(mailbox);
            case Mailbox.Next.Rest() -> {}
            case Mailbox.Next.Gone(List<Entry> deferred) -> {
                directory.remove(mailbox);
                announcer.retired(mailbox.address());
                new ArrayList<>(deferred).forEach(entry -> deliver(entry, false));
            }
        }
    }

    private void park(Mailbox mailbox, Optional<AgentVersion> tried, Mailbox.Obstacle why) {
        mailbox.park(why);
        if (why.state() == AgentState.QUARANTINED) {
            announcer.quarantined(mailbox.address(), why.text());
        }
        mailbox.type().park(mailbox, tried, () -> unpark(mailbox));
    }

    private void slow(Mailbox mailbox) {
        mailbox.slow("The reserve for messages between agents is used up; this sender waits for room.");
        world.alarms().set(world.clock().instant().plus(SLOWED_FOR), () -> unpark(mailbox));
        rooms.reserve().slow(mailbox, () -> unpark(mailbox));
    }

    private void unpark(Mailbox mailbox) {
        if (mailbox.unpark()) {
            start(mailbox);
        }
    }

    /** Lets a suspended agent go on; false when it was not suspended. */
    boolean release(Mailbox mailbox) {
        var resumption = mailbox.resume();
        if (resumption.wake()) {
            start(mailbox);
        }
        return resumption.changed();
    }

    /** Lets an agent go whose last waiting message was taken back while it was being retired. */
    void forgetIfDrained(Mailbox mailbox) {
        if (mailbox.wakeIfDrained()) {
            start(mailbox);
        }
    }

    /** Begins to retire an agent. */
    void retire(Mailbox mailbox) {
        mailbox.retire();
        forgetIfDrained(mailbox);
    }

    private Mailbox.Ringer ringer(Optional<Mailbox> owner) {
        return new Mailbox.Ringer() {
            @Override
            public Alarms.Slot start(Mailbox.Timer timer) {
                var mailbox = owner.orElseThrow();
                return world.alarms().set(timer.reminder().due(), () -> ring(mailbox, timer));
            }

            @Override
            public void cancel(Alarms.Slot slot) {
                world.alarms().cancel(slot);
            }
        };
    }

    private void ring(Mailbox mailbox, Mailbox.Timer timer) {
        if (!mailbox.ring(timer)) {
            return;
        }
        var now = world.clock().instant();
        var reminder = timer.reminder();
        var message = new Message(
                mailbox.createdAt().toEpochMilli() + "." + mailbox.nextSent(),
                MessageNames.source(mailbox.tenant(), mailbox.address()),
                reminder.type(),
                now,
                reminder.body());
        rooms.reserve().force(reminder.body().size());
        counters.accepted();
        var tracked = new Tracked(ids.receipt(), mailbox.tenant(), mailbox.address(), reminder.type(), now);
        deliver(new Entry(tracked, message, Entry.Room.RESERVE), true);
    }

    /** Ends everything that waits, because the node stops; the number of messages. */
    int abandonAll(String code, String cause) {
        int lost = 0;
        for (var mailbox : directory.all()) {
            for (var entry : mailbox.clear()) {
                rooms.give(entry);
                var now = world.clock().instant();
                receipts.end(entry.tracked(), new MessageStatus.Dead(now, code, cause), now);
                lost++;
            }
        }
        return lost;
    }
}
