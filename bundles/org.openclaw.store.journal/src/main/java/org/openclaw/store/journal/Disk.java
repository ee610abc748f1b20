package org.openclaw.store.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One folder of files, with the few operations a journal needs of it. The tests put one in its place that forgets what was
 * not forced, tears writes and fails on demand.
 *
 * <p>What {@link File#force} and {@link #forceNames} have returned from survives the loss of power, and nothing else needs
 * to. Thread-safe.
 */
public interface Disk {
    /** The names of the files, in no particular order. */
    List<String> names() throws IOException;

    /** Opens a file that exists. */
    File open(String name) throws IOException;

    /**
     * Makes a file of so many zeros, written out and forced, so that later writes to it never change its length or its
     * extents. When that fails, the file is not there.
     */
    void create(String name, long size) throws IOException;

    /** Gives a file another name, in one step; the new name must not exist. Open files stay open. */
    void rename(String from, String to) throws IOException;

    /** Takes a file away. */
    void delete(String name) throws IOException;

    /** Makes the names durable: creations, renames and deletions so far. */
    void forceNames() throws IOException;

    /** How many bytes it can still take, about. */
    long room() throws IOException;

    /** A file of a fixed length. Positions and lengths are in bytes. */
    interface File extends AutoCloseable {
        /** Its length. */
        long size() throws IOException;

        /**
         * Fills the buffer from this position. An interrupt of the thread does not disturb it.
         *
         * @throws IOException also when the file ends before the buffer is full
         */
        void read(long position, ByteBuffer into) throws IOException;

        /** Writes all that remains in the buffer. */
        void write(long position, ByteBuffer from) throws IOException;

        /** Returns when everything written so far is durable. */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }
}
