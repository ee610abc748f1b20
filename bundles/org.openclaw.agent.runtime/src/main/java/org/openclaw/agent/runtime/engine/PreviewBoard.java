package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.Preview;
import org.openclaw.agent.PreviewId;
import org.openclaw.agent.Previews;
import org.openclaw.message.ReceiptId;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;

/**
 * What turns show before they end: in memory alone, written by their own threads and read by any. The core has no part in it, as
 * nothing of it is decided or kept. Thread-safe; nobody holds its lock for longer than it takes to copy a piece.
 *
 * <p>What a run has shown stays while it runs. When it has ended without an end of its message (it waits, or is tried again), it
 * stays until the next one shows something; when the message is done, for some seconds, so that readers come to its end. When all
 * of it is more than the node keeps, what has ended is forgotten first, the oldest first, and then the run that shows more forgets
 * of its own: no run takes from another one.
 *
 * <p><b>Numbers.</b> Each run has a number that no other one has, in another life neither. So a reader is known to come from another
 * run, whatever happened in between, and gets a greater attempt than it has seen: it need not be known how often the turns for a
 * message have begun before a crash.
 */
final class PreviewBoard implements Previews {
    /** How much is kept in all: 8 MiB of UTF-16, and up to twice that in the buffers. In UTF-16 code units. */
    static final int MOST = 1 << 22;

    /** How many runs are remembered that have ended. */
    private static final int MOST_ENDED = 10_000;

    /** How long after the end of their message. */
    private static final Duration DONE_FOR = Duration.ofSeconds(10);

    private static final int LEAST_READ = 2;

    private final long life;
    private final long most;
    private final Surroundings world;
    private final Object lock = new Object();
    private final Map<Subject, Shown> running = new HashMap<>();
    /** Those whose messages are not done, the oldest first. */
    private final LinkedHashMap<Subject, Shown> left = new LinkedHashMap<>();
    /** Those whose messages are, the oldest first. */
    private final LinkedHashMap<Subject, Done> done = new LinkedHashMap<>();

    private long runs;
    private long kept;
    private final AtomicLong changes = new AtomicLong();
    private final CopyOnWriteArrayList<PreviewWatch> watches = new CopyOnWriteArrayList<>();

    /**
     * @param life of this node, at random
     * @param most how much is kept in all, in UTF-16 code units
     */
    PreviewBoard(long life, long most, Surroundings world) {
        this.life = life;
        this.most = most;
        this.world = world;
    }

    /** A message: driven again it gets another number, and no other secret. */
    private record Subject(long agent, long secret) {
        static Subject of(Ticket ticket) {
            return new Subject(ticket.agent(), ticket.secret());
        }
    }

    private record Done(Shown shown, Instant until) {}

    /**
     * A run begins: it costs nothing until it shows something.
     *
     * @param failures how often turns for this message have failed
     */
    Showing begin(AgentName agent, Ticket ticket, int failures) {
        return new Showing(agent, ticket, failures);
    }

    /**
     * What one run shows. Thread-safe: the actions of its steps show, too. Its own lock is held before that of the board, which most
     * runs never ask for: they show nothing.
     */
    final class Showing implements Consumer<String>, AutoCloseable {
        private final AgentName agent;
        private final Ticket ticket;
        private final int failures;
        /** Null before the first piece. */
        private @Nullable Shown shown;

        private boolean closed;

        private Showing(AgentName agent, Ticket ticket, int failures) {
            this.agent = agent;
            this.ticket = ticket;
            this.failures = failures;
        }

        /** Shows a piece; nothing happens when the run has ended. */
        @Override
        public void accept(String text) {
            if (text.isEmpty()) {
                return;
            }
            var attempt = append(text);
            if (attempt.isPresent()) {
                world.observer().previewed(agent.tenant(), agent.address(), ticket.id(), attempt.getAsInt(), text);
                changes.incrementAndGet(); // before it is asked who is armed: see Bell
                if (!watches.isEmpty()) {
                    watches.forEach(PreviewWatch::shown);
                }
            }
        }

