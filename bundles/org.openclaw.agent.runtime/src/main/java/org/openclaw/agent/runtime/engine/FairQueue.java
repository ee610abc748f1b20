package org.openclaw.agent.runtime.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Turns that may begin, taken fairly: between tenants, and between the types of one tenant, by their weights; of one type of one
 * tenant that comes first whose message has waited longest. Not thread-safe.
 *
 * <p>This is start-time fair queueing (Goyal, Vin and Cheng, 1996) on two levels, with a turn as the unit. Each flow has a tag, the
 * work that it would have got by now for its weight; the one with the least tag is next, and its tag grows by one turn over its weight.
 * One that comes anew begins at the tag of the one that was served last, or at its own if that is ahead: it neither has to wait for
 * what others had before it came, nor is it owed anything. So how long the queue of one flow is does not matter to the others.
 *
 * <p>A flow that has as many turns under way as it may is left out until one of them has ended; so is a tenant.
 */
final class FairQueue {
    private static final int MOST_AHEAD = 1_000;
    private static final Comparator<Flow> ORDER =
            Comparator.<Flow>comparingDouble(flow -> flow.tag).thenComparingLong(flow -> flow.serial);

    private final Shares shares;
    private final Map<String, Tenant> tenants = new HashMap<>();
    private final Level<Tenant> all = new Level<>();
    /** How many turns are under way, of those whose number is bound. */
    private final Map<String, Integer> tenantTurns = new HashMap<>();

    private final Map<String, Integer> typeTurns = new HashMap<>();
    private long serials;
    private int size;

    FairQueue(Shares shares) {
        this.shares = shares;
    }

    /** Something that is served by its weight. */
    private abstract static class Flow {
        final String name;
        final long serial;
        final int weight;
        double tag;
        boolean held;

        Flow(String name, long serial, int weight, double tag) {
            this.name = name;
            this.serial = serial;
            this.weight = weight;
            this.tag = tag;
        }
    }

    /** Flows that share something. */
    private static final class Level<F extends Flow> {
        private final PriorityQueue<F> ready = new PriorityQueue<>(ORDER);
        /** Those that have as many turns under way as they may. */
        private final List<F> held = new ArrayList<>();

        /** What those that have nothing more are ahead of, for as long as they are. */
        private final Map<String, Double> ahead = new HashMap<>();

        private double now;

        /** With which tag one begins that comes anew. */
        double begin(String name) {
            var tag = ahead.remove(name);
            return tag == null ? now : Math.max(now, tag);
        }

        void add(F flow) {
            ready.add(flow);
        }

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

        /** The first one cannot be served at present. */
        void hold(F flow) {
            ready.remove();
            flow.held = true;
            held.add(flow);
        }

        void release(String name) {
            held.removeIf(flow -> {
                if (!flow.name.equals(name)) {
                    return false;
                }
                flow.held = false;
                flow.tag = Math.max(flow.tag, now);
                ready.add(flow);
                return true;
            });
        }
    }

    private static final class Tenant extends Flow {
        private final Map<String, Type> types = new HashMap<>();
        private final Level<Type> level = new Level<>();

        Tenant(String name, long serial, int weight, double tag) {
            super(name, serial, weight, tag);
        }
    }

    private static final class Type extends Flow {
        private final PriorityQueue<Job> jobs = new PriorityQueue<>(Comparator.comparingLong(Job::number));

        Type(String name, long serial, int weight, double tag) {
            super(name, serial, weight, tag);
        }
    }

    /** How many wait. */
    int size() {
        return size;
    }

    void add(Job job) {
        var name = job.cell().name();
        var tenant = tenants.get(name.tenant().name());
        if (tenant == null) {
            var key = name.tenant().name();
            tenant = new Tenant(key, serials++, shares.tenantWeights().getOrDefault(key, 1), all.begin(key));
            tenants.put(key, tenant);
            all.add(tenant);
        }
        var key = name.address().type();
        var type = tenant.types.get(key);
        if (type == null) {
            type = new Type(key, serials++, shares.typeWeights().getOrDefault(key, 1), tenant.level.begin(key));
            tenant.types.put(key, type);
            tenant.level.add(type);
        }
        type.jobs.add(job);
        size++;
        if (tenant.held && tenant.level.first() != null) {
            all.release(tenant.name); // looked at once more: it may have been held for its types
        }
    }

    /** Takes the next one; null when none may begin. It is under way then, until {@link #ended}. */
    @Nullable
    Job poll() {
        for (var tenant = all.first(); tenant != null; tenant = all.first()) {
            var type = isFull(tenant.name, shares.tenantTurns(), tenantTurns) ? null : firstOf(tenant);
            if (type != null) {
                return take(tenant, type);
            }
            all.hold(tenant);
        }
        return null;
    }

    /** The type that is next; null when each of them has as many turns under way as it may. */
    private @Nullable Type firstOf(Tenant tenant) {
        for (var type = tenant.level.first(); type != null; type = tenant.level.first()) {
            if (!isFull(type.name, shares.typeTurns(), typeTurns)) {
                return type;
            }
            tenant.level.hold(type);
        }
        return null;
    }

    private static boolean isFull(String name, Map<String, Integer> bounds, Map<String, Integer> turns) {
        var most = bounds.isEmpty() ? null : bounds.get(name);
        return most != null && turns.getOrDefault(name, 0) >= most;
    }

    private Job take(Tenant tenant, Type type) {
        var job = type.jobs.remove();
        size--;
        begun(tenant.name, shares.tenantTurns(), tenantTurns);
        begun(type.name, shares.typeTurns(), typeTurns);
        boolean more = !type.jobs.isEmpty();
        tenant.level.served(type, more);
        if (!more) {
            tenant.types.remove(type.name);
        }
        all.served(tenant, !tenant.types.isEmpty());
        if (tenant.types.isEmpty()) {
            tenants.remove(tenant.name);
        }
        return job;
    }

    private static void begun(String name, Map<String, Integer> bounds, Map<String, Integer> turns) {
        if (bounds.containsKey(name)) {
            turns.merge(name, 1, Integer::sum);
        }
    }

    /** A turn that was taken is over, or was taken back. */
    void ended(Job job) {
        var name = job.cell().name();
        if (over(name.address().type(), shares.typeTurns(), typeTurns)) {
            for (var tenant : tenants.values()) {
                tenant.level.release(name.address().type());
                if (tenant.held && tenant.level.first() != null) {
                    all.release(tenant.name);
                }
            }
        }
        if (over(name.tenant().name(), shares.tenantTurns(), tenantTurns)) {
            all.release(name.tenant().name());
        }
    }

    /** Whether its number is bound. */
    private static boolean over(String name, Map<String, Integer> bounds, Map<String, Integer> turns) {
        if (bounds.isEmpty() || !bounds.containsKey(name)) {
            return false;
        }
        turns.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1);
        return true;
    }

    /** Nothing waits any more. */
    void clear() {
        tenants.clear();
        all.ahead.clear();
        all.ready.clear();
        all.held.clear();
        size = 0;
    }
}
