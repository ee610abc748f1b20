package org.openclaw.launcher;

import java.nio.file.Path;
import java.time.InstantSource;
import org.openclaw.deploy.trust.DigestList;
import org.openclaw.deploy.trust.TrustStore;

/**
 * Checks that what is about to be started is what was released: one signed list of digests over the scripts, the class path,
 * the features and the system bundles, by a publisher that the operator lets be part of the system. It takes a tenth of what
 * verifying each system bundle's own signature would.
 */
record InstallationCheck(Installation installation, Path trust, InstantSource clock) {
    /** @throws LaunchException when a file is missing, changed or not on the list, or its signer is not trusted */
    void run() throws LaunchException {
        var wrong = DigestList.check(
                installation.folder(), installation.digests(), TrustStore.load(trust), clock.instant());
        if (wrong.isPresent()) {
            throw LaunchException.changed(wrong.get());
        }
    }
}
