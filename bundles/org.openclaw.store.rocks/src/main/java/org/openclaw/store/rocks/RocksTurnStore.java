package org.openclaw.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.AgentName;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * A turn store whose every commit is one write batch of RocksDB, synced to its write-ahead log: the plain way, against which
 * the tests hold every other. A column family for each kind of entry, one for names.
 *
 * <p>RocksDB reads a moment's state by itself; here is only seen to it that nobody reads behind {@link #close}, which in native
 * code would be the end of the process.
 */
public final class RocksTurnStore implements TurnStore {
    private static final String NAMES = "names";
    /** Beyond this a batch would fill the memory of RocksDB at once. */
    private static final long LARGEST_COMMIT = 32L << 20;

    private static final int OVERHEAD = 64;

    private final Path folder;
    private final DBOptions options;
    private final ColumnFamilyOptions familyOptions;
    private final WriteOptions synced;
    private final RocksDB database;
    private final List<ColumnFamilyHandle> handles;
    private final Map<Kind, ColumnFamilyHandle> families = new EnumMap<>(Kind.class);
    private final ColumnFamilyHandle names;
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed;
    private @Nullable StoreException failure;

    private RocksTurnStore(
            Path folder,
            DBOptions options,
            ColumnFamilyOptions familyOptions,
            RocksDB database,
            List<ColumnFamilyHandle> handles) {
        this.folder = folder;
        this.options = options;
        this.familyOptions = familyOptions;
        this.database = database;
        this.handles = handles;
        this.synced = new WriteOptions().setSync(true);
        // in the order in which they were opened: RocksDB's own default, the kinds, the names
        var opened = handles.listIterator(1);
        for (var kind : Kind.values()) {
            families.put(kind, opened.next());
        }
        names = opened.next();
    }

    /**
     * Opens the store of a folder, or makes one. One process at a time: RocksDB locks the folder.
     *
     * @throws StoreException when it is open elsewhere, damaged, or of a newer release
     */
    public static RocksTurnStore open(Path folder) throws IOException {
        Files.createDirectories(folder);
        RocksDB.loadLibrary();
        var options = new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
        var familyOptions = new ColumnFamilyOptions();
        var handles = new ArrayList<ColumnFamilyHandle>();
        try {
            var database = RocksDB.open(options, folder.toString(), descriptors(familyOptions), handles);
            return new RocksTurnStore(folder, options, familyOptions, database, handles);
        } catch (RocksDBException failed) {
            familyOptions.close();
            options.close();
            throw failure("rocks.open", folder + " cannot be opened", failed);
        }
    }

