package org.openclaw.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is deployed. The folder {@code deploy/} is its single truth: these methods put files there and take them away,
 * and tell what has become of each.
 *
 * <p>Thread-safe.
 */
@ProviderType
public interface Deployments {
    /** Every file of the folder with its verdict, ordered by file name. */
    List<DeployedFile> files();

    /** One file of the folder. */
    Optional<DeployedFile> file(String fileName);

    /**
     * Puts a jar into the folder under this name, by rename, replacing a file of that name.
     *
     * @param fileName a plain name ending in {@code .jar}
     * @param jar read to its end, not closed
     * @return completes with the file's first settled verdict on exactly these bytes (within a minute, else
     *     exceptionally with {@link java.util.concurrent.TimeoutException})
     * @throws IllegalArgumentException when the name is not a plain file name ending in {@code .jar}
     * @throws IOException when the jar is larger than the bound, cannot be read, or the folder cannot be written;
     *     nothing has changed then
     */
    CompletionStage<DeployedFile> deploy(String fileName, InputStream jar) throws IOException;

    /**
     * Moves a file of the folder to {@code data/trash}.
     *
     * @return completes when nothing of it runs any more; false when there was no such file
     * @throws IOException when it cannot be moved
     */
    CompletionStage<Boolean> undeploy(String fileName) throws IOException;
}
