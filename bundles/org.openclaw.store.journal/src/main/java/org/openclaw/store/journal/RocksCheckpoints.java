package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.Kind;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Checkpoints in RocksDB, without its own log: the journal is the log. One column family, because opening and flushing several
 * takes several times as long; the kinds are kept apart by the first byte of the keys.
 *
 * <pre>
 *   u8 code of the kind, u64 first, u64 second   an entry
 *   u8 128, name                                 a name; the value is u64 agent
 *   u8 255                                       the mark
 * </pre>
 *
 * After a failed write RocksDB takes no more; then it is opened again before the next one, and when that fails, too, nothing is
 * read until it succeeds. The lock keeps everybody from reading
 * behind a close, which in native code would be the end of the process.
 */
final class RocksCheckpoints implements CheckpointStore {
    private static final int NAMES = 128;
    /** A list goes through neighbours, mostly many of them: that takes a third longer without. */
    private static final long READAHEAD = 1L << 20;

    private static final byte[] MARK = {(byte) 255};
    private static final int BITS_PER_KEY = 10;
    private static final int KEPT_LOGS = 2;

    private final Path folder;
    private final List<RocksObject> owned = new ArrayList<>();
    private final org.rocksdb.Options options;
    private final WriteOptions unlogged;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private @Nullable RocksDB database;
    private boolean broken;
    private boolean closed;

    private RocksCheckpoints(Path folder, Options options) {
        this.folder = folder;
        Cache cache = own(new LRUCache(options.cacheBytes()));
        var tables =
                new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(own(new BloomFilter(BITS_PER_KEY)));
        this.options = own(new org.rocksdb.Options())
                .setCreateIfMissing(true)
                .setWriteBufferSize(options.bufferBytes())
                .setMaxBackgroundJobs(2)
                .setLevelCompactionDynamicLevelBytes(true)
                .setAvoidFlushDuringShutdown(true)
                .setSkipStatsUpdateOnDbOpen(true)
                .setStatsDumpPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(KEPT_LOGS)
                .setTableFormatConfig(tables);
        this.unlogged = own(new WriteOptions()).setDisableWAL(true);
    }

    private <T extends RocksObject> T own(T object) {
        owned.addFirst(object);
        return object;
    }

    /** Opens the store of a folder, or makes one. */
    static RocksCheckpoints open(Path folder, Options options) throws IOException {
        RocksDB.loadLibrary();
        var store = new RocksCheckpoints(folder, options);
        try {
            store.database = store.openDatabase();
            return store;
        } catch (IOException failed) {
            store.close();
            throw failed;
        }
    }

    private RocksDB openDatabase() throws IOException {
        Files.createDirectories(folder);
        try {
            return RocksDB.open(options, folder.toString());
        } catch (RocksDBException failed) {
            throw new IOException(folder + " cannot be opened: " + failed.getMessage(), failed);
        }
    }

    private static byte[] bytes(Key key) {
        return ByteBuffer.allocate(1 + 2 * Long.BYTES)
                .put((byte) key.kind().code())
                .putLong(key.first())
                .putLong(key.second())
                .array();
    }

    private static byte[] bytes(byte[] name) {
        return ByteBuffer.allocate(1 + name.length).put((byte) NAMES).put(name).array();
    }

    private static byte[] bytes(long agent) {
        return ByteBuffer.allocate(Long.BYTES).putLong(agent).array();
    }

    @Override
    public Optional<byte[]> mark() throws IOException {
        return read(open -> Optional.ofNullable(open.get(MARK)));
    }

    @Override
    public Optional<byte[]> get(Key key) throws IOException {
        return read(open -> Optional.ofNullable(open.get(bytes(key))));
    }

    @Override
    public OptionalLong agent(byte[] name) throws IOException {
        return read(open -> {
            var agent = open.get(bytes(name));
            return agent == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(ByteBuffer.wrap(agent).getLong());
        });
    }

