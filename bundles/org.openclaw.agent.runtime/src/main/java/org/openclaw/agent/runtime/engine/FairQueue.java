package org.openclaw.agent.runtime.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.TurnLimits;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;

/**
 * Turns that may begin, taken fairly: between tenants, and between the types of one tenant, by their weights; of one type of one
 * tenant that comes first which is due first (see {@link Urgency}), and of those the one that was accepted first. So a message without
 * patience goes before others, and none starves: what has waited for longer than the greatest patience is due before all that comes.
 * There is one turn of an agent at a time here, so the order of its inbox stays as it is. Not thread-safe.
 *
 * <p>The turns of a tenant whose {@link Gate} is full or closed are left out until one of them has ended or time has passed; so are
 * those of a type.
 */
final class FairQueue {
    /** How many tenants and types are remembered that have nothing to do. */
    private static final int MOST_IDLE = 1_000;

    private static final int MOST_WAITERS = 10;

    private final Shares shares;
    private final LongSupplier nanos;
    private final Map<String, TenantFlow> tenants = new HashMap<>();
    private final Flows<TenantFlow> flows = new Flows<>();
    private final Map<String, Gate> tenantGates = new LinkedHashMap<>();
    private final Map<String, Gate> typeGates = new LinkedHashMap<>();
    /** Those that are held because their turns may not begin yet. */
    private final Map<String, Gate> closedTenants = new LinkedHashMap<>();

    private final Map<String, Gate> closedTypes = new LinkedHashMap<>();
    private int size;

    /** @param nanos a clock that goes on evenly */
    FairQueue(Shares shares, LongSupplier nanos) {
        this.shares = shares;
        this.nanos = nanos;
    }

    private static final class TenantFlow extends Flows.Flow {
        private final Gate gate;
        private final Map<String, TypeFlow> types = new HashMap<>();
        private final Flows<TypeFlow> flows = new Flows<>();

        TenantFlow(String name, int weight, Gate gate) {
            super(name, weight);
            this.gate = gate;
        }
    }

    private static final class TypeFlow extends Flows.Flow {
        private final Gate gate;
        private final NavigableSet<Job> jobs =
                new TreeSet<>(Comparator.comparingLong(Job::due).thenComparingLong(Job::number));

        TypeFlow(String name, int weight, Gate gate) {
            super(name, weight);
            this.gate = gate;
        }
    }

    /** How many wait. */
    int size() {
        return size;
    }

    void add(Job job) {
        var name = job.cell().name();
        var tenant = tenant(name.tenant().name());
        var type = type(tenant, name.address().type());
        type.jobs.add(job);
        tenant.gate.entered();
        type.gate.entered();
        size++;
        if (tenant.held && tenant.flows.first() != null) {
            flows.release(tenant.name); // looked at once more: it may have been held for its types
        }
    }

    private TenantFlow tenant(String name) {
        var known = tenants.get(name);
        if (known != null) {
            return known;
        }
        var flow = new TenantFlow(name, shares.tenant(name).weight(), gate(name, shares.tenant(name), tenantGates));
        tenants.put(name, flow);
        flows.add(flow);
        return flow;
    }

    private TypeFlow type(TenantFlow of, String name) {
        var known = of.types.get(name);
        if (known != null) {
            return known;
        }
        var flow = new TypeFlow(name, shares.type(name).weight(), gate(name, shares.type(name), typeGates));
        of.types.put(name, flow);
        of.flows.add(flow);
        return flow;
    }

    private Gate gate(String name, Shares.Share share, Map<String, Gate> gates) {
        var known = gates.get(name);
        if (known != null) {
            return known;
        }
        if (gates.size() > MOST_IDLE) {
            gates.values().removeIf(gate -> gate.isIdle() && gate.closedFor(nanos.getAsLong()) <= 0);
        }
        var gate = new Gate(share.turns(), share.perSecond(), nanos.getAsLong());
        gates.put(name, gate);
        return gate;
    }

    /** Takes the next one; null when none may begin. It is under way then, until {@link #ended}. */
    @Nullable
    Job poll() {
        var tenant = next();
        if (tenant == null) {
            return null;
        }
        var type = tenant.flows.first();
        return type == null ? null : take(tenant, type);
    }

    /** The tenant that is next, and may begin a turn of its type that is next. */
    private @Nullable TenantFlow next() {
        open();
        for (var tenant = flows.first(); tenant != null; tenant = flows.first()) {
            if (!isHeld(tenant.name, tenant.gate, closedTenants) && hasType(tenant)) {
                return tenant;
            }
            flows.hold(tenant);
        }
        return null;
    }

    private boolean hasType(TenantFlow tenant) {
        for (var type = tenant.flows.first(); type != null; type = tenant.flows.first()) {
            if (!isHeld(type.name, type.gate, closedTypes)) {
                return true;
            }
            tenant.flows.hold(type);
        }
        return false;
    }

    private boolean isHeld(String name, Gate gate, Map<String, Gate> closed) {
        if (gate.isFull()) {
            return true;
        }
        boolean waits = gate.closedFor(nanos.getAsLong()) > 0;
        if (waits) {
            closed.put(name, gate);
        }
        return waits;
    }

