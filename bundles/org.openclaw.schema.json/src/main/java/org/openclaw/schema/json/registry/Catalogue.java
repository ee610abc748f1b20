package org.openclaw.schema.json.registry;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.openclaw.schema.SchemaEntry;
import org.openclaw.schema.SchemaRegistry.Choice;

/** Which schemas there are, and who brought them; not their texts. Thread-safe. */
final class Catalogue {
    /** What makes an entry: the version that brought it first is the one that it names. */
    private record Key(String agentType, SchemaEntry.Kind kind, String name, String digest) {
        static Key of(SchemaEntry entry) {
            return new Key(entry.agentType(), entry.kind(), entry.name(), entry.digest());
        }
    }

    private final NavigableMap<Place, SchemaEntry> ordered = new TreeMap<>();
    private final Map<Key, SchemaEntry> byKey = new HashMap<>();
    private final Set<String> digests = new HashSet<>();

    Catalogue(Collection<SchemaEntry> entries) {
        entries.forEach(this::add);
    }

    /** Adds an entry; of two that differ in their time alone, the earlier one stays. */
    synchronized void add(SchemaEntry entry) {
        var known = Optional.ofNullable(byKey.get(Key.of(entry)));
        if (known.filter(other -> !entry.firstSeen().isBefore(other.firstSeen()))
                .isPresent()) {
            return;
        }
        known.ifPresent(later -> ordered.remove(Place.of(later)));
        byKey.put(Key.of(entry), entry);
        ordered.put(Place.of(entry), entry);
        digests.add(entry.digest());
    }

    /** The entry of the same type, kind, name and digest. */
    synchronized Optional<SchemaEntry> like(SchemaEntry entry) {
        return Optional.ofNullable(byKey.get(Key.of(entry)));
    }

    synchronized boolean has(String digest) {
        return digests.contains(digest);
    }

    synchronized int size() {
        return ordered.size();
    }

    synchronized List<SchemaEntry> list(Choice which, Optional<Place> after, int limit) {
        var rest = after.map(place -> ordered.tailMap(place, false)).orElse(ordered);
        return rest.values().stream().filter(which::includes).limit(limit).toList();
    }
}
