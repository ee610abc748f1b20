package org.openclaw.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the durable engine needs of a disk or a cluster: an ordered set of entries, changed by commits.
 *
 * <p>A commit takes place as a whole or not at all, and commits take place in the order in which they were made. When
 * {@link #commit} returns, the commit is durable: it survives the end of the process and the loss of power. After a crash the
 * store holds what some beginning of the sequence of commits made of it, with every one that has returned, and at most one
 * more.
 *
 * <p>One thread commits at a time. All other methods may be called by any thread at any time, and see every commit that has
 * returned, and none that has not begun.
 */
@ProviderType
public interface TurnStore extends AutoCloseable {
    /**
     * Changes entries, durably and all together; of two changes of one key the later counts.
     *
     * @throws StoreException when it cannot be made durable. Either it says that it {@linkplain StoreException#mayBeTriedAgain
     *     may be tried again}: nothing has changed, as when a full disk has refused it, and the store stays usable. Or whether
     *     it has taken place is not known until the store is opened again, and it accepts nothing more until then
     * @throws IllegalArgumentException when it is larger than the store can take as a whole; nothing has changed then
     */
    void commit(List<Change> changes) throws StoreException;

    /** The value of an entry: an array of the caller's own. */
    Optional<byte[]> get(Key key) throws StoreException;

    /**
     * The entries of one kind from one key on, in order, as they were at one moment between two commits.
     *
     * @param from the first that is wanted, if it is there
     * @param before the first that is not wanted, of the same kind
     * @param limit at most so many
     * @throws IllegalArgumentException when the keys are of different kinds
     */
    List<Entry> scan(Key from, Key before, int limit) throws StoreException;

    /**
     * The same without the values: fit for a million entries, when they are asked for in pages one behind the other and
     * nothing is committed meanwhile.
     */
    List<Listed> list(Key from, Key before, int limit) throws StoreException;

    /** The agent that a name belongs to. */
    OptionalLong agent(AgentName name) throws StoreException;

    /**
     * Names in order.
     *
     * @param behind the last that is not wanted any more; it need not exist
     * @param limit at most so many
     */
    List<Named> names(AgentName behind, int limit) throws StoreException;

    /**
     * An entry.
     *
     * @param value an array of the caller's own
     */
    @SuppressWarnings("ArrayRecordComponent") // two entries are compared by their keys
    record Entry(Key key, byte[] value) {}

    /**
     * An entry without its value.
     *
     * @param size of its value in bytes
     */
    record Listed(Key key, int size) {}

    /** A name and whose it is. */
    record Named(AgentName name, long agent) {}

    /**
     * Copies the store as it is at one moment between two commits, while commits go on. The copy is durable when this returns,
     * and opens as a store of the same provider.
     *
     * @param folder does not exist yet; it is there as a whole or not at all
     * @throws java.nio.file.FileAlreadyExistsException when it does exist
     */
    void checkpoint(Path folder) throws IOException;

    /**
     * The greatest commit that it takes, in bytes: the sum of the values, and 64 bytes or the length of its name for each change.
     */
    long largestCommit();

    /** How many bytes the disk can still take, about; the greatest long where there is no bound. Cheap. */
    long room() throws IOException;

    /** Lets go of the files. What was committed is there when the store is opened again. */
    @Override
    void close() throws IOException;
}
