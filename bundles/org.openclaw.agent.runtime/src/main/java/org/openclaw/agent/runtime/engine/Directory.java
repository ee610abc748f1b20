package org.openclaw.agent.runtime.engine;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openclaw.agent.runtime.type.Census.Standing;
import org.openclaw.agent.runtime.type.HostedType;
import org.openclaw.agent.runtime.type.HostedTypes;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.Key;

/**
 * The agents of this node: those in memory by name, all others through the store. Looked up by any thread, changed by the thread of
 * the {@link Core} alone.
 */
final class Directory {
    /** The number of no agent. */
    static final long NONE = 0;

    private final ConcurrentHashMap<AgentName, Cell> resident = new ConcurrentHashMap<>();
    private final Map<Tenant, Tenant> tenants = new ConcurrentHashMap<>();
    private final AtomicLong known = new AtomicLong();
    private final AtomicLong recordBytes = new AtomicLong();
    private final HostedTypes types;
    private final Shelf shelf;
    private final InstantSource clock;
    private final Budget memory;
    private final AtomicLong epoch = new AtomicLong();
    /** Whose names are, by number, when what is decided is committed: the store says so only then. */
    private final Map<AgentName, Changed> uncommitted = new HashMap<>();

    /**
     * Whose a name is when something is committed.
     *
     * @param since no two changes have the same, so that one which is committed is not taken for a later one to the same number
     */
    private record Changed(long number, long since) {}

    /** @param memory how many bytes of waiting messages may be in memory */
    Directory(HostedTypes types, Shelf shelf, InstantSource clock, long memory) {
        this.memory = new Budget(Long.MAX_VALUE, memory);
        this.types = types;
        this.shelf = shelf;
        this.clock = clock;
    }

    /**
     * What was found of a name, for the core: it need not look there again unless somebody has left the memory since.
     *
     * @param cell the agent, if it was in memory
     * @param number of the agent; {@link #NONE}, or negative when it is retired
     */
    record Look(@Nullable Cell cell, long number, long epoch) {
        boolean exists() {
            return number > NONE;
        }

        boolean retired() {
            return number < NONE;
        }
    }

    /** Looks a name up. Thread-safe. */
    Look look(AgentName name) {
        // the epoch first: what is found is as old as that at least
        long since = epoch.get();
        var cell = resident.get(name);
        return new Look(cell, cell == null ? shelf.number(name) : cell.number(), since);
    }

    /** The agent, if it is in memory. Thread-safe. */
    Optional<Cell> resident(AgentName name) {
        return Optional.ofNullable(resident.get(name));
    }

    /** The agent, if it is in memory now. */
    Optional<Cell> resident(AgentName name, Look look) {
        var seen = look.cell();
        return seen != null && seen.isResident() ? Optional.of(seen) : resident(name);
    }

    /** The last committed record of an agent; empty when there is none, or it is retired. Thread-safe. */
    Optional<AgentRecord> record(AgentName name) {
        var cell = resident.get(name);
        var inMemory = cell == null ? Optional.<AgentRecord>empty() : cell.committed();
        if (inMemory.isPresent()) {
            return inMemory;
        }
        long number = shelf.number(name);
        return number > NONE ? shelf.agent(number) : Optional.empty();
    }

    /** The number of a name, with what is not committed yet. */
    long number(AgentName name, Look look) {
        return resident(name, look).map(Cell::number).orElseGet(() -> absent(name, look));
    }

    /** The number of a name that is not in memory. */
    long absent(AgentName name, Look look) {
        // the store, where the look comes from, does not say yet what has changed
        return look.epoch() == epoch.get() && !uncommitted.containsKey(name) ? look.number() : absent(name);
    }

    /** The number of a name that is not in memory. */
    private long absent(AgentName name) {
        var changed = uncommitted.get(name);
        return changed == null ? shelf.number(name) : changed.number();
    }

    /** The number of a name, with what is not committed yet. */
    long number(AgentName name) {
        var cell = resident.get(name);
        return cell == null ? absent(name) : cell.number();
    }

    /** The agent of a name, from the disk if need be; empty when there is none, or it is retired. */
    Optional<Cell> find(AgentName name) {
        var cell = resident.get(name);
        if (cell != null) {
            return Optional.of(cell);
        }
        long number = absent(name);
        return number > NONE ? Optional.of(open(name, number)) : Optional.empty();
    }

