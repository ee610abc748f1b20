package org.openclaw.itest.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an agent of the simulation remembers.
 *
 * @param last the last number of each sender
 * @param sent how many it has sent to each other agent
 * @param timers how many timers it has set
 * @param ticks how many of them have fired
 * @param violations numbers that were not the next one
 */
public record LedgerState(
        Map<String, Long> last, Map<String, Long> sent, long timers, long ticks, List<String> violations) {
    static final LedgerState EMPTY = new LedgerState(Map.of(), Map.of(), 0, 0, List.of());

    LedgerState received(String from, long number) {
        var next = new TreeMap<>(last);
        long before = next.getOrDefault(from, 0L);
        var wrong = new ArrayList<>(violations);
        if (number != before + 1) {
            wrong.add("%s sent %d after %d".formatted(from, number, before));
        }
        next.put(from, Math.max(before, number));
        return new LedgerState(next, sent, timers, ticks, List.copyOf(wrong));
    }

    LedgerState passed(String to) {
        var next = new TreeMap<>(sent);
        next.merge(to, 1L, Long::sum);
        return new LedgerState(last, next, timers, ticks, violations);
    }

    LedgerState timed() {
        return new LedgerState(last, sent, timers + 1, ticks, violations);
    }

    LedgerState ticked() {
        return new LedgerState(last, sent, timers, ticks + 1, violations);
    }
}