    private Job take(TenantFlow tenant, TypeFlow type) {
        var job = type.jobs.removeFirst();
        size--;
        long now = nanos.getAsLong();
        tenant.gate.begun(now);
        type.gate.begun(now);
        boolean more = !type.jobs.isEmpty();
        tenant.flows.served(type, more);
        if (!more) {
            tenant.types.remove(type.name);
        }
        flows.served(tenant, !tenant.types.isEmpty());
        if (tenant.types.isEmpty()) {
            tenants.remove(tenant.name);
        }
        return job;
    }

    /** Takes one back; false when it does not wait. */
    boolean remove(Job job) {
        var name = job.cell().name();
        var tenant = tenants.get(name.tenant().name());
        var type = tenant == null ? null : tenant.types.get(name.address().type());
        if (tenant == null || type == null || !type.jobs.remove(job)) {
            return false;
        }
        size--;
        tenant.gate.left();
        type.gate.left();
        if (type.jobs.isEmpty()) {
            tenant.types.remove(type.name);
            tenant.flows.remove(type);
        }
        if (tenant.types.isEmpty()) {
            tenants.remove(tenant.name);
            flows.remove(tenant);
        }
        return true;
    }

    /**
     * A turn that was taken is over.
     *
     * @param ran whether it was one, or could not begin, and counts for no bound of turns a second
     */
    void ended(Job job, boolean ran) {
        var name = job.cell().name();
        if (ended(name.address().type(), typeGates, ran)) {
            releaseType(name.address().type());
        }
        if (ended(name.tenant().name(), tenantGates, ran)) {
            flows.release(name.tenant().name());
        }
    }

    /** Whether others may begin now that could not. */
    private static boolean ended(String name, Map<String, Gate> gates, boolean ran) {
        var gate = gates.get(name);
        boolean full = gate != null && gate.isFull();
        if (gate != null) {
            gate.ended(ran);
        }
        return full || !ran;
    }

    private void releaseType(String name) {
        for (var tenant : tenants.values()) {
            tenant.flows.release(name);
            if (tenant.held && tenant.flows.first() != null) {
                flows.release(tenant.name);
            }
        }
    }

    /** Lets those go on whose time has come. */
    private void open() {
        if (closedTenants.isEmpty() && closedTypes.isEmpty()) {
            return;
        }
        long now = nanos.getAsLong();
        opened(closedTypes, now).forEach(this::releaseType);
        opened(closedTenants, now).forEach(flows::release);
    }

    private static List<String> opened(Map<String, Gate> closed, long now) {
        var opened = new ArrayList<String>();
        for (Iterator<Map.Entry<String, Gate>> each = closed.entrySet().iterator(); each.hasNext(); ) {
            var next = each.next();
            if (next.getValue().closedFor(now) <= 0) {
                opened.add(next.getKey());
                each.remove();
            }
        }
        return opened;
    }

    /** How long until one may begin that may not yet; empty when none waits for that. */
    Optional<Duration> opensIn() {
        long now = nanos.getAsLong();
        return Stream.concat(closedTenants.values().stream(), closedTypes.values().stream())
                .map(gate -> Duration.ofNanos(Math.max(0, gate.closedFor(now))))
                .min(Comparator.naturalOrder());
    }

    /** What a tenant gets, and what the types get, of those that have a bound or something to do. */
    List<TurnLimits> limits(Tenant of) {
        var found = new ArrayList<TurnLimits>();
        var tenant = of.name();
        limits(TurnLimits.Of.TENANT, tenant, tenantGates.get(tenant), of).ifPresent(found::add);
        Stream.concat(shares.types().keySet().stream(), typeGates.keySet().stream())
                .distinct()
                .sorted()
                .forEach(type -> limits(TurnLimits.Of.TYPE, type, typeGates.get(type), of)
                        .ifPresent(found::add));
        return found;
    }

    private Optional<TurnLimits> limits(TurnLimits.Of of, String name, @Nullable Gate gate, Tenant tenant) {
        boolean isType = of == TurnLimits.Of.TYPE;
        var share = isType ? shares.type(name) : shares.tenant(name);
        boolean known = (isType ? shares.types() : shares.tenants()).containsKey(name);
        boolean idle = gate == null || gate.isIdle();
        if (idle && !known) {
            return Optional.empty();
        }
        return Optional.of(new TurnLimits(
                of,
                name,
                share.weight(),
                bound(share.turns()),
                bound(share.perSecond()),
                gate == null ? 0 : gate.underWay(),
                gate == null ? 0 : gate.waiting(),
                gate == null ? Optional.empty() : gate.heldBy(nanos.getAsLong()),
                waiters(tenant, flow -> !isType || flow.name.equals(name))));
    }

    private static OptionalInt bound(int most) {
        return most == Shares.UNBOUND ? OptionalInt.empty() : OptionalInt.of(most);
    }

    private List<Address> waiters(Tenant of, Predicate<TypeFlow> which) {
        var tenant = tenants.get(of.name());
        return tenant == null
                ? List.of()
                : tenant.types.values().stream()
                        .filter(which)
                        .flatMap(flow -> flow.jobs.stream().limit(MOST_WAITERS))
                        .limit(MOST_WAITERS)
                        .map(job -> job.cell().name().address())
                        .sorted(Comparator.comparing(Address::toString))
                        .toList();
    }

    /** Nothing waits any more. */
    void clear() {
        tenants.clear();
        flows.clear();
        closedTenants.clear();
        closedTypes.clear();
        tenantGates.values().forEach(Gate::clear);
        typeGates.values().forEach(Gate::clear);
        size = 0;
    }
}
