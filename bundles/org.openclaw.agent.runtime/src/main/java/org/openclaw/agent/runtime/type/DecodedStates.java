package org.openclaw.agent.runtime.type;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openclaw.message.Body;

/**
 * The states that one version has in memory as records, the least recently used leave first. It belongs to the version,
 * not to the agents: an idle agent must not hold on to a class of a version that is gone. Thread-safe.
 */
public final class DecodedStates {
    private final Map<Owner, Held> held;

    DecodedStates(int bound) {
        held = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Owner, Held> eldest) {
                boolean leaves = size() > bound;
                if (leaves) {
                    eldest.getKey().unloaded();
                }
                return leaves;
            }
        };
    }

    /**
     * Whose state it is. Told while nobody else can look at the states, so it must be quick and must not ask for a state; each
     * loaded is followed by one unloaded.
     */
    public interface Owner {
        /** A version has its state in memory. */
        void loaded();

        /** A version has it no longer. */
        void unloaded();
    }

    private record Held(Body bytes, Object state) {}

    /** The record of exactly these bytes: another version may have written newer ones since. */
    public synchronized Optional<Object> find(Owner owner, Body bytes) {
        var found = held.get(owner);
        return found != null && found.bytes.equals(bytes) ? Optional.of(found.state) : Optional.empty();
    }

    /** Remembers the record of these bytes. */
    public synchronized void keep(Owner owner, Body bytes, Object state) {
        if (held.put(owner, new Held(bytes, state)) == null) {
            owner.loaded();
        }
    }

    /** Forgets the state of an owner that is gone. */
    public synchronized void forget(Owner owner) {
        if (held.remove(owner) != null) {
            owner.unloaded();
        }
    }

    /** Forgets all. */
    public synchronized void clear() {
        held.keySet().forEach(Owner::unloaded);
        held.clear();
    }
}
