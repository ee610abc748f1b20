package org.openclaw.bench.peers.pekko;

import java.util.Locale;

/**
 * What a round measured.
 *
 * @param commands how many were answered
 * @param perSecond how many a second, the median of the seconds
 * @param p50Micros the latency that half of them did not exceed
 * @param p99Micros the latency that 99 of 100 did not exceed
 * @param cpuMicros the CPU time of one, of all processes together
 */
record Round(long commands, long perSecond, long p50Micros, long p99Micros, double cpuMicros) {
    /** The line that whoever started the process reads. */
    String line() {
        return String.format(
                Locale.ROOT,
                "round operations=%d perSecond=%d p50Micros=%d p99Micros=%d cpuMicros=%.2f",
                commands,
                perSecond,
                p50Micros,
                p99Micros,
                cpuMicros);
    }
}
