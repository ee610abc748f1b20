package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.Change;
import org.openclaw.store.Key;

/** What a table that does not change any more has to say to the checkpoint store, in the order of the keys, piece by piece. */
final class FrozenChanges {
    private static final int CHANGES = 4096;
    private static final byte[] FIRST_NAME = {};

    private final Memtable table;
    private final Memtable.Values values;
    private final long pieceBytes;
    private int kind;
    private @Nullable Cursor<Key> entries;
    private @Nullable Cursor<byte[]> names;

    /**
     * Of this table.
     *
     * @param pieceBytes so many bytes of values make up a piece
     */
    FrozenChanges(Memtable table, Memtable.Values values, long pieceBytes) {
        this.table = table;
        this.values = values;
        this.pieceBytes = pieceBytes;
    }

    /** The next piece; none when there are no more. */
    List<Change> next() throws IOException {
        var changes = new ArrayList<Change>();
        long bytes = 0;
        while (bytes < pieceBytes && changes.size() < CHANGES) {
            var change = nextChange();
            if (change == null) {
                break;
            }
            changes.add(change);
            bytes += change instanceof Change.Put put ? put.value().length : 0;
        }
        return changes;
    }

    private @Nullable Change nextChange() throws IOException {
        while (kind < Kinds.COUNT) {
            var at = entries;
            if (at == null) {
                at = table.entries(Key.first(Kinds.of(kind)), Key.end(Kinds.of(kind)), values);
                entries = at;
            }
            var key = at.key();
            if (key != null) {
                var change = at.removed() ? new Change.Remove(key) : new Change.Put(key, at.value());
                at.next();
                return change;
            }
            entries = null;
            kind++;
        }
        return nextName();
    }

    private @Nullable Change nextName() throws IOException {
        var at = names;
        if (at == null) {
            at = table.names(FIRST_NAME);
            names = at;
        }
        var bytes = at.key();
        if (bytes == null) {
            return null;
        }
        var name = NameBytes.name(bytes);
        var change = at.removed()
                ? new Change.Unname(name)
                : new Change.Name(name, ByteBuffer.wrap(at.value()).getLong());
        at.next();
        return change;
    }
}
