package org.openclaw.launcher.gate;

import org.openclaw.deploy.Digest;

/** Where the bytes of an admitted bundle revision are from. */
sealed interface Origin {
    /** The container's own files, on the signed list of the installation. */
    record Installation() implements Origin {}

    /** The artifact store. */
    record Stored(Digest digest) implements Origin {}
}
