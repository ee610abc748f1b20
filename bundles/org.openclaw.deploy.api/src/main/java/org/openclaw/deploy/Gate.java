package org.openclaw.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * The trust gate: the only way for a bundle into the framework. The launcher registers it before the framework starts;
 * a resolver hook beside it refuses every bundle revision that did not come through {@link #install}.
 *
 * <p>Thread-safe. Every method reads the trust store as it is now: a change is seen within a second.
 */
@ProviderType
public interface Gate {
    /**
     * Reads the file once, hashes and verifies those bytes and, when they are trusted, keeps them in the artifact store
     * under their digest, durably. The file itself is not changed.
     *
     * @return the verdict on the bytes that were read
     * @throws IOException when the file cannot be read or the artifact store cannot be written
     */
    Verdict admit(Path file) throws IOException;

    /**
     * Judges an artifact of the store again: its bytes are hashed, the policy is asked as it is now. A digest that is
     * not in the store, or whose stored bytes have changed, is refused with {@code store.missing} or
     * {@code store.changed}.
     */
    Verdict recheck(Digest digest);

    /** Where the store keeps the bytes of an artifact; empty when it does not have it. */
    Optional<Path> stored(Digest digest);

    /**
     * Installs an artifact of the store, without starting it.
     *
     * @throws BundleException when it is not in the store, no longer trusted, or the framework refuses it
     */
    Bundle install(Digest digest) throws BundleException;

    /** The verdict under which a bundle runs; empty for bundles of the container itself. */
    Optional<Verdict> verdict(Bundle bundle);

    /** Drops every artifact from the store that is not in {@code keep}. */
    void retain(Set<Digest> keep) throws IOException;

    /**
     * Calls {@code listener} after each change of the trust store (and hourly), on a thread of the gate. The verdicts
     * of running bundles may be other ones from then on.
     *
     * @return closing it ends the calls
     */
    AutoCloseable onPolicyChange(Runnable listener);
}
