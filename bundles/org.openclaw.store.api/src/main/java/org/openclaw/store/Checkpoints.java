package org.openclaw.store;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The checkpoints of the node's store: taken while it is used, kept on its own disk, a bounded number of them. A checkpoint is
 * no backup unless somebody copies it elsewhere. How a node is started from one is the launcher's business.
 *
 * <p>Thread-safe; one is taken at a time.
 */
@ProviderType
public interface Checkpoints {
    /**
     * Takes one of the store as it is now, while commits go on, and returns when it is durable. Then, and only then, the
     * oldest are removed of which there are too many.
     *
     * @throws IOException when it cannot be taken: nothing is there then that was not before, and none is removed; or when it
     *     was taken and an older one cannot be removed
     */
    Checkpoint take() throws IOException;

    /** Those that are there and whole, from the oldest on. */
    List<Checkpoint> list() throws IOException;

    /**
     * Removes one for good.
     *
     * @return false when there is none of this name, which may be any text
     */
    boolean delete(String name) throws IOException;
}
