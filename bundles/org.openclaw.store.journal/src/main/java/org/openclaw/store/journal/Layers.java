package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.Key;

/**
 * The entries, in three layers of which a newer one hides the older ones: what has changed since the last checkpoint was
 * begun, what that checkpoint is about as long as it is being written, and the checkpoint store.
 *
 * <p>One lock keeps them together: whoever reads holds it as long as he looks something up, and a list as long as it lists, so
 * nobody sees half a commit. A segment is let go of only after the layer that points into it is gone; so whoever has found a
 * place and entered its segment before he gives the lock back reads what he has found.
 */
final class Layers {
    private static final int UNKNOWN = -2;

    private final StampedLock lock = new StampedLock();
    private final Journal journal;
    private final CheckpointStore checkpoints;
    private Memtable active;
    private @Nullable Memtable frozen;
    private long applied;
    private long end;
    private boolean closed;

    Layers(Journal journal, CheckpointStore checkpoints, Memtable active) {
        this.journal = journal;
        this.checkpoints = checkpoints;
        this.active = active;
        this.applied = journal.last();
        this.end = journal.end();
    }

    /** The number of the last frame that can be seen. */
    long applied() {
        long stamp = lock.readLock();
        try {
            return applied;
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /**
     * Makes a commit visible that the journal has appended.
     *
     * @param payload from its position to its limit
     * @param place of the payload
     */
    void apply(ByteBuffer payload, long place) throws IOException {
        long stamp = lock.writeLock();
        try {
            Payload.read(payload, active.sink(place));
            applied = journal.last();
            end = journal.end();
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** A layer that does not change any more, and the last frame that is in it. */
    record Frozen(Memtable table, long last) {}

    /** Begins a new layer. There must be no frozen one. */
    Frozen freeze() {
        long stamp = lock.writeLock();
        try {
            var table = active;
            frozen = table;
            active = Memtable.after(table);
            return new Frozen(table, applied);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Drops the frozen layer, which is in the checkpoint store. */
    void thaw() {
        long stamp = lock.writeLock();
        try {
            frozen = null;
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** The segments up to a moment; each one's {@link Segment#leave} must follow. */
    record Moment(List<Segment> segments, long end) {}

    Moment moment() {
        long stamp = lock.readLock();
        try {
            requireOpen();
            return new Moment(journal.enterAll(), end);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    Optional<byte[]> get(Key key) throws IOException {
        int kind = key.kind().code();
        int length = UNKNOWN;
        long place = 0;
        Segment segment = null;
        long stamp = lock.readLock();
        try {
            requireOpen();
            var table = active.table(kind);
            int slot = table.find(key.first(), key.second());
            var older = frozen;
            if (slot < 0 && older != null) {
                table = older.table(kind);
                slot = table.find(key.first(), key.second());
            }
            if (slot >= 0) {
                length = table.length(slot);
                place = table.place(slot);
                segment = length >= 0 ? journal.enter(place) : null;
            }
        } finally {
            lock.unlockRead(stamp);
        }
        if (length == UNKNOWN) {
            return checkpoints.get(key);
        }
        return segment == null ? Optional.empty() : Optional.of(read(segment, place, length));
    }

    private static byte[] read(Segment segment, long place, int length) throws IOException {
        try {
            var value = new byte[length];
            segment.read(Place.position(place), ByteBuffer.wrap(value));
            return value;
        } finally {
            segment.leave();
        }
    }

    /** Reads a value of a layer that is there. */
    byte[] value(long place, int length) throws IOException {
        var segment = journal.enter(place);
        if (segment == null) {
            throw new IllegalStateException("segment %d was let go of too early".formatted(Place.segment(place)));
        }
        return read(segment, place, length);
    }

    OptionalLong agent(byte[] name) throws IOException {
        OptionalLong agent;
        long stamp = lock.readLock();
        try {
            requireOpen();
            agent = active.agent(name);
            var older = frozen;
            if (agent == null && older != null) {
                agent = older.agent(name);
            }
        } finally {
            lock.unlockRead(stamp);
        }
        return agent == null ? checkpoints.agent(name) : agent;
    }

    <T> List<T> entries(Key from, Key before, int limit, Merge.Reader<Key, T> reader) throws IOException {
        long stamp = lock.readLock();
        try {
            requireOpen();
            var lows = active.lows();
            var low = lows.from(from);
            var layers = new ArrayList<Cursor<Key>>();
            if (limit <= 0 || Memtable.ORDER.compare(low, before) >= 0) {
                return List.of();
            }
            layers.add(active.entries(low, before, this::value));
            var older = frozen;
            if (older != null) {
                layers.add(older.entries(low, before, this::value));
            }
            layers.add(checkpoints.entries(low));
            var first = new Key[] {before};
            var found = Merge.first(limit, layers, Memtable.ORDER, before, (key, at) -> {
                first[0] = first[0].equals(before) ? key : first[0];
                return reader.read(key, at);
            });
            lows.nothing(low, first[0]);
            return found;
        } finally {
            lock.unlockRead(stamp);
        }
    }

    <T> List<T> names(byte[] from, int limit, Merge.Reader<byte[], T> reader) throws IOException {
        long stamp = lock.readLock();
        try {
            requireOpen();
            var layers = new ArrayList<Cursor<byte[]>>();
            layers.add(active.names(from));
            var older = frozen;
            if (older != null) {
                layers.add(older.names(from));
            }
            layers.add(checkpoints.names(from));
            return Merge.first(limit, layers, Arrays::compareUnsigned, null, reader);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** Nothing can be read any more. */
    void close() {
        long stamp = lock.writeLock();
        try {
            closed = true;
        } finally {
            lock.unlockWrite(stamp);
        }
    }
}
