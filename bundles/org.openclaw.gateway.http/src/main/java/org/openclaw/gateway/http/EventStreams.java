package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.AgentEvents;

/**
 * The streams that are open: bounded in number, without a thread of their own. One loop goes round them when there are events, and
 * when a client takes something again that did not. Between two rounds it rests as long as a round takes, and longer with many
 * streams: under load a round finds more, and not more rounds. Thread-safe.
 */
final class EventStreams {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long REST_PER_STREAM = Duration.ofNanos(20_000).toNanos();
    private static final long LEAST_REST = Duration.ofMillis(1).toNanos();
    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    private final int most;
    private final Semaphore free;
    private final Supplier<Optional<AgentEvents>> events;
    private final EventLoop loop;
    /** Whether a round is about to begin. */
    private final AtomicBoolean scheduled = new AtomicBoolean();

    private volatile boolean closed;
    /** For the thread of the loop, as all below. */
    private final Set<EventStream> open = new LinkedHashSet<>();

    private boolean ticks;
    private AgentEvents.@Nullable Watch watch;
    private @Nullable AgentEvents watched;

    /** @param events what is there at present */
    EventStreams(int most, Supplier<Optional<AgentEvents>> events, EventLoop loop) {
        this.most = most;
        free = new Semaphore(most);
        this.events = events;
        this.loop = loop;
    }

    /**
     * Opens a stream.
     *
     * @param outlet makes its outlet, for this listener
     * @param allowed whether the reader may still read; asked now and again
     * @return why it cannot be opened; empty when it is
     */
    Optional<Problem> open(
            EventFeed feed, Function<EventOutlet.Listener, EventOutlet> outlet, BooleanSupplier allowed) {
        if (closed) {
            return Optional.of(Problem.unavailable("The HTTP API"));
        }
        if (!free.tryAcquire()) {
            return Optional.of(Problem.of(
                            503,
                            "streams.full",
                            "There are too many open event streams (expected: at most " + most
                                    + "). Close some, or raise streams.max of org.openclaw.gateway.http.")
                    .retryAfter(COME_AGAIN));
        }
        var stream = new Opening(feed, allowed);
        try {
            stream.begin(outlet.apply(stream));
        } catch (RuntimeException broken) {
            free.release();
            throw broken;
        }
        return Optional.empty();
    }

    /** A stream and what its outlet says of it, which may come before all else is done. */
    private final class Opening implements EventOutlet.Listener {
        private final EventFeed feed;
        private final BooleanSupplier allowed;
        /** For the thread of the loop. */
        private @Nullable EventStream stream;

        Opening(EventFeed feed, BooleanSupplier allowed) {
            this.feed = feed;
            this.allowed = allowed;
        }

        void begin(EventOutlet outlet) {
            loop.run(() -> {
                var fresh = new EventStream(feed, outlet, allowed, loop.nanos());
                stream = fresh;
                add(fresh);
            });
            if (closed) { // perhaps before the loop knew of it
                outlet.close();
            }
        }

        @Override
        public void writable() {
            schedule();
        }

        @Override
        public void gone() {
            loop.run(() -> {
                var known = stream;
                if (known != null) {
                    known.end();
                    sweep();
                }
            });
        }
    }

    private void add(EventStream stream) {
        open.add(stream);
        if (closed) {
            endAll();
            return;
        }
        watch(stream.feed().source());
        if (!ticks) {
            ticks = true;
            loop.after(TICK, this::tick);
        }
        schedule();
    }

    /** Hears of events there; what is read elsewhere has nobody who tells it any more. */
    private void watch(AgentEvents source) {
        if (!source.equals(watched)) {
            unwatch();
            watched = source;
            watch = source.watch(this::schedule);
        }
    }

    private void unwatch() {
        var old = watch;
        if (old != null) {
            old.close();
        }
        watch = null;
        watched = null;
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            loop.run(this::round);
        }
    }

    private void round() {
        scheduled.set(false);
        var source = watched;
        var bell = watch;
        if (source == null || bell == null) {
            return;
        }
        // whoever is through has seen at least that
        var seen = source.newest();
        long began = loop.nanos();
        boolean more = false;
        for (var stream : open) {
            more |= stream.advance(began);
        }
        sweep();
        long rest = Math.max(loop.nanos() - began, open.size() * REST_PER_STREAM);
        Runnable next = more ? this::schedule : () -> bell.arm(seen);
        if (rest < LEAST_REST) {
            next.run();
        } else {
            loop.after(Duration.ofNanos(rest), next);
        }
    }

    /** Forgets those that have ended. */
    private void sweep() {
        open.removeIf(stream -> {
            if (stream.isEnded()) {
                free.release();
            }
            return stream.isEnded();
        });
        if (open.isEmpty()) {
            unwatch();
        }
    }

    private void tick() {
        var present = events.get();
        long now = loop.nanos();
        for (var stream : open) {
            if (present.filter(stream.feed().source()::equals).isEmpty()) {
                stream.end(); // the runtime has gone: the client comes again, and hears from the next one
            } else {
                stream.look(now);
            }
        }
        sweep();
        ticks = !open.isEmpty() && !closed;
        if (ticks) {
            loop.after(TICK, this::tick);
        }
    }

    private void endAll() {
        open.forEach(EventStream::end);
        sweep();
    }

    /** Ends all streams, and opens none from now on. */
    void close() {
        closed = true;
        loop.run(this::endAll);
        loop.close();
    }
}
