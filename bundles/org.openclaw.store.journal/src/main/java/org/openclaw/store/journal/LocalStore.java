package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.openclaw.store.AgentName;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store in a folder of this machine, with RocksDB for its checkpoints and a thread for what goes on beside the commits. */
final class LocalStore implements TurnStore {
    private static final Logger LOG = LoggerFactory.getLogger(LocalStore.class);
    private static final long RETRY_NANOS = 1_000_000_000;

    private final Folder folder;
    private final JournalTurnStore store;
    private final Thread worker;
    private volatile boolean stopping;

    private LocalStore(Folder folder, Options options) throws IOException {
        var worker = Thread.ofPlatform().name("openclaw-journal").daemon().unstarted(this::work);
        var checkpoints = RocksCheckpoints.open(Folder.checkpoints(folder.path()), options);
        this.folder = folder;
        this.worker = worker;
        this.store = JournalTurnStore.open(
                new LocalDisk(folder.path()),
                checkpoints,
                options,
                new SecureRandom()::nextLong,
                () -> LockSupport.unpark(worker));
    }

    static LocalStore open(Path path, Options options) throws IOException {
        var folder = Folder.open(path);
        try {
            var opened = new LocalStore(folder, options);
            opened.worker.start();
            return opened;
        } catch (IOException | RuntimeException failed) {
            folder.close();
            throw failed;
        }
    }

    private void work() {
        boolean failing = false;
        while (!stopping) {
            try {
                while (!stopping && store.work()) {}
                failing = false;
                LockSupport.park(this);
            } catch (StoreException failed) {
                if (!failing) {
                    LOG.warn(
                            "The journal cannot be kept short, and is tried again each second: {}",
                            failed.getMessage());
                }
                failing = true;
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        }
    }

    @Override
    public void commit(List<Change> changes) throws StoreException {
        store.commit(changes);
    }

    @Override
    public Optional<byte[]> get(Key key) throws StoreException {
        return store.get(key);
    }

    @Override
    public List<Entry> scan(Key from, Key before, int limit) throws StoreException {
        return store.scan(from, before, limit);
    }

    @Override
    public List<Listed> list(Key from, Key before, int limit) throws StoreException {
        return store.list(from, before, limit);
    }

    @Override
    public OptionalLong agent(AgentName name) throws StoreException {
        return store.agent(name);
    }

    @Override
    public List<Named> names(AgentName behind, int limit) throws StoreException {
        return store.names(behind, limit);
    }

    @Override
    public void checkpoint(Path copy) throws IOException {
        store.checkpoint(copy);
    }

    @Override
    public long largestCommit() {
        return store.largestCommit();
    }

    @Override
    public long room() throws IOException {
        return store.room();
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        LockSupport.unpark(worker);
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        try {
            store.close();
        } finally {
            folder.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
