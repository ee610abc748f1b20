package org.openclaw.store.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.AgentName;
import org.openclaw.store.Change;
import org.openclaw.store.Key;
import org.openclaw.store.StoreException;
import org.openclaw.store.TurnStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A turn store whose every commit is one frame of a journal, forced before it returns. The newest value of each key is found
 * through a table of places in the journal; what is older is in a checkpoint store, which is written beside the commits
 * and needs no log of its own.
 *
 * <p>A commit waits for a checkpoint only when the journal is as long as it may become, and for the file of the next segment
 * only when none has been prepared. Whatever fails there has not touched the commit, which may be tried again. A failed write to
 * the journal is the end until the store is opened again.
 *
 * <p>An interrupt of the committing thread is kept for later; one that comes in the middle of a write ends the store like a failed
 * write.
 */
public final class JournalTurnStore implements TurnStore {
    private static final Logger LOG = LoggerFactory.getLogger(JournalTurnStore.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
    /** For as many bytes of commits a buffer is kept. */
    private static final int KEPT_BUFFER = 1 << 20;

    private final Disk disk;
    private final CheckpointStore checkpoints;
    private final Journal journal;
    private final Layers layers;
    private final Checkpointer checkpointer;
    private final Options options;
    private final @Nullable Runnable worker;
    private final ReentrantLock committing = new ReentrantLock();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(KEPT_BUFFER);
    private volatile boolean closed;

    private JournalTurnStore(
            Disk disk,
            CheckpointStore checkpoints,
            Journal journal,
            Memtable replayed,
            Options options,
            Progress progress,
            @Nullable Runnable worker) {
        this.disk = disk;
        this.checkpoints = checkpoints;
        this.journal = journal;
        this.layers = new Layers(journal, checkpoints, replayed);
        this.checkpointer = new Checkpointer(journal, checkpoints, layers, options, progress);
        this.options = options;
        this.worker = worker;
    }

    /**
     * Opens the store of a folder, or makes one. A thread of its own does what goes on beside the commits.
     *
     * @throws StoreException when it is open elsewhere, damaged, or of a newer release
     */
    public static TurnStore open(Path folder, Options options) throws IOException {
        return LocalStore.open(folder, options);
    }

    /**
     * Opens a store on any disk. It has no thread: what goes on beside the commits is done by {@link #work}, and by the commits
     * that cannot go on without it. So whoever tests it says what comes before what.
     *
     * @param checkpoints belongs to the store from now on, which closes it
     * @param salts a random number at each call
     */
    public static JournalTurnStore open(Disk disk, CheckpointStore checkpoints, Options options, LongSupplier salts)
            throws IOException {
        return open(disk, checkpoints, options, salts, null);
    }

    /**
     * The same for whoever calls {@link #work} all the time, also after failures.
     *
     * @param worker run when there is something to do
     */
    static JournalTurnStore open(
            Disk disk, CheckpointStore checkpoints, Options options, LongSupplier salts, @Nullable Runnable worker)
            throws IOException {
        try {
            var mark = checkpoints.mark();
            var progress = mark.isPresent() ? Progress.read(mark.get()) : Progress.none();
            var table = Memtable.after(progress.highest());
            if (progress.interrupted()) {
                table.distrust();
            }
            var journal = Journal.open(disk, options, salts, progress.done() + 1, (number, place, payload) -> {
                if (progress.interrupted() && number == progress.begun() + 1) {
                    table.trust();
                }
                Payload.read(payload, table.sink(place));
            });
            if (progress.interrupted() && journal.last() <= progress.begun()) {
                table.trust();
            }
            return new JournalTurnStore(disk, checkpoints, journal, table, options, progress, worker);
        } catch (IOException | RuntimeException failed) {
            checkpoints.close();
            throw failed;
        }
    }

    @Override
    public void commit(List<Change> changes) throws StoreException {
        long size = Payload.size(changes);
        if (size > journal.mostBytes()) {
            throw new IllegalArgumentException(
                    "A commit of %d bytes (expected: at most %d).".formatted(size, journal.mostBytes()));
        }
        committing.lock();
        // the system closes a file when the thread that writes to it is interrupted
        boolean interrupted = Thread.interrupted();
        try {
            requireOpen();
            journal.requireUsable();
            if (size > 0) {
                commit(changes, (int) size);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            committing.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    private void commit(List<Change> changes, int size) throws StoreException {
        while (!journal.hasRoomFor(size)) {
            beginSegment();
        }
        int length = Frame.HEADER + size;
        if (length <= buffer.capacity()) {
            append(changes, buffer.clear().limit(length));
            return;
        }
        try (var memory = Arena.ofConfined()) {
            append(changes, memory.allocate(length).asByteBuffer());
        }
    }

    private void beginSegment() throws StoreException {
        while (!journal.isPrepared() || journal.count() >= options.mostSegments()) {
            var known = checkpointer.failure();
            if (worker != null && known != null) {
                // to try that again for each commit would keep the disk busy for nothing
                throw StoreException.unchanged(known.code(), known);
            }
            checkpointer.step();
        }
        journal.begin();
        if (worker != null) {
            worker.run();
        }
    }

    private void append(List<Change> changes, ByteBuffer frame) throws StoreException {
        Payload.write(changes, frame.position(Frame.HEADER));
        long place = journal.append(frame);
        try {
            layers.apply(frame.position(Frame.HEADER), place);
        } catch (IOException | RuntimeException | OutOfMemoryError failed) {
            throw journal.stop(new IOException("what was written cannot be shown: " + failed, failed));
        }
    }

    /**
     * Does the next thing that goes on beside the commits.
     *
     * @return false when nothing is due
     * @throws StoreException when it fails; it is tried again at the next call
     */
    public boolean work() throws StoreException {
        return checkpointer.step();
    }

    @Override
    public Optional<byte[]> get(Key key) throws StoreException {
        return read(() -> layers.get(key));
    }

    @Override
    public List<Entry> scan(Key from, Key before, int limit) throws StoreException {
        return listed(from, before, limit, (key, at) -> new Entry(key, at.value()));
    }

    @Override
    public List<Listed> list(Key from, Key before, int limit) throws StoreException {
        return listed(from, before, limit, (key, at) -> new Listed(key, at.size()));
    }

    private <T> List<T> listed(Key from, Key before, int limit, Merge.Reader<Key, T> reader) throws StoreException {
        if (from.kind() != before.kind()) {
            throw new IllegalArgumentException(
                    "from %s before %s (expected: keys of one kind)".formatted(from, before));
        }
        if (from.compareTo(before) >= 0) {
            return List.of();
        }
        return read(() -> layers.entries(from, before, limit, reader));
    }

    @Override
    public OptionalLong agent(AgentName name) throws StoreException {
        return read(() -> layers.agent(NameBytes.of(name)));
    }

    @Override
    public List<Named> names(AgentName behind, int limit) throws StoreException {
        var last = NameBytes.of(behind);
        // nothing lies between a name and the same one with a zero byte behind it
        var first = Arrays.copyOf(last, last.length + 1);
        return read(() -> layers.names(
                first,
                limit,
                (name, at) -> new Named(
                        NameBytes.name(name), ByteBuffer.wrap(at.value()).getLong())));
    }

    /** Something that reads. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T read(Reading<T> reading) throws StoreException {
        try {
            return reading.read();
        } catch (StoreException failed) {
            throw failed;
        } catch (IOException failed) {
            throw JournalFailure.unreadable(failed);
        }
    }

    @Override
    public void checkpoint(Path folder) throws IOException {
        FolderCopy.of(checkpointer, folder);
    }

    @Override
    public long largestCommit() {
        return journal.mostBytes();
    }

    @Override
    public long room() throws IOException {
        return disk.room();
    }

    /** Writes a checkpoint, so that the next opening is quick, unless that fails or takes longer than some seconds. */
    @Override
    public void close() throws IOException {
        committing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            finish();
            layers.close();
            try {
                journal.close();
            } finally {
                checkpoints.close();
            }
        } finally {
            committing.unlock();
        }
    }

    private void finish() {
        long begun = System.nanoTime();
        try {
            journal.requireUsable();
            while (System.nanoTime() - begun < LONGEST_CLOSE.toNanos() && checkpointer.finish()) {}
        } catch (StoreException failed) {
            LOG.info("The next start reads the journal again: {}", failed.getMessage());
        }
    }
}
