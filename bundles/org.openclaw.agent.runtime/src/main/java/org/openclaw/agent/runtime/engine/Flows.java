package org.openclaw.agent.runtime.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Flows that share something by their weights. Not thread-safe.
 *
 * <p>This is start-time fair queueing (Goyal, Vin and Cheng, 1996) with one piece of work as the unit. Each flow has a tag, the work
 * that it would have got by now for its weight; the one with the least tag is next, and its tag grows by one over its weight. One that
 * comes anew begins at the tag of the one that was served last, or at its own if that is ahead: it neither has to wait for what others
 * had before it came, nor is it owed anything. So how long the queue of one flow is does not matter to the others.
 */
final class Flows<F extends Flows.Flow> {
    private static final int MOST_AHEAD = 1_000;
    private static final Comparator<Flow> ORDER =
            Comparator.<Flow>comparingDouble(flow -> flow.tag).thenComparingLong(flow -> flow.serial);

    private final PriorityQueue<F> ready = new PriorityQueue<>(ORDER);
    /** Those that cannot be served at present. */
    private final Map<String, F> held = new LinkedHashMap<>();
    /** What those that have nothing more are ahead of, for as long as they are. */
    private final Map<String, Double> ahead = new HashMap<>();

    private double now;
    private long serials;

    /** Something that is served by its weight. */
    abstract static class Flow {
        final String name;
        final int weight;
        long serial;
        double tag;
        boolean held;

        Flow(String name, int weight) {
            this.name = name;
            this.weight = weight;
        }
    }

    /** A flow has something again. */
    void add(F flow) {
        var tag = ahead.remove(flow.name);
        flow.tag = tag == null ? now : Math.max(now, tag);
        flow.serial = serials++;
        ready.add(flow);
    }

    /** The one that is next; null when none has anything, or each is held. */
    @Nullable
    F first() {
        return ready.peek();
    }

    /** The first one has been served; whether it has more. */
    void served(F flow, boolean more) {
        ready.remove();
        now = flow.tag;
        flow.tag += 1.0 / flow.weight;
        if (more) {
            ready.add(flow);
        } else {
            ahead.put(flow.name, flow.tag);
            if (ahead.size() > MOST_AHEAD) {
                ahead.values().removeIf(tag -> tag <= now);
            }
        }
    }

    /** The first one cannot be served until it is released. */
    void hold(F flow) {
        ready.remove();
        flow.held = true;
        held.put(flow.name, flow);
    }

    /** If one of this name is held, it may be served again. */
    void release(String name) {
        var flow = held.remove(name);
        if (flow != null) {
            flow.held = false;
            flow.tag = Math.max(flow.tag, now);
            ready.add(flow);
        }
    }

    /** A flow has nothing more, although it was not served. */
    void remove(F flow) {
        if (held.remove(flow.name) == null) {
            ready.remove(flow);
        }
        flow.held = false;
    }

    void clear() {
        ready.clear();
        held.clear();
        ahead.clear();
    }
}
