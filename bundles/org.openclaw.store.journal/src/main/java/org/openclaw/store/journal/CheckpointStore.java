package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.openclaw.store.Change;
import org.openclaw.store.Key;

/**
 * Keeps what is older than the journal. The journal itself is durable, so this needs little: of the writes since the last
 * {@link #flush} a crash leaves some beginning.
 *
 * <p>One thread at a time writes, flushes and copies; any thread reads at any time.
 */
public interface CheckpointStore extends AutoCloseable {
    /** What {@link #write} has marked last; empty when nothing was written yet. */
    Optional<byte[]> mark() throws IOException;

    /**
     * Changes entries and the mark, all together. When it has failed, the store holds what some beginning of the writes since
     * the last flush has made of it, and can be written to again.
     */
    void write(List<Change> changes, byte[] mark) throws IOException;

    /** Makes everything written durable. When it has failed, the same holds as for {@link #write}. */
    void flush() throws IOException;

    /** The value of an entry: an array of the caller's own. */
    Optional<byte[]> get(Key key) throws IOException;

    /** The agent that a name belongs to. */
    OptionalLong agent(byte[] name) throws IOException;

    /** The entries of one kind from this key on, as they are now. */
    Cursor<Key> entries(Key from) throws IOException;

    /** The names from this one on, as they are now, by their bytes; the value is the agent's number, big-endian. */
    Cursor<byte[]> names(byte[] from) throws IOException;

    /** Copies everything written into a folder that does not exist, durably. */
    void copy(Path folder) throws IOException;

    /** Lets go of the files; what was not flushed may be lost. */
    @Override
    void close() throws IOException;
}
