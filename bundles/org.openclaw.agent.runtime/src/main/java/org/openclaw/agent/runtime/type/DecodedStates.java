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
    private final Map<Object, Held> held;

    DecodedStates(int bound) {
        held = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Held> eldest) {
                return size() > bound;
            }
        };
    }

    private record Held(Body bytes, Object state) {}

    /** The record of exactly these bytes: another version may have written newer ones since. */
    public synchronized Optional<Object> find(Object owner, Body bytes) {
        var found = held.get(owner);
        return found != null && found.bytes.equals(bytes) ? Optional.of(found.state) : Optional.empty();
    }

    /** Remembers the record of these bytes. */
    public synchronized void keep(Object owner, Body bytes, Object state) {
        held.put(owner, new Held(bytes, state));
    }

    /** Forgets the state of an owner that is gone. */
    public synchronized void forget(Object owner) {
        held.remove(owner);
    }

    /** Forgets all. */
    public synchronized void clear() {
        held.clear();
    }
}