    /** Something that reads. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(RocksDB open) throws RocksDBException;
    }

    private <T> T read(Reading<T> reading) throws IOException {
        lock.readLock().lock();
        try {
            return reading.read(requireOpen());
        } catch (RocksDBException failed) {
            throw new IOException(folder + " cannot be read: " + failed.getMessage(), failed);
        } finally {
            lock.readLock().unlock();
        }
    }

    private RocksDB requireOpen() throws IOException {
        var open = database;
        if (open != null) {
            return open;
        }
        if (closed) {
            throw new IllegalStateException("the checkpoint store is closed");
        }
        throw new IOException(folder + " has failed, and could not be opened again yet");
    }

    @Override
    public void write(List<Change> changes, byte[] mark) throws IOException {
        change(open -> {
            try (var batch = new WriteBatch()) {
                for (var change : changes) {
                    switch (change) {
                        case Change.Put(var key, var value) -> batch.put(bytes(key), value);
                        case Change.Remove(var key) -> batch.delete(bytes(key));
                        case Change.Name(var name, var agent) -> batch.put(bytes(NameBytes.of(name)), bytes(agent));
                        case Change.Unname(var name) -> batch.delete(bytes(NameBytes.of(name)));
                    }
                }
                batch.put(MARK, mark);
                open.write(unlogged, batch);
            }
        });
    }

    @Override
    public void flush() throws IOException {
        change(open -> {
            try (var waiting = new FlushOptions().setWaitForFlush(true)) {
                open.flush(waiting);
            }
        });
    }

    /** Something that changes. */
    @FunctionalInterface
    private interface Changing {
        void change(RocksDB open) throws RocksDBException;
    }

    private void change(Changing changing) throws IOException {
        if (broken) {
            reopen();
        }
        lock.readLock().lock();
        try {
            changing.change(requireOpen());
        } catch (RocksDBException failed) {
            broken = true;
            throw new IOException(folder + " cannot be written: " + failed.getMessage(), failed);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void reopen() throws IOException {
        lock.writeLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the checkpoint store is closed");
            }
            if (database != null) {
                database.close();
                database = null;
            }
            database = openDatabase();
            broken = false;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public Cursor<Key> entries(Key from) throws IOException {
        var kind = from.kind();
        return new RocksCursor<>(bytes(from), new byte[] {(byte) (kind.code() + 1)}, key -> key(kind, key));
    }

    private static Key key(Kind kind, byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes, 1, 2 * Long.BYTES);
        return new Key(kind, buffer.getLong(), buffer.getLong());
    }

    @Override
    public Cursor<byte[]> names(byte[] from) throws IOException {
        return new RocksCursor<>(
                bytes(from), new byte[] {(byte) (NAMES + 1)}, key -> Arrays.copyOfRange(key, 1, key.length));
    }

    /** Keeps the store from being closed until it is closed itself. */
    private final class RocksCursor<K> implements Cursor<K> {
        private final Function<byte[], K> reader;
        private final Slice end;
        private final ReadOptions bounded;
        private final RocksIterator iterator;
        private final ByteBuffer nowhere = ByteBuffer.allocateDirect(0);
        private @Nullable K key;

        RocksCursor(byte[] from, byte[] before, Function<byte[], K> reader) throws IOException {
            this.reader = reader;
            lock.readLock().lock();
            try {
                var open = requireOpen();
                end = new Slice(before);
                bounded = new ReadOptions()
                        .setIterateUpperBound(end)
                        .setReadaheadSize(READAHEAD)
                        .setFillCache(false);
                iterator = open.newIterator(bounded);
            } catch (IOException | RuntimeException failed) {
                lock.readLock().unlock();
                throw failed;
            }
            iterator.seek(from);
            try {
                stand();
            } catch (IOException | RuntimeException failed) {
                close();
                throw failed;
            }
        }

        private void stand() throws IOException {
            if (iterator.isValid()) {
                key = reader.apply(iterator.key());
                return;
            }
            key = null;
            try {
                // an iterator that meets an error looks as if it had come to the end
                iterator.status();
            } catch (RocksDBException failed) {
                throw new IOException(folder + " cannot be read: " + failed.getMessage(), failed);
            }
        }

        @Override
        public @Nullable K key() {
            return key;
        }

        @Override
        public boolean removed() {
            return false;
        }

        @Override
        public int size() {
            // RocksDB says how long a value is whatever the room for it
            return iterator.value(nowhere);
        }

        @Override
        public byte[] value() {
            return iterator.value();
        }

        @Override
        public void next() throws IOException {
            iterator.next();
            stand();
        }

        @Override
        public void close() {
            iterator.close();
            bounded.close();
            end.close();
            lock.readLock().unlock();
        }
    }

    @Override
    public void copy(Path copy) throws IOException {
        change(open -> {
            try (var checkpoint = Checkpoint.create(open)) {
                checkpoint.createCheckpoint(copy.toString());
            }
        });
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            if (database != null) {
                database.close();
                database = null;
            }
            owned.forEach(RocksObject::close);
            owned.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
