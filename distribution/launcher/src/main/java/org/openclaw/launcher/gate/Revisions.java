package org.openclaw.launcher.gate;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Which bundle revisions came in by the right way, and from what. A revision is the framework's object for one set of bytes
 * of a bundle: {@code Bundle.update} makes another one, so that it is the identity that counts, never the location or name.
 * Weak: a revision that the framework has let go of is forgotten with it.
 *
 * <p>Thread-safe.
 */
final class Revisions {
    private final Map<BundleRevision, Origin> origins = Collections.synchronizedMap(new WeakHashMap<>());

    /** Says where a revision is from. */
    void admit(BundleRevision revision, Origin origin) {
        origins.put(revision, origin);
    }

    /** Where it is from; empty when it came in past the gate. */
    Optional<Origin> origin(BundleRevision revision) {
        return Optional.ofNullable(origins.get(revision));
    }
}
