package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;

/**
 * What has changed since a checkpoint: for each key where its newest value lies in the journal, or that it was removed. It
 * keeps no values and hardly an object per entry, so a million waiting messages take about 50 MB and give the garbage
 * collector nothing to do.
 *
 * <p>What comes and goes between two checkpoints must not cost the checkpoint store anything: an entry that cannot be in the
 * checkpoint leaves nothing behind when it is removed. That is told by its number, which for some kinds
 * {@linkplain Kinds#onceOnly rises with time}: nothing older than this table has one above the table's floor.
 *
 * <p>Not thread-safe; any number of threads may read while nobody writes.
 */
final class Memtable {
    /** The order of keys of one kind. */
    static final Comparator<Key> ORDER =
            (one, other) -> PairTable.compare(one.first(), one.second(), other.first(), other.second());

    private static final long ABOVE_ALL = -1;

    private final PairTable[] tables;
    /** The keys once more, in order, of the kinds that are listed while commits go on; for the others empty. */
    private final List<NavigableSet<Key>> keys;
    /** What was listed last, of the other kinds. */
    private final AtomicReferenceArray<@Nullable Sorted> sorted = new AtomicReferenceArray<>(Kinds.COUNT);
    /** Empty: the name belongs to nobody any more. */
    private final NavigableMap<byte[], OptionalLong> names = new TreeMap<>(Arrays::compareUnsigned);

    private final Lows lows;
    private final long[] floor;
    private final long[] highest;

    private Memtable(PairTable[] tables, long[] floor, Lows lows) {
        this.tables = tables;
        this.lows = lows;
        this.keys = IntStream.range(0, Kinds.COUNT)
                .<NavigableSet<Key>>mapToObj(_ -> new TreeSet<>(ORDER))
                .toList();
        this.floor = floor.clone();
        this.highest = floor.clone();
    }

    /** Follows a checkpoint store in which entries up to these numbers are, by kind. */
    static Memtable after(long[] highest) {
        var tables = new PairTable[Kinds.COUNT];
        Arrays.setAll(tables, _ -> new PairTable(0));
        return new Memtable(tables, highest, new Lows());
    }

    /** Follows another table. */
    static Memtable after(Memtable before) {
        var tables = new PairTable[Kinds.COUNT];
        // about as many entries will come again; growing would hold up a commit
        Arrays.setAll(tables, kind -> new PairTable(before.tables[kind].size()));
        return new Memtable(tables, before.highest, before.lows);
    }

    /** From now on a removed entry always leaves something behind. */
    void distrust() {
        Arrays.fill(floor, ABOVE_ALL);
    }

    /** From now on that depends on numbers again: those of the entries so far may be in the checkpoint store. */
    void trust() {
        System.arraycopy(highest, 0, floor, 0, floor.length);
    }

    /** Below which key nothing is left, here and in all that is older. */
    Lows lows() {
        return lows;
    }

    /** For each kind the highest number that an entry of it ever had, as unsigned. */
    long[] highest() {
        return highest.clone();
    }

    /** Takes over a commit whose payload begins at this place. */
    Payload.Sink sink(long start) {
        return new Payload.Sink() {
            @Override
            public void put(int kind, long first, long second, int offset, int length) {
                tables[kind].put(first, second, start + offset, length);
                if (Kinds.onceOnly(kind)) {
                    long number = Kinds.number(kind, first, second);
                    highest[kind] = Long.compareUnsigned(number, highest[kind]) > 0 ? number : highest[kind];
                }
                if (Kinds.ordered(kind)) {
                    var key = new Key(Kinds.of(kind), first, second);
                    keys.get(kind).add(key);
                    lows.put(key);
                }
            }

            @Override
            public void remove(int kind, long first, long second) {
                if (isYoung(kind, first, second)) {
                    forget(kind, first, second);
                } else {
                    tables[kind].put(first, second, 0, PairTable.REMOVED);
                    if (Kinds.ordered(kind)) {
                        keys.get(kind).add(new Key(Kinds.of(kind), first, second));
                    }
                }
            }

            @Override
            public void name(byte[] name, long agent) {
                names.put(name, OptionalLong.of(agent));
            }

            @Override
            public void unname(byte[] name) {
                names.put(name, OptionalLong.empty());
            }
        };
    }

    private boolean isYoung(int kind, long first, long second) {
        return Kinds.onceOnly(kind) && Long.compareUnsigned(Kinds.number(kind, first, second), floor[kind]) > 0;
    }

    private void forget(int kind, long first, long second) {
        int slot = tables[kind].find(first, second);
        if (slot >= 0) {
            tables[kind].drop(slot);
            if (Kinds.ordered(kind)) {
                keys.get(kind).remove(new Key(Kinds.of(kind), first, second));
            }
        }
    }

