package org.openclaw.agent.runtime.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.openclaw.store.AgentName;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.TurnStore;

/** A turn store that forgets everything when the process ends: for tests of agents. */
public final class MemoryTurnStore implements TurnStore {
    private final TreeMap<Key, byte[]> entries = new TreeMap<>();
    private final TreeMap<AgentName, Long> names = new TreeMap<>();

    @Override
    public synchronized void commit(List<Change> changes) {
        for (var change : changes) {
            switch (change) {
                case Change.Put(var key, var value) -> entries.put(key, value);
                case Change.Remove(var key) -> entries.remove(key);
                case Change.Name(var name, long agent) -> names.put(name, agent);
                case Change.Unname(var name) -> names.remove(name);
            }
        }
    }

    @Override
    public synchronized Optional<byte[]> get(Key key) {
        return Optional.ofNullable(entries.get(key)).map(byte[]::clone);
    }

    @Override
    public synchronized List<Entry> scan(Key from, Key before, int limit) {
        var found = new ArrayList<Entry>();
        requireOneKind(from, before);
        for (var entry : between(from, before)) {
            if (found.size() == limit) {
                break;
            }
            found.add(new Entry(entry.getKey(), entry.getValue().clone()));
        }
        return found;
    }

    @Override
    public synchronized List<Listed> list(Key from, Key before, int limit) {
        requireOneKind(from, before);
        var found = new ArrayList<Listed>();
        for (var entry : between(from, before)) {
            if (found.size() == limit) {
                break;
            }
            found.add(new Listed(entry.getKey(), entry.getValue().length));
        }
        return found;
    }

    private Iterable<java.util.Map.Entry<Key, byte[]>> between(Key from, Key before) {
        return from.compareTo(before) < 0 ? entries.subMap(from, before).entrySet() : List.of();
    }

    private static void requireOneKind(Key from, Key before) {
        if (from.kind() != before.kind()) {
            throw new IllegalArgumentException(
                    "from %s before %s (expected: keys of one kind)".formatted(from, before));
        }
    }

    @Override
    public synchronized OptionalLong agent(AgentName name) {
        var agent = names.get(name);
        return agent == null ? OptionalLong.empty() : OptionalLong.of(agent);
    }

    @Override
    public synchronized List<Named> names(AgentName behind, int limit) {
        return names.tailMap(behind, false).entrySet().stream()
                .limit(limit)
                .map(entry -> new Named(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public void checkpoint(Path folder) {
        throw new UnsupportedOperationException("a store in memory has nothing to copy (expected: a store on a disk)");
    }

    @Override
    public long largestCommit() {
        return Long.MAX_VALUE;
    }

    @Override
    public long room() {
        return Long.MAX_VALUE;
    }

    @Override
    public void close() {}
}
