package org.openclaw.telemetry.health;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openclaw.telemetry.RuntimeEvent;

/**
 * The latest events. When it is full, the oldest of the kind that has most of them is forgotten: an agent that fails all the
 * time does not push out the one event that says why. Thread-safe.
 */
final class EventLog {
    static final int SIZE = 100;

    private final Deque<RuntimeEvent> events = new ArrayDeque<>();

    synchronized void add(RuntimeEvent event) {
        events.addLast(event);
        if (events.size() > SIZE) {
            forgetOne();
        }
    }

    private void forgetOne() {
        var counts = events.stream()
                .map(RuntimeEvent::kind)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        var most = counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
        var oldest = events.stream()
                .filter(event -> event.kind().equals(most))
                .findFirst()
                .orElseThrow();
        events.removeFirstOccurrence(oldest);
    }

    /** Newest first. */
    synchronized List<RuntimeEvent> newestFirst() {
        var copy = new ArrayList<>(events);
        // by time: events of several threads may arrive a little out of order
        copy.sort(Comparator.comparing(RuntimeEvent::at));
        return copy.reversed();
    }
}
