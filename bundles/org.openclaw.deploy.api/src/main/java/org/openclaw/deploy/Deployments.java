package org.openclaw.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Version;

/**
 * What is deployed. The folder {@code deploy/} is its single truth: these methods put files there and take them away,
 * write its {@code pins.json}, and tell what has become of each file and of each bundle.
 *
 * <p>Of the trusted files with one Bundle-SymbolicName the highest version that comes up serves, unless
 * {@code deploy/pins.json}, an object such as <code>{"acme.bot": "1.4.0"}</code>, pins the name: then that version does, and
 * higher ones wait. While the pinned one is not there (deleted, refused, not coming up), what serves goes on serving;
 * where nothing does, the highest version below the pin takes its place, or else the highest of all. The pinned one takes
 * over as soon as it comes. Trust and revocation win over a pin.
 *
 * <p>Thread-safe. Stages complete on a thread of the folder: what depends on them must be short.
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

    /** Every bundle of the folder and every name that is pinned, ordered by symbolic name. */
    List<Deployment> deployments();

    /** One bundle of the folder. */
    Optional<Deployment> deployment(String name);

    /**
     * Makes a version serve that lies in the folder, and keeps it serving whatever higher ones come, across restarts: the
     * pin is on the disk, in {@code deploy/pins.json}, when this returns. The version takes over live, beside the one that
     * serves, as an upgrade does.
     *
     * @param name the Bundle-SymbolicName
     * @param version a version that {@link #deployment} shows
     * @return completes when the version serves and the one before it no longer gets new work (its turns in flight may
     *     still end), or when it turns out that it does not come up (within a minute, else exceptionally with
     *     {@link java.util.concurrent.TimeoutException}: the pin holds all the same); at once when it is refused
     * @throws IOException when the folder cannot be written; nothing has changed then
     */
    CompletionStage<Pinning> pin(String name, Version version) throws IOException;

    /**
     * Lets the highest version serve again, live.
     *
     * @return completes as that of {@link #pin} does; a name that is not pinned is left as it is
     * @throws IOException when the folder cannot be written; nothing has changed then
     */
    CompletionStage<Pinning> unpin(String name) throws IOException;
}
