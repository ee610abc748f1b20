package org.openclaw.agent.runtime.engine;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the {@link Core}. Commands of one line are decided in the order in which they were submitted; between lines it is
 * fair: the node's own commands and those of tenants take turns, tenants share by their weights, and what comes in for a tenant takes
 * turns with what its turns have led to. So neither a tenant that is busy keeps others waiting, nor do messages that come in crowd out
 * the turns that make room for them. {@link #submit} is thread-safe, everything else belongs to the thread of the core.
 */
final class CommandQueue {
    private final Queue<Entry> submitted = new ConcurrentLinkedQueue<>();
    private final Shares shares;
    private final Queue<Core.Command> own = new ArrayDeque<>();
    private final Queue<Core.Command> last = new ArrayDeque<>();
    private final Map<String, TenantFlow> tenants = new HashMap<>();
    private final Flows<TenantFlow> flows = new Flows<>();
    private boolean ownIsNext = true;

    /** @param shares with the weights of tenants */
    CommandQueue(Shares shares) {
        this.shares = shares;
    }

    /** What a command is about. */
    enum Line {
        /** The node itself, or what operators want. */
        NODE,
        /** What comes in for a tenant. */
        DOOR,
        /** What the turns of a tenant have led to. */
        TURNS,
        /** The end: decided when nothing else waits. */
        LAST
    }

    private record Entry(Line line, String tenant, Core.Command command) {}

    private static final class TenantFlow extends Flows.Flow {
        private final Queue<Core.Command> door = new ArrayDeque<>();
        private final Queue<Core.Command> turns = new ArrayDeque<>();
        private boolean doorIsNext;

        TenantFlow(String name, int weight) {
            super(name, weight);
        }

        Queue<Core.Command> of(Line line) {
            return line == Line.DOOR ? door : turns;
        }

        Core.Command remove() {
            doorIsNext = turns.isEmpty() || (doorIsNext && !door.isEmpty());
            var from = doorIsNext ? door : turns;
            doorIsNext = !doorIsNext;
            return from.remove();
        }

        boolean isEmpty() {
            return door.isEmpty() && turns.isEmpty();
        }
    }

    /** @param tenant whose; any text for the node and the end */
    void submit(Line line, String tenant, Core.Command command) {
        submitted.add(new Entry(line, tenant, command));
    }

    /** Whether nothing was submitted that has not been seen by {@link #poll}, which leaves nothing behind when it finds nothing. */
    boolean isEmpty() {
        return submitted.isEmpty() && own.isEmpty() && tenants.isEmpty() && last.isEmpty();
    }

    /** Takes the next one; null when none waits. */
    Core.@Nullable Command poll() {
        sort();
        var tenant = flows.first();
        if (!own.isEmpty() && (ownIsNext || tenant == null)) {
            ownIsNext = false;
            return own.remove();
        }
        ownIsNext =
                true; // also before the first one: a timer that has fired comes before a message that came afterwards
        return tenant == null ? last.poll() : take(tenant);
    }

    private void sort() {
        for (var entry = submitted.poll(); entry != null; entry = submitted.poll()) {
            switch (entry.line) {
                case NODE -> own.add(entry.command);
                case DOOR, TURNS -> add(entry);
                case LAST -> last.add(entry.command);
            }
        }
    }

    private void add(Entry entry) {
        var tenant = tenants.get(entry.tenant);
        if (tenant == null) {
            tenant = new TenantFlow(entry.tenant, shares.tenant(entry.tenant).weight());
            tenants.put(entry.tenant, tenant);
            flows.add(tenant);
        }
        tenant.of(entry.line).add(entry.command);
    }

    private Core.Command take(TenantFlow tenant) {
        var next = tenant.remove();
        boolean more = !tenant.isEmpty();
        flows.served(tenant, more);
        if (!more) {
            tenants.remove(tenant.name);
        }
        return next;
    }
}
