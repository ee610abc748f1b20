package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.Change;
import org.openclaw.store.Key;

/**
 * A checkpoint store in memory. At a crash any beginning of the writes since the last flush is left of them; it fails together
 * with a disk. What it holds survives {@link #close()}, as files would. For one thread.
 */
public final class SimulatedCheckpoints implements CheckpointStore {
    private final SimulatedDisk disk;
    private final RandomGenerator random;
    private State flushed = new State(new TreeMap<>(), new TreeMap<>(Arrays::compareUnsigned), null);
    private State now = flushed.copy();
    private final List<Written> unflushed = new ArrayList<>();

    /** An empty one. */
    public SimulatedCheckpoints(SimulatedDisk disk, RandomGenerator random) {
        this.disk = disk;
        this.random = random;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Written(List<Change> changes, byte[] mark) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record State(NavigableMap<Key, byte[]> entries, NavigableMap<byte[], Long> names, byte @Nullable [] mark) {
        State copy() {
            return new State(new TreeMap<>(entries), new TreeMap<>(names), mark);
        }

        State with(Written written) {
            for (var change : written.changes()) {
                switch (change) {
                    case Change.Put(var key, var value) -> entries.put(key, value.clone());
                    case Change.Remove(var key) -> entries.remove(key);
                    case Change.Name(var name, var agent) -> names.put(NameBytes.of(name), agent);
                    case Change.Unname(var name) -> names.remove(NameBytes.of(name));
                }
            }
            return new State(entries, names, written.mark());
        }
    }

    /** What is there when the power is back. */
    public void crash() {
        var left = flushed.copy();
        for (var written : unflushed.subList(0, random.nextInt(unflushed.size() + 1))) {
            left = left.with(written);
        }
        unflushed.clear();
        flushed = left;
        now = left.copy();
    }

    @Override
    public Optional<byte[]> mark() {
        return Optional.ofNullable(now.mark());
    }

    @Override
    public void write(List<Change> changes, byte[] mark) throws IOException {
        operation();
        var written = new Written(List.copyOf(changes), mark.clone());
        unflushed.add(written);
        now = now.with(written);
    }

    private void operation() throws IOException {
        try {
            disk.operation();
        } catch (IOException failed) {
            // as a store that is opened again
            crash();
            throw failed;
        }
    }

    @Override
    public void flush() throws IOException {
        operation();
        flushed = now.copy();
        unflushed.clear();
    }

    @Override
    public Optional<byte[]> get(Key key) {
        return Optional.ofNullable(now.entries().get(key)).map(byte[]::clone);
    }

    @Override
    public OptionalLong agent(byte[] name) {
        var agent = now.names().get(name);
        return agent == null ? OptionalLong.empty() : OptionalLong.of(agent);
    }

    @Override
    public Cursor<Key> entries(Key from) {
        var entries = now.entries()
                .subMap(from, true, Key.end(from.kind()), true)
                .entrySet()
                .iterator();
        return new Entries<>(entries);
    }

    @Override
    public Cursor<byte[]> names(byte[] from) {
        var names = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        now.names()
                .tailMap(from, true)
                .forEach((name, agent) -> names.put(
                        name, ByteBuffer.allocate(Long.BYTES).putLong(agent).array()));
        return new Entries<>(names.entrySet().iterator());
    }

    private static final class Entries<K> implements Cursor<K> {
        private final Iterator<Map.Entry<K, byte[]>> entries;
        private Map.@Nullable Entry<K, byte[]> entry;

        Entries(Iterator<Map.Entry<K, byte[]>> entries) {
            this.entries = entries;
            next();
        }

        @Override
        public @Nullable K key() {
            var here = entry;
            return here == null ? null : here.getKey();
        }

        @Override
        public boolean removed() {
            return false;
        }

        @Override
        public int size() {
            return value().length;
        }

        @Override
        public byte[] value() {
            var here = entry;
            if (here == null) {
                throw new IllegalStateException("behind the last entry");
            }
            return here.getValue().clone();
        }

        @Override
        public void next() {
            entry = entries.hasNext() ? entries.next() : null;
        }

        @Override
        public void close() {}
    }

    @Override
    public void copy(Path folder) {
        throw new UnsupportedOperationException("a simulated store has no folder");
    }

    @Override
    public void close() {}
}