    private static List<ColumnFamilyDescriptor> descriptors(ColumnFamilyOptions options) {
        var descriptors = new ArrayList<ColumnFamilyDescriptor>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options));
        for (var kind : Kind.values()) {
            descriptors.add(descriptor(kind.name().toLowerCase(Locale.ROOT), options));
        }
        descriptors.add(descriptor(NAMES, options));
        return descriptors;
    }

    private static ColumnFamilyDescriptor descriptor(String name, ColumnFamilyOptions options) {
        return new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), options);
    }

    @Override
    public void commit(List<Change> changes) throws StoreException {
        requireRoom(changes);
        open.readLock().lock();
        try {
            requireOpen();
            var failed = failure;
            if (failed != null) {
                throw failed;
            }
            try (var batch = new WriteBatch()) {
                for (var change : changes) {
                    add(change, batch);
                }
                database.write(synced, batch);
            } catch (RocksDBException unwritten) {
                var stopped = failure("rocks.write", "A commit cannot be written", unwritten);
                failure = stopped;
                throw stopped;
            }
        } finally {
            open.readLock().unlock();
        }
    }

    private static void requireRoom(List<Change> changes) {
        long size = 0;
        for (var change : changes) {
            size += OVERHEAD + (change instanceof Change.Put put ? put.value().length : 0);
        }
        if (size > LARGEST_COMMIT) {
            throw new IllegalArgumentException(
                    "A commit of %d bytes (expected: at most %d).".formatted(size, LARGEST_COMMIT));
        }
    }

    private void add(Change change, WriteBatch batch) throws RocksDBException {
        switch (change) {
            case Change.Put(var key, var value) -> batch.put(family(key.kind()), RocksKeys.bytes(key), value);
            case Change.Remove(var key) -> batch.delete(family(key.kind()), RocksKeys.bytes(key));
            case Change.Name(var name, var agent) -> batch.put(names, RocksKeys.bytes(name), RocksKeys.bytes(agent));
            case Change.Unname(var name) -> batch.delete(names, RocksKeys.bytes(name));
        }
    }

    @Override
    public Optional<byte[]> get(Key key) throws StoreException {
        return read(() -> Optional.ofNullable(database.get(family(key.kind()), RocksKeys.bytes(key))));
    }

    @Override
    public OptionalLong agent(AgentName name) throws StoreException {
        return read(() -> {
            var agent = database.get(names, RocksKeys.bytes(name));
            return agent == null ? OptionalLong.empty() : OptionalLong.of(RocksKeys.agent(agent));
        });
    }

    @Override
    public List<Entry> scan(Key from, Key before, int limit) throws StoreException {
        return listed(
                from,
                before,
                limit,
                iterator -> new Entry(RocksKeys.key(from.kind(), iterator.key()), iterator.value()));
    }

    @Override
    public List<Listed> list(Key from, Key before, int limit) throws StoreException {
        // RocksDB says how long a value is whatever the room for it
        var nowhere = ByteBuffer.allocateDirect(0);
        return listed(
                from,
                before,
                limit,
                iterator -> new Listed(RocksKeys.key(from.kind(), iterator.key()), iterator.value(nowhere)));
    }

    private <T> List<T> listed(Key from, Key before, int limit, Function<RocksIterator, T> entry)
            throws StoreException {
        if (from.kind() != before.kind()) {
            throw new IllegalArgumentException(
                    "from %s before %s (expected: keys of one kind)".formatted(from, before));
        }
        var found = new ArrayList<T>();
        if (from.compareTo(before) >= 0) {
            return found;
        }
        return read(() -> {
            try (var end = new Slice(RocksKeys.bytes(before));
                    var bounded = new ReadOptions().setIterateUpperBound(end);
                    var iterator = database.newIterator(family(from.kind()), bounded)) {
                iterator.seek(RocksKeys.bytes(from));
                for (; found.size() < limit && iterator.isValid(); iterator.next()) {
                    found.add(entry.apply(iterator));
                }
                requireWhole(iterator);
                return found;
            }
        });
    }

    @Override
    public List<Named> names(AgentName behind, int limit) throws StoreException {
        return read(() -> {
            var found = new ArrayList<Named>();
            var first = RocksKeys.bytes(behind);
            try (var iterator = database.newIterator(names)) {
                iterator.seek(first);
                if (iterator.isValid() && Arrays.equals(iterator.key(), first)) {
                    iterator.next();
                }
                for (; found.size() < limit && iterator.isValid(); iterator.next()) {
                    found.add(new Named(RocksKeys.name(iterator.key()), RocksKeys.agent(iterator.value())));
                }
                requireWhole(iterator);
                return found;
            }
        });
    }

    /** An iterator that meets an error looks as if it had come to the end. */
    private static void requireWhole(RocksIterator iterator) throws RocksDBException {
        iterator.status();
    }

    @Override
    public void checkpoint(Path copy) throws IOException {
        if (Files.exists(copy)) {
            throw new FileAlreadyExistsException(copy.toString());
        }
        read(() -> {
            try (var checkpoint = Checkpoint.create(database)) {
                // RocksDB makes it under another name and renames it at the end
                checkpoint.createCheckpoint(copy.toString());
            }
            return copy;
        });
    }

    @Override
    public long largestCommit() {
        return LARGEST_COMMIT;
    }

    @Override
    public long room() {
        return folder.toFile().getUsableSpace();
    }

    /** Something that reads. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws RocksDBException;
    }

    private <T> T read(Reading<T> reading) throws StoreException {
        open.readLock().lock();
        try {
            requireOpen();
            return reading.read();
        } catch (RocksDBException unreadable) {
            throw failure("rocks.read", "Something cannot be read", unreadable);
        } finally {
            open.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    private ColumnFamilyHandle family(Kind kind) {
        return Objects.requireNonNull(families.get(kind));
    }

    private static StoreException failure(String code, String what, RocksDBException cause) {
        return StoreException.failed(code, new IOException(what + ": " + cause.getMessage(), cause));
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            handles.forEach(ColumnFamilyHandle::close);
            database.close();
            synced.close();
            familyOptions.close();
            options.close();
        } finally {
            open.writeLock().unlock();
        }
    }
}
