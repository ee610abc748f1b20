package org.openclaw.bench.peers;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a round measured.
 *
 * @param operations how many ended in it
 * @param perSecond how many a second, the median of the seconds
 * @param p50Micros the latency that half of them did not exceed
 * @param p99Micros the latency that 99 of 100 did not exceed
 * @param cpuMicros the CPU time that one took, of all processes that have a part in it
 */
public record PeerRound(long operations, double perSecond, double p50Micros, double p99Micros, double cpuMicros) {
    /** Reads {@code round operations=4711 perSecond=...}. */
    static PeerRound parsed(String line) throws IOException {
        var values = new HashMap<String, Double>();
        try {
            for (var word : line.split(" ", -1)) {
                int equals = word.indexOf('=');
                if (equals > 0) {
                    values.put(word.substring(0, equals), Double.valueOf(word.substring(equals + 1)));
                }
            }
            return new PeerRound(
                    (long) value(values, "operations"),
                    value(values, "perSecond"),
                    value(values, "p50Micros"),
                    value(values, "p99Micros"),
                    value(values, "cpuMicros"));
        } catch (IllegalArgumentException unreadable) {
            throw new IOException("The peer said '" + line + "' (expected: the figures of a round)", unreadable);
        }
    }

    private static double value(Map<String, Double> values, String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    @Override
    public String toString() {
        return "%,.0f/s   p50 %.1f ms   p99 %.1f ms   CPU %.1f us"
                .formatted(perSecond, p50Micros / 1e3, p99Micros / 1e3, cpuMicros);
    }
}
