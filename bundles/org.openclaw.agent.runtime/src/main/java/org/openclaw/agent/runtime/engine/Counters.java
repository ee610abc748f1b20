package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openclaw.message.Refusal;
import org.openclaw.telemetry.Latencies;
import org.openclaw.telemetry.Vitals;

/** What the engine counts, on the way of every message. Thread-safe, without a lock. */
final class Counters {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder full = new LongAdder();
    private final LongAdder turns = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder queries = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder running = new LongAdder();
    private final Latencies.Recorder latencies = new Latencies.Recorder();

    /** A message is on its way into an inbox. */
    void accepted() {
        accepted.increment();
    }

    /** The door has said no. */
    void refused(Refusal refusal) {
        refused.increment();
        if (Refusals.isFull(refusal)) {
            full.increment();
        }
    }

    /** A turn is under way. */
    void began() {
        running.increment();
    }

    /** It is under way no longer, however it ended. */
    void ended() {
        running.decrement();
    }

    /** @param micros from the acceptance of the message to now */
    void committed(long micros) {
        turns.increment();
        latencies.record(Duration.of(micros, ChronoUnit.MICROS));
    }

    /** @param micros from the acceptance of the message to now */
    void failed(long micros) {
        failed.increment();
        latencies.record(Duration.of(micros, ChronoUnit.MICROS));
    }

    void queried() {
        queries.increment();
    }

    /** A message was not worth its turn any more. */
    void expired() {
        expired.increment();
    }

    /** @param taken the messages that have room on the node: they wait, or their turn is under way */
    Vitals.Reading read(long taken) {
        long now = Math.max(0, running.sum());
        return new Vitals.Reading(
                accepted.sum(),
                refused.sum(),
                full.sum(),
                turns.sum(),
                failed.sum(),
                queries.sum(),
                expired.sum(),
                Math.max(0, taken - now),
                now,
                latencies.read());
    }
}
