package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.openclaw.store.StoreException;

/**
 * What is done beside the commits, in short steps: prepares the file of the next segment, writes a frozen layer to the
 * checkpoint store, and lets go of the segments that are needed no more.
 *
 * <p>A step that fails has changed nothing that matters and is tried again, a checkpoint from its first entry on. Steps are done
 * by whoever has time for one, and by a commit that has to wait for them; one at a time.
 */
final class Checkpointer {
    /** So that a step is short, and a segment is some steps. */
    private static final int PIECES = 16;

    private static final long LARGEST_PIECE = 1 << 20;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Journal journal;
    private final CheckpointStore checkpoints;
    private final Layers layers;
    private final Options options;
    private Progress progress;
    private Layers.@Nullable Frozen frozen;
    private @Nullable FrozenChanges writing;
    private volatile @Nullable StoreException failure;

    Checkpointer(Journal journal, CheckpointStore checkpoints, Layers layers, Options options, Progress progress) {
        this.journal = journal;
        this.checkpoints = checkpoints;
        this.layers = layers;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Does the next thing that is due.
     *
     * @return false when nothing is
     * @throws StoreException when it fails, in words for a commit that waits for it
     */
    boolean step() throws StoreException {
        turn.lock();
        try {
            return doNext();
        } catch (StoreException failed) {
            failure = failed;
            throw failed;
        } finally {
            turn.unlock();
        }
    }

    /** Why it cannot go on, as long as no step has cured that; null when it can. */
    @Nullable
    StoreException failure() {
        return failure;
    }

    private boolean doNext() throws StoreException {
        if (release()) {
            return true;
        }
        if (journal.isPrepared()) {
            return checkpoint(journal.count() > options.segmentsPerCheckpoint());
        }
        try {
            journal.prepare();
            failure = null;
            return true;
        } catch (IOException failed) {
            return checkpointInstead(JournalFailure.diskFull(options.segmentBytes(), failed));
        }
    }

    private boolean release() throws StoreException {
        if (!journal.hasReleasable(progress.done())) {
            return false;
        }
        try {
            journal.release(progress.done());
            return true;
        } catch (IOException failed) {
            throw JournalFailure.checkpointFails(failed);
        }
    }

    /** When there is no room for another file, a checkpoint lets go of some. */
    private boolean checkpointInstead(StoreException full) throws StoreException {
        try {
            if (checkpoint(journal.count() > 1)) {
                return true;
            }
        } catch (StoreException failed) {
            full.addSuppressed(failed);
        }
        throw full;
    }

    private boolean checkpoint(boolean due) throws StoreException {
        try {
            if (frozen == null && !due) {
                return false;
            }
            write();
            return true;
        } catch (IOException failed) {
            writing = null;
            throw JournalFailure.checkpointFails(failed);
        }
    }

    private void write() throws IOException {
        var layer = frozen;
        if (layer == null) {
            layer = layers.freeze();
            frozen = layer;
        }
        var changes = writing;
        if (changes == null) {
            progress = progress.begin(layer.last());
            checkpoints.write(List.of(), progress.bytes());
            writing = new FrozenChanges(
                    layer.table(), layers::value, Math.min(LARGEST_PIECE, options.segmentBytes() / PIECES));
            return;
        }
        var next = changes.next();
        if (!next.isEmpty()) {
            checkpoints.write(next, progress.bytes());
            return;
        }
        var done = new Progress(layer.last(), layer.last(), layer.table().highest());
        checkpoints.write(List.of(), done.bytes());
        checkpoints.flush();
        progress = done;
        failure = null;
        layers.thaw();
        frozen = null;
        writing = null;
    }

    /** Does one step of a checkpoint of everything that has been committed; false when nothing is left to do. */
    boolean finish() throws StoreException {
        turn.lock();
        try {
            return checkpoint(layers.applied() > progress.done()) || release();
        } finally {
            turn.unlock();
        }
    }

    /** Copies the checkpoint store as it is at a moment, and says which. */
    Layers.Moment copy(Path folder) throws IOException {
        turn.lock();
        try {
            var moment = layers.moment();
            try {
                checkpoints.copy(folder);
                return moment;
            } catch (IOException | RuntimeException failed) {
                moment.segments().forEach(Segment::leave);
                throw failed;
            }
        } finally {
            turn.unlock();
        }
    }
}
