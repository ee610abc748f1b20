package org.openclaw.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.openclaw.message.Address;
import org.openclaw.message.Tenant;
import org.openclaw.store.AgentName;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.TurnStore;

/** What a store should hold, in maps. Values are kept as text, so that they can be compared and shown. */
record Model(TreeMap<Key, String> entries, TreeMap<AgentName, Long> names) {
    private static final AgentName FIRST = new AgentName(new Tenant("a"), new Address("a", "!"));

    Model() {
        this(new TreeMap<>(), new TreeMap<>());
    }

    /** All that a store holds. */
    static Model of(TurnStore store) throws IOException {
        var found = new Model();
        for (var kind : Kind.values()) {
            store.scan(Key.first(kind), Key.end(kind), Integer.MAX_VALUE)
                    .forEach(entry -> found.entries.put(entry.key(), text(entry.value())));
        }
        store.names(FIRST, Integer.MAX_VALUE).forEach(named -> found.names.put(named.name(), named.agent()));
        return found;
    }

    private static String text(byte[] value) {
        return value.length + ":" + Arrays.hashCode(value);
    }

    Model with(List<Change> changes) {
        var next = new Model(new TreeMap<>(entries), new TreeMap<>(names));
        for (var change : changes) {
            switch (change) {
                case Change.Put(var key, var value) -> next.entries.put(key, text(value));
                case Change.Remove(var key) -> next.entries.remove(key);
                case Change.Name(var name, var agent) -> next.names.put(name, agent);
                case Change.Unname(var name) -> next.names.remove(name);
            }
        }
        return next;
    }

    void requireSame(Model expected, String when) {
        assertThat(entries).as("%s: entries", when).isEqualTo(expected.entries);
        assertThat(names).as("%s: names", when).isEqualTo(expected.names);
    }

    /** Asks a store for this and that. */
    void requireSomeOf(TurnStore store, RandomGenerator random, Workload workload, String when) throws IOException {
        var key = workload.anyKey();
        assertThat(store.get(key).map(Model::text))
                .as("%s: %s", when, key)
                .isEqualTo(Optional.ofNullable(entries.get(key)));
        var some = workload.anyKey();
        var from = random.nextInt(3) == 0 ? Key.first(some.kind()) : some;
        var other = workload.anyKey();
        var before =
                random.nextInt(3) == 0 ? Key.end(from.kind()) : new Key(from.kind(), other.first(), other.second());
        int limit = random.nextInt(1, 20);
        var expected = from.compareTo(before) < 0
                ? entries.subMap(from, before).entrySet().stream()
                        .limit(limit)
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList()
                : List.<String>of();
        assertThat(store.scan(from, before, limit))
                .as("%s: at most %d from %s before %s", when, limit, from, before)
                .extracting(entry -> entry.key() + "=" + text(entry.value()))
                .isEqualTo(expected);
        assertThat(store.list(from, before, limit))
                .as("%s: list at most %d from %s before %s", when, limit, from, before)
                .hasSize(expected.size());
        var name = workload.anyName();
        var agent = names.get(name);
        assertThat(store.agent(name))
                .as("%s: %s", when, name)
                .isEqualTo(agent == null ? OptionalLong.empty() : OptionalLong.of(agent));
        assertThat(store.names(name, limit))
                .as("%s: at most %d behind %s", when, limit, name)
                .isEqualTo(names.tailMap(name, false).entrySet().stream()
                        .limit(limit)
                        .map(each -> new TurnStore.Named(each.getKey(), each.getValue()))
                        .toList());
    }

    /** The keys of a kind that are there. */
    List<Key> keys(Kind kind) {
        return new ArrayList<>(
                entries.subMap(Key.first(kind), true, Key.end(kind), true).keySet());
    }
}
