package org.openclaw.agent.runtime.capability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.openclaw.capability.CapabilityCall;
import org.openclaw.capability.CapabilityView;
import org.openclaw.telemetry.Latencies;

/**
 * What became of the calls of one capability: the latest of them, in a ring that forgets the oldest, and counters of all. Holds
 * text and numbers only, so that no provider stays in memory because of it. Thread-safe, without a lock.
 */
final class CallLog {
    private static final int REMEMBERED = 100;

    private final AtomicReferenceArray<CapabilityCall> ring = new AtomicReferenceArray<>(REMEMBERED);
    private final AtomicLong count = new AtomicLong();
    private final LongAdder failures = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private final LongAdder running = new LongAdder();
    private final Latencies.Recorder latencies = new Latencies.Recorder();

    /** A provider is called. */
    void entered() {
        running.increment();
    }

    /** The call of a provider has ended. */
    void left(boolean timedOut) {
        running.decrement();
        if (timedOut) {
            timeouts.increment();
        }
    }

    /** A call has ended. */
    void add(CapabilityCall call, Outcome outcome) {
        ring.setRelease(index(count.getAndIncrement()), call);
        if (call.attempts() > 0) {
            latencies.record(call.took());
        }
        if (call.attempts() > 1) {
            retries.add(call.attempts() - 1L);
        }
        switch (outcome) {
            case Outcome.Returned _ -> {}
            case Outcome.Refused _ -> refused.increment();
            case Outcome.Failed _ -> failures.increment();
        }
    }

    /** The latest, newest first. */
    List<CapabilityCall> recent(int limit) {
        var found = new ArrayList<CapabilityCall>();
        long newest = count.get() - 1;
        long oldest = Math.max(0, newest - REMEMBERED + 1);
        for (long next = newest; next >= oldest && found.size() < limit; next--) {
            var call = ring.getAcquire(index(next));
            if (call != null) {
                found.add(call);
            }
        }
        return List.copyOf(found);
    }

    private static int index(long number) {
        return (int) (number % REMEMBERED);
    }

    CapabilityView.Counts counts(int waiting) {
        return new CapabilityView.Counts(
                count.get(), failures.sum(), refused.sum(), retries.sum(), timeouts.sum(), running.sum(), waiting);
    }

    Optional<Duration> percentile(double share) {
        return latencies.read().percentile(share);
    }
}
