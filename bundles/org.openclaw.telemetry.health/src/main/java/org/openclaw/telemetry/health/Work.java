package org.openclaw.telemetry.health;

import org.openclaw.telemetry.Latencies;
import org.openclaw.telemetry.Vitals;

/**
 * What a runtime has done between two readings.
 *
 * @param accepted messages
 * @param full messages refused because a queue was full
 * @param turns turns committed
 * @param failed turns that failed
 * @param latencies of the turns that ended
 */
record Work(long accepted, long full, long turns, long failed, Latencies latencies) {
    static Work between(Vitals.Reading before, Vitals.Reading now) {
        return new Work(
                grown(before.accepted(), now.accepted()),
                grown(before.full(), now.full()),
                grown(before.turns(), now.turns()),
                grown(before.failed(), now.failed()),
                now.latencies().since(before.latencies()));
    }

    /** A counter that is less than it was has begun anew. */
    private static long grown(long before, long now) {
        return now >= before ? now - before : now;
    }

    Work withoutLatencies() {
        return new Work(accepted, full, turns, failed, Latencies.NONE);
    }

    Work plus(Work other) {
        return new Work(
                accepted + other.accepted,
                full + other.full,
                turns + other.turns,
                failed + other.failed,
                Latencies.NONE);
    }
}
