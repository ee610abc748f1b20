package org.openclaw.gateway.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    private final EventLoop loop;
    /** Whether a round is about to begin. */
    private final AtomicBoolean scheduled = new AtomicBoolean();

    private volatile boolean closed;
    /** For the thread of the loop, as all below. */
    private final Set<EventStream> open = new LinkedHashSet<>();

    private final Map<EventSource, EventSource.Bell> bells = new LinkedHashMap<>();
    private boolean ticks;

    EventStreams(int most, EventLoop loop) {
        this.most = most;
        free = new Semaphore(most);
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
        bells.computeIfAbsent(stream.feed().source(), source -> source.watch(this::schedule));
        stream.feed().begin(this::schedule);
        if (!ticks) {
            ticks = true;
            loop.after(TICK, this::tick);
        }
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            loop.run(this::round);
        }
    }

    private void round() {
        scheduled.set(false);
        if (bells.isEmpty()) {
            return;
        }
        // whoever is through has seen at least that
        bells.values().forEach(EventSource.Bell::look);
        long began = loop.nanos();
        boolean more = false;
        for (var stream : open) {
            more |= stream.advance(began);
        }
        sweep();
        long rest = Math.max(loop.nanos() - began, open.size() * REST_PER_STREAM);
        Runnable next = more ? this::schedule : this::arm;
        if (rest < LEAST_REST) {
            next.run();
        } else {
            loop.after(Duration.ofNanos(rest), next);
        }
    }

    private void arm() {
        bells.values().forEach(EventSource.Bell::arm);
    }

    /** Forgets those that have ended, and hears no more of what nobody reads. */
    private void sweep() {
        boolean any = open.removeIf(stream -> {
            if (stream.isEnded()) {
                free.release();
            }
            return stream.isEnded();
        });
        if (any) {
            var read = open.stream().map(stream -> stream.feed().source()).collect(Collectors.toSet());
            bells.entrySet().removeIf(each -> {
                boolean unread = !read.contains(each.getKey());
                if (unread) {
                    each.getValue().close();
                }
                return unread;
            });
        }
    }

    private void tick() {
        long now = loop.nanos();
        for (var stream : open) {
            if (!stream.feed().source().isThere()) {
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
