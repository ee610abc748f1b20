package org.openclaw.telemetry.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.openclaw.telemetry.NodeStatus.History;
import org.openclaw.telemetry.NodeStatus.Interval;
import org.openclaw.telemetry.Vitals;

/** Remembers what the runtime did in the last minutes: somebody asks it to {@link #sample} at the interval. Thread-safe. */
final class Sampler {
    static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int SAMPLES = 60;
    private static final int MINUTE = 12;

    private final Supplier<Optional<Vitals>> vitals;
    private final Machine machine;
    private final InstantSource clock;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private Vitals.Reading last;
    private Instant until;

    Sampler(Supplier<Optional<Vitals>> vitals, Machine machine, InstantSource clock) {
        this.vitals = vitals;
        this.machine = machine;
        this.clock = clock;
        this.until = clock.instant();
        this.last = now(Vitals.Reading.ZERO);
    }

    private record Sample(Work work, Interval interval) {}

    /** The counters now; while there is no runtime, as they were. */
    private Vitals.Reading now(Vitals.Reading before) {
        return vitals.get().map(Vitals::read).orElse(before);
    }

    /** Takes a sample. */
    synchronized void sample() {
        var at = clock.instant();
        var reading = now(last);
        var work = Work.between(last, reading);
        double seconds = seconds(Duration.between(until, at));
        var interval = new Interval(
                work.accepted() / seconds,
                work.turns() / seconds,
                work.failed() / seconds,
                work.latencies().percentile(0.5),
                work.latencies().percentile(0.99),
                machine.heapUsed());
        // the histogram has done its work, and 60 of them would only take room
        samples.addLast(new Sample(work.withoutLatencies(), interval));
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
        last = reading;
        until = at;
    }

    /** A clock that was set back gives the interval that was meant. */
    private static double seconds(Duration passed) {
        return (passed.isPositive() ? passed : INTERVAL).toNanos() / 1e9;
    }

    synchronized History history() {
        return new History(
                INTERVAL, until, samples.stream().map(Sample::interval).toList());
    }

    /** What the runtime has done in the last minute, up to now. */
    synchronized Work lastMinute() {
        var sum = Work.between(last, now(last)).withoutLatencies();
        int left = MINUTE;
        for (var newest = samples.descendingIterator(); newest.hasNext() && left > 0; left--) {
            sum = sum.plus(newest.next().work());
        }
        return sum;
    }
}
