package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;

/**
 * Answers queries: each on a thread of its own, from the last committed state, beside any turn. A query that arrives in the
 * moment between two versions waits a little for the next one. Thread-safe.
 */
final class Queries {
    private static final Duration WAIT_FOR_A_VERSION = Duration.ofSeconds(10);

    private final Settings settings;
    private final Surroundings world;
    private final Receipts receipts;
    private final Calls calls;
    private final Activity activity;
    private final Counters counters;
    private final Budget running;
    private final Ids ids;

    Queries(
            Settings settings,
            Surroundings world,
            Receipts receipts,
            Calls calls,
            Activity activity,
            Counters counters) {
        this.settings = settings;
        this.world = world;
        this.receipts = receipts;
        this.calls = calls;
        this.activity = activity;
        this.counters = counters;
        this.running = new Budget(settings.queries(), settings.nodeBytes());
        this.ids = new Ids(world.seeds());
    }

    private record Query(Mailbox mailbox, Message message, Tracked tracked, AtomicBoolean ended) {}

    Receipt accept(Mailbox mailbox, Message message) {
        if (!running.take(1, message.body().size())) {
            return Refusals.nodeFull(
                    mailbox.address(),
                    "too many queries are under way (expected: at most " + settings.queries() + ").",
                    Duration.ofSeconds(1));
        }
        var now = world.clock().instant();
        var tracked = new Tracked(ids.receipt(), mailbox.tenant(), mailbox.address(), message.type(), now);
        receipts.track(tracked);
        var query = new Query(mailbox, message, tracked, new AtomicBoolean());
        start(query);
        return new Receipt.Accepted(tracked.id(), now, now, false);
    }

    private void start(Query query) {
        activity.began();
        world.threads().run("query " + query.mailbox().address(), () -> {
            try {
                run(query);
            } finally {
                activity.ended();
            }
        });
    }

    private void run(Query query) {
        var type = query.mailbox().type();
        var leased = type.lease();
        if (leased.isEmpty()) {
            waitForVersion(query);
            return;
        }
        var version = leased.get();
        try {
            answer(query, version);
        } finally {
            version.leases().release();
        }
    }

    private void answer(Query query, AgentVersion version) {
        var mailbox = query.mailbox();
        var now = world.clock().instant();
        var tracked = query.tracked();
        tracked.become(new MessageStatus.Running(now, version.version()));
        var frame = new TurnFrame(
                mailbox.address(),
                version,
                query.message(),
                now,
                world.seeds().getAsLong(),
                world.seeds().getAsLong(),
                true,
                MessageNames.source(mailbox.tenant(), mailbox.address()),
                tracked.id().value(),
                settings.inboxBytes());
        var call = new Call(tracked, version, Thread.currentThread(), now, settings.longTurn());
        calls.began(call);
        Handling.Result result;
        try {
            result = Handling.run(frame, call, mailbox, mailbox.state());
        } finally {
            calls.ended(call);
        }
        if (!call.end()) {
            start(query);
            return;
        }
        var at = world.clock().instant();
        end(
                query,
                switch (result) {
                    case Handling.Result.Returned returned ->
                        new MessageStatus.Done(
                                at, version.version(), returned.effects().reply());
                    case Handling.Result.Failed failed -> new MessageStatus.Dead(at, failed.code(), failed.cause());
                    case Handling.Result.Unreadable unreadable ->
                        new MessageStatus.Dead(at, "state.unreadable", unreadable.text());
                });
    }

    private void waitForVersion(Query query) {
        var type = query.mailbox().type();
        query.tracked().become(new MessageStatus.Waiting(Optional.of(type.strandedText())));
        var resumed = new AtomicBoolean();
        var limit = world.alarms().set(world.clock().instant().plus(WAIT_FOR_A_VERSION), () -> {
            if (resumed.compareAndSet(false, true)) {
                type.unpark(query);
                end(query, new MessageStatus.Dead(world.clock().instant(), "type.stranded", type.strandedText()));
            }
        });
        type.park(query, Optional.empty(), () -> {
            if (resumed.compareAndSet(false, true)) {
                world.alarms().cancel(limit);
                start(query);
            }
        });
    }

    private void end(Query query, MessageStatus last) {
        if (query.ended().compareAndSet(false, true)) {
            running.give(1, query.message().body().size());
            counters.queried();
            receipts.end(query.tracked(), last, world.clock().instant());
        }
    }
}
