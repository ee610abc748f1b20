package org.openclaw.telemetry.health;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.openclaw.telemetry.EventSink;
import org.openclaw.telemetry.Events;
import org.openclaw.telemetry.Notice;
import org.openclaw.telemetry.RuntimeEvent;
import org.openclaw.telemetry.Severity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events to the sinks. Whoever publishes only puts an event into a bounded queue; one thread of its own calls the sinks,
 * a platform thread, since handlers that spin hold virtual threads up. So a slow sink costs the others time, and in the end
 * events, which are counted; it never costs a publisher anything.
 */
@Component(service = Events.class, immediate = true)
public final class EventRelay implements Events {
    private static final Logger LOG = LoggerFactory.getLogger(EventRelay.class);
    private static final int QUEUE = 1_024;
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(1);

    private final BlockingQueue<RuntimeEvent> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong dropped = new AtomicLong();
    private final InstantSource clock;
    private final Thread thread;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<EventSink> sinks = List.of();

    @Activate
    public EventRelay() {
        this(Clock.systemUTC());
    }

    EventRelay(InstantSource clock) {
        this.clock = clock;
        thread = Thread.ofPlatform()
                .name("openclaw-events")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .start(this::run);
    }

    /** For tests; Declarative Services sets the field. */
    EventRelay to(List<EventSink> others) {
        sinks = others;
        return this;
    }

    @Override
    public void publish(RuntimeEvent event) {
        if (!queue.offer(event)) {
            dropped.incrementAndGet();
        }
    }

    private void run() {
        try {
            while (true) {
                deliver(queue.take());
                long lost = dropped.getAndSet(0);
                if (lost > 0) {
                    deliver(droppedEvents(lost));
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private RuntimeEvent droppedEvents(long count) {
        return new Notice(
                clock.instant(),
                "events.dropped",
                "events",
                Severity.WARNING,
                count
                        + " events were dropped: they came faster than the listeners took them. The log names slow ones.");
    }

    private void deliver(RuntimeEvent event) {
        for (var sink : sinks) {
            long began = System.nanoTime();
            try {
                sink.accept(event);
            } catch (RuntimeException | LinkageError broken) {
                LOG.warn(
                        "The listener {} failed on the event {}; it goes on getting events.",
                        name(sink),
                        event,
                        broken);
            }
            var took = Duration.ofNanos(System.nanoTime() - began);
            if (took.compareTo(SLOW) > 0) {
                LOG.warn(
                        "The listener {} took {} ms for the event {} (expected: far less than {} ms, on a thread of its own if"
                                + " need be). All listeners wait for it.",
                        name(sink),
                        took.toMillis(),
                        event.kind(),
                        SLOW.toMillis());
            }
        }
    }

    private static String name(EventSink sink) {
        return sink.getClass().getName();
    }

    /** Takes no event anywhere any more. */
    @Deactivate
    void close() throws InterruptedException {
        thread.interrupt();
        thread.join(END);
    }
}
