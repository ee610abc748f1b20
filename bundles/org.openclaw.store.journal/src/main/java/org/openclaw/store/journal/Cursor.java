package org.openclaw.store.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through entries in the order of their keys. Used and closed by one thread.
 *
 * @param <K> what names an entry
 */
public interface Cursor<K> extends AutoCloseable {
    /** The key of the entry that it stands at; null behind the last. */
    @Nullable
    K key();

    /** Whether it says only that there is no such entry. */
    boolean removed();

    /** The length of the value in bytes. */
    int size() throws IOException;

    /** The value: an array of the caller's own. */
    byte[] value() throws IOException;

    /** Goes to the next entry. */
    void next() throws IOException;

    @Override
    void close();
}