    /** Where the newest value of each key of a kind lies; only to be read. */
    PairTable table(int kind) {
        return tables[kind];
    }

    /** Whose name it is, and nobody's any more; null when nothing is known of it here. */
    @Nullable
    OptionalLong agent(byte[] name) {
        return names.get(name);
    }

    /** The names from this one on; the value is the agent's number, big-endian. */
    Cursor<byte[]> names(byte[] from) {
        return new NameCursor(names.tailMap(from, true).entrySet().iterator());
    }

    /**
     * The keys of one kind from one on and before another; the table must not change as long as it is used. Before the
     * {@linkplain Key#end end} means all.
     */
    Cursor<Key> entries(Key from, Key before, Values values) {
        int kind = from.kind().code();
        if (Kinds.ordered(kind)) {
            var between = keys.get(kind)
                    .subSet(from, true, before, before.equals(Key.end(before.kind())))
                    .iterator();
            return new EntryCursor(
                    from.kind(), tables[kind], () -> between.hasNext() ? slot(kind, between.next()) : -1, values);
        }
        return new EntryCursor(from.kind(), tables[kind], sorted(from, before).from(from), values);
    }

    private int slot(int kind, Key key) {
        return tables[kind].find(key.first(), key.second());
    }

    /** Sorts, unless what was sorted last is still right and has all that is wanted. */
    private Sorted sorted(Key from, Key before) {
        int kind = from.kind().code();
        var table = tables[kind];
        var last = sorted.get(kind);
        if (last != null && last.has(table, from, before)) {
            return last;
        }
        int[] slots = table.sorted(from.first(), from.second(), before.first(), before.second());
        var fresh = new Sorted(from, before, table, table.version(), slots);
        sorted.set(kind, fresh);
        return fresh;
    }

    /** Reads values from the journal. */
    @FunctionalInterface
    interface Values {
        byte[] read(long place, int length) throws IOException;
    }

    /** Slots of a table in the order of their keys. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sorted(Key from, Key before, PairTable table, long version, int[] slots) {
        boolean has(PairTable wanted, Key first, Key end) {
            return version == wanted.version() && ORDER.compare(from, first) <= 0 && ORDER.compare(end, before) <= 0;
        }

        /** One after the other from a key on; negative behind the last. */
        IntSupplier from(Key first) {
            int low = 0;
            int high = slots.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                int slot = slots[middle];
                if (PairTable.compare(table.first(slot), table.second(slot), first.first(), first.second()) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            var rest = new AtomicInteger(low);
            return () -> rest.get() < slots.length ? slots[rest.getAndIncrement()] : -1;
        }
    }

    private static final class EntryCursor implements Cursor<Key> {
        private final Kind kind;
        private final PairTable table;
        private final IntSupplier slots;
        private final Values values;
        private @Nullable Key key;
        private int slot;

        /**
         * Of a table.
         *
         * @param slots one after the other; negative behind the last
         */
        EntryCursor(Kind kind, PairTable table, IntSupplier slots, Values values) {
            this.kind = kind;
            this.table = table;
            this.slots = slots;
            this.values = values;
            next();
        }

        @Override
        public @Nullable Key key() {
            return key;
        }

        @Override
        public boolean removed() {
            return table.length(slot) == PairTable.REMOVED;
        }

        @Override
        public int size() {
            return table.length(slot);
        }

        @Override
        public byte[] value() throws IOException {
            return values.read(table.place(slot), table.length(slot));
        }

        @Override
        public void next() {
            slot = slots.getAsInt();
            key = slot < 0 ? null : new Key(kind, table.first(slot), table.second(slot));
        }

        @Override
        public void close() {}
    }

    private static final class NameCursor implements Cursor<byte[]> {
        private final Iterator<Map.Entry<byte[], OptionalLong>> entries;
        private Map.@Nullable Entry<byte[], OptionalLong> entry;

        NameCursor(Iterator<Map.Entry<byte[], OptionalLong>> entries) {
            this.entries = entries;
            next();
        }

        @Override
        public byte @Nullable [] key() {
            var now = entry;
            return now == null ? null : now.getKey();
        }

        private OptionalLong agent() {
            var now = entry;
            return now == null ? OptionalLong.empty() : now.getValue();
        }

        @Override
        public boolean removed() {
            return agent().isEmpty();
        }

        @Override
        public int size() {
            return Long.BYTES;
        }

        @Override
        public byte[] value() {
            return ByteBuffer.allocate(Long.BYTES)
                    .putLong(agent().orElseThrow())
                    .array();
        }

        @Override
        public void next() {
            entry = entries.hasNext() ? entries.next() : null;
        }

        @Override
        public void close() {}
    }
}
