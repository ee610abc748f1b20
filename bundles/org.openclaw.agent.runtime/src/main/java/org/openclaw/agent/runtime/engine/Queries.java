package org.openclaw.agent.runtime.engine;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.openclaw.agent.runtime.type.AgentVersion;
import org.openclaw.agent.runtime.type.HostedType;
import org.openclaw.message.Message;
import org.openclaw.message.MessageStatus;
import org.openclaw.message.Receipt;
import org.openclaw.store.AgentName;

/**
 * Answers queries: each on a thread of its own, from the last committed state, beside any turn. A query that arrives in the
 * moment between two versions waits a little for the next one. Thread-safe.
 */
final class Queries {
    private static final Duration WAIT_FOR_A_VERSION = Duration.ofSeconds(10);

    private final Settings settings;
    private final Surroundings world;
    private final Receipts receipts;
    private final PreviewBoard previews;
    private final Calls calls;
    private final Activity activity;
    private final Counters counters;
    private final Directory directory;
    private final Budget running;
    private final AtomicLong numbers = new AtomicLong();

    Queries(
            Settings settings,
            Surroundings world,
            Directory directory,
            Receipts receipts,
            PreviewBoard previews,
            Calls calls,
            Activity activity,
            Counters counters) {
        this.settings = settings;
        this.world = world;
        this.directory = directory;
        this.receipts = receipts;
        this.previews = previews;
        this.calls = calls;
        this.activity = activity;
        this.counters = counters;
        this.running = new Budget(settings.queries(), settings.nodeBytes());
    }

    /** @param number of the agent */
    private record Query(
            AgentName to, long number, HostedType type, Message message, Tracked tracked, AtomicBoolean ended) {}

    /** Takes a query to an agent that exists, and has this number. */
    Receipt accept(AgentName to, long number, HostedType type, Message message) {
        if (!running.take(1, message.body().size())) {
            return Refusals.nodeFull(
                    to.address(),
                    "too many queries are under way (expected: at most " + settings.queries() + ").",
                    Duration.ofSeconds(1));
        }
        var now = world.clock().instant();
        var ticket = new Ticket(
                Directory.NONE, numbers.incrementAndGet(), world.seeds().getAsLong());
        var tracked = new Tracked(ticket, to, message.type(), Micros.of(now), null);
        receipts.track(tracked);
        start(new Query(to, number, type, message, tracked, new AtomicBoolean()));
        return new Receipt.Accepted(tracked.id(), now, now, false);
    }

    private void start(Query query) {
        activity.began();
        world.threads().run("query", () -> {
            try {
                run(query);
            } finally {
                activity.ended();
            }
        });
    }

    private void run(Query query) {
        var type = query.type();
        long seen = type.changes();
        var leased = type.lease();
        if (leased.isEmpty()) {
            waitForVersion(query, seen);
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
        var now = world.clock().instant();
        var tracked = query.tracked();
        tracked.become(new MessageStatus.Running(now, version.version()));
        var showing = previews.begin(query.to(), tracked.ticket(), 0);
        var frame = new TurnFrame(
                query.to(),
                version,
                query.message(),
                now,
                world.seeds().getAsLong(),
                world.seeds().getAsLong(),
                true,
                "query." + tracked.id().value(),
                settings.inboxBytes(),
                null,
                showing);
        var call = new Call(
                null,
                query.to(),
                tracked.type(),
                version,
                Thread.currentThread(),
                now,
                settings.longTurn(),
                settings.turnLimit());
        calls.began(call);
        Handling.Result result;
        try (showing) {
            result = run(query, frame, call);
        } finally {
            calls.ended(call);
        }
        switch (call.end()) {
            case ENDED -> {}
            case TIMED_OUT -> result = new Handling.Result.Failed("turn.timeout", call.timeoutText(), false);
            case ABANDONED -> {
                start(query);
                return;
            }
        }
        showing.done();
        var at = world.clock().instant();
        end(
                query,
                switch (result) {
                    case Handling.Result.Returned returned ->
                        new MessageStatus.Done(
                                at, version.version(), returned.effects().reply());
                    case Handling.Result.Failed failed -> new MessageStatus.Dead(at, failed.code(), failed.cause());
                    case Handling.Result.Unreadable(var text) -> new MessageStatus.Dead(at, "state.unreadable", text);
                    case Handling.Result.Diverged(var text) -> new MessageStatus.Dead(at, "turn.diverged", text);
                    case Handling.Result.Suspended _ ->
                        throw new IllegalStateException("a query cannot wait: " + query.to());
                });
    }

    private Handling.Result run(Query query, TurnFrame frame, Call call) {
        try {
            return directory
                    .record(query.to())
                    .map(record -> Handling.run(frame, call, query.number(), record.state()))
                    .orElseGet(() -> new Handling.Result.Failed(
                            "agent.unknown", query.to().address() + " is gone.", false));
        } catch (UncheckedIOException unreadable) {
            return new Handling.Result.Failed("store.unreadable", String.valueOf(unreadable.getMessage()), false);
        }
    }

    private void waitForVersion(Query query, long seen) {
        var type = query.type();
        query.tracked().become(new MessageStatus.Waiting(Optional.of(type.strandedText())));
        var resumed = new AtomicBoolean();
        var limit = world.alarms().set(world.clock().instant().plus(WAIT_FOR_A_VERSION), () -> {
            if (resumed.compareAndSet(false, true)) {
                type.unpark(query);
                end(query, new MessageStatus.Dead(world.clock().instant(), "type.stranded", type.strandedText()));
            }
        });
        type.park(query, seen, () -> {
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