        private synchronized OptionalInt append(String text) {
            if (closed) {
                return OptionalInt.empty();
            }
            synchronized (lock) {
                var mine = shown == null ? first() : shown;
                PreviewBoard.this.append(mine, text);
                return OptionalInt.of(mine.attempt());
            }
        }

        private Shown first() {
            var subject = Subject.of(ticket);
            var before = Optional.ofNullable(left.remove(subject))
                    .or(() -> Optional.ofNullable(done.remove(subject)).map(Done::shown));
            before.ifPresent(PreviewBoard.this::free);
            var fresh = new Shown(
                    agent,
                    life + ++runs,
                    Math.max(failures, before.map(Shown::attempt).orElse(0)) + 1);
            shown = fresh;
            running.put(subject, fresh);
            return fresh;
        }

        /** The run has ended, and its message may be run once more. */
        @Override
        public synchronized void close() {
            closed = true;
            if (shown == null) {
                return;
            }
            synchronized (lock) {
                if (running.remove(Subject.of(ticket), shown)) {
                    left.put(Subject.of(ticket), shown);
                    forgetEnded();
                }
            }
        }

        /** The message will not be run again: behind {@link #close}. */
        synchronized void done() {
            if (shown == null) {
                return;
            }
            var until = world.clock().instant().plus(DONE_FOR);
            synchronized (lock) {
                if (left.remove(Subject.of(ticket), shown)) {
                    done.put(Subject.of(ticket), new Done(shown, until));
                    forgetEnded();
                }
            }
        }
    }

    private void append(Shown to, String text) {
        int before = to.size();
        to.append(text);
        kept += to.size() - before;
        while (kept > most && !done.isEmpty()) {
            free(done.pollFirstEntry().getValue().shown());
        }
        while (kept > most && !left.isEmpty()) {
            free(left.pollFirstEntry().getValue());
        }
        if (kept > most) {
            int full = to.size();
            // a good part of it at once, or each piece would move all that is left
            to.forget(Math.clamp(kept - most, full / 4, full));
            kept += to.size() - full;
        }
    }

    private void free(Shown shown) {
        kept -= shown.size();
        shown.forget(shown.size());
    }

    private void forgetEnded() {
        while (left.size() > MOST_ENDED) {
            free(left.pollFirstEntry().getValue());
        }
        while (done.size() > MOST_ENDED) {
            free(done.pollFirstEntry().getValue().shown());
        }
    }

    /** Forgets what messages have shown that are done for a while. */
    void sweep() {
        var now = world.clock().instant();
        synchronized (lock) {
            while (!done.isEmpty() && !done.firstEntry().getValue().until().isAfter(now)) {
                free(done.pollFirstEntry().getValue().shown());
            }
        }
    }

    @Override
    public Optional<Preview> read(Tenant tenant, ReceiptId receipt, PreviewId after, int limit) {
        if (limit < LEAST_READ || limit > Shown.MOST) {
            throw new IllegalArgumentException(
                    "limit: " + limit + " (expected: " + LEAST_READ + " to " + Shown.MOST + ")");
        }
        var subject = Ticket.of(receipt).map(Subject::of);
        if (subject.isEmpty()) {
            return Optional.empty();
        }
        synchronized (lock) {
            var shown = find(subject.get());
            return shown == null || !shown.isOf(tenant) ? Optional.empty() : shown.read(after, limit);
        }
    }

    private @Nullable Shown find(Subject subject) {
        var now = running.get(subject);
        if (now != null) {
            return now;
        }
        var ended = done.get(subject);
        return ended == null ? left.get(subject) : ended.shown();
    }

    @Override
    public long changes() {
        return changes.get();
    }

    @Override
    public Watch watch(Runnable more) {
        var watch = new PreviewWatch(this, more, world.threads());
        watches.add(watch);
        return watch;
    }

    /** It is closed. */
    void forget(PreviewWatch watch) {
        watches.remove(watch);
    }
}