    /** The agent of a name, from the disk if need be, which comes into existence if need be. It must not be retired. */
    Cell of(AgentName name, Look look, Numbers numbers, Transaction into) {
        var cell = resident(name, look);
        if (cell.isPresent()) {
            return cell.get();
        }
        long number = absent(name, look);
        return number == NONE ? create(name, numbers.next(into), into) : open(name, number);
    }

    /** Takes an agent from the disk into the memory. */
    Cell open(AgentName name, long number) {
        var type = types.of(name.address().type());
        var cell = new Cell(known(name, type), type, number, memory);
        cell.found();
        type.census().leave(Standing.PASSIVE);
        type.census().enter(cell.counted());
        resident.put(cell.name(), cell);
        return cell;
    }

    /** The name with the tenant and the text of the type that all of them share. */
    private AgentName known(AgentName name, HostedType type) {
        return new AgentName(
                tenants.computeIfAbsent(name.tenant(), same -> same),
                new Address(type.name(), name.address().key()));
    }

    private Cell create(AgentName name, long number, Transaction into) {
        var type = types.of(name.address().type());
        var cell = new Cell(known(name, type), type, number, memory);
        var record = AgentRecord.created(cell.name(), Micros.of(clock.instant()));
        cell.become(record);
        into.name(name, number);
        var bytes = record.bytes();
        into.put(Key.agent(number), bytes);
        into.then(() -> commit(cell, record, bytes.length));
        known.incrementAndGet();
        type.agents().incrementAndGet();
        type.census().enter(cell.counted());
        resident.put(cell.name(), cell);
        return cell;
    }

    /** An agent was found in the store when it was opened. */
    void count(AgentName name) {
        var type = types.of(name.address().type());
        known.incrementAndGet();
        type.agents().incrementAndGet();
        type.census().enter(Standing.PASSIVE);
    }

    /** An agent that rests gives back what only speeds up its next turn. */
    void trim(Cell cell) {
        cell.inbox().trim();
        forgetDecoded(cell);
    }

    /** An agent that will rest for long keeps nothing of itself that is on the disk. */
    void unload(Cell cell) {
        int before = cell.storedBytes();
        cell.unload();
        recordBytes.addAndGet(cell.storedBytes() - before);
        forgetDecoded(cell);
    }

    private static void forgetDecoded(Cell cell) {
        cell.type().versions().forEach(version -> version.states().forget(cell.number()));
    }

    /** An agent leaves the memory. */
    void release(Cell cell) {
        leave(cell);
        cell.type().census().leave(cell.counted());
        cell.type().census().enter(Standing.PASSIVE);
    }

    /** An agent is gone. */
    void remove(Cell cell) {
        leave(cell);
        known.decrementAndGet();
        cell.type().agents().decrementAndGet();
    }

    /** A name is that of a retired agent from now on. */
    void retire(AgentName name, long number, Transaction into) {
        into.name(name, -number);
        change(name, -number, into);
    }

    /** A name belongs to nobody from now on. */
    void free(AgentName name, Transaction into) {
        into.unname(name);
        change(name, NONE, into);
    }

    private void change(AgentName name, long number, Transaction into) {
        var changed = new Changed(number, epoch.incrementAndGet());
        uncommitted.put(name, changed);
        into.then(() -> {
            uncommitted.remove(name, changed);
            // who has looked meanwhile has seen what it was before
            epoch.incrementAndGet();
        });
    }

    private void leave(Cell cell) {
        recordBytes.addAndGet(-cell.storedBytes());
        resident.remove(cell.name());
        cell.leave();
        forgetDecoded(cell);
        epoch.incrementAndGet();
    }

    /** What an agent became is committed, in so many bytes; it may have left since it was decided. */
    void commit(Cell cell, AgentRecord record, int bytes) {
        if (cell.isGone()) {
            return;
        }
        recordBytes.addAndGet(bytes - cell.storedBytes());
        cell.commit(record, bytes);
    }

    /** How many agents there are, retired ones apart. */
    long count() {
        return known.get();
    }

    /** How many bytes the agents in memory take in the store. */
    long recordBytes() {
        return recordBytes.get();
    }

    /** Those in memory. */
    Collection<Cell> residents() {
        return resident.values();
    }
}
