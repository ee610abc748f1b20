package org.openclaw.deploy;

import java.util.List;

/**
 * What {@code revoked.json} of the trust store says.
 *
 * @param serial grows by one with each addition; 0 when nothing was ever revoked
 * @param entries files, then keys, then bundles; those of a kind in the order of their text
 */
public record RevocationList(long serial, List<Revocation> entries) {
    public RevocationList {
        entries = List.copyOf(entries);
    }
}
