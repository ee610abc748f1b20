package org.openclaw.agent.runtime.engine;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openclaw.message.Tenant;

/**
 * How much is on its way to the core: whoever sends without waiting must not fill the memory. A tenant may have as much on its way as
 * the others leave free, so one alone takes half of the room, and there is always some for one that comes later (dynamic thresholds,
 * Choudhury and Hahne 1998). Thread-safe.
 */
final class Arrivals {
    private final long most;
    private final long mostBytes;
    private final Map<Tenant, Load> tenants = new HashMap<>();
    private final Load all = new Load();

    /**
     * @param most how many messages one tenant alone may have on their way
     * @param mostBytes how many bytes
     */
    Arrivals(long most, long mostBytes) {
        this.most = 2 * most;
        this.mostBytes = 2 * mostBytes;
    }

    private static final class Load {
        private long messages;
        private long bytes;

        void add(long more, long size) {
            messages += more;
            bytes += size;
        }
    }

    /** Whether the tenant may have no other one on its way, however small. */
    synchronized boolean isFull(Tenant tenant) {
        return !fits(tenants.get(tenant), 0);
    }

    /** One more; false when it does not fit. */
    synchronized boolean take(Tenant tenant, long size) {
        if (!fits(tenants.get(tenant), size)) {
            return false;
        }
        tenants.computeIfAbsent(tenant, _ -> new Load()).add(1, size);
        all.add(1, size);
        return true;
    }

    private boolean fits(@Nullable Load own, long size) {
        long ownMessages = own == null ? 0 : own.messages;
        long ownBytes = own == null ? 0 : own.bytes;
        return ownMessages + 1 <= most - all.messages && ownBytes + size <= mostBytes - all.bytes;
    }

    /** One that was taken has arrived. */
    synchronized void give(Tenant tenant, long size) {
        all.add(-1, -size);
        tenants.computeIfPresent(tenant, (_, own) -> {
            own.add(-1, -size);
            return own.messages == 0 ? null : own;
        });
    }
}
