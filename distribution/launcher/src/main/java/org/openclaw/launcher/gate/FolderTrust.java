package org.openclaw.launcher.gate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.openclaw.deploy.Revocation;
import org.openclaw.deploy.RevocationList;
import org.openclaw.deploy.Trust;
import org.openclaw.deploy.TrustedPublisher;
import org.openclaw.deploy.Verdict;
import org.openclaw.deploy.trust.Revocations;
import org.openclaw.deploy.trust.TrustException;

/**
 * The trust store of the gate, for bundles. What is revoked here goes the way of {@code claw revoke}: into the file, where
 * the watch finds it, at once because it is told to look.
 */
final class FolderTrust implements Trust {
    private final TrustWatch watch;
    private final Revocations revocations;
    private final Object revoking = new Object();

    /** @param folder such as {@code conf/trust} */
    FolderTrust(TrustWatch watch, Path folder) {
        this.watch = watch;
        this.revocations = new Revocations(folder);
    }

    @Override
    public List<TrustedPublisher> publishers() {
        return watch.store().entries();
    }

    @Override
    public RevocationList revocations() {
        return watch.store().revocations();
    }

    @Override
    public List<Verdict.Flag> problems() {
        return watch.store().problems();
    }

    @Override
    public Outcome revoke(Revocation what) throws IOException {
        try {
            // the file's lock is between processes: within this one, a second caller would be refused and not wait
            synchronized (revoking) {
                var change = switch (what) {
                    case Revocation.File(var digest) -> revocations.revokeFile(digest);
                    case Revocation.Key(var digest) -> revocations.revokeKey(digest);
                    case Revocation.Bundle(var name, var versions) -> revocations.revokeBundle(name, versions);
                };
                watch.lookNow();
                return new Outcome.Revoked(what, change.added(), change.serial());
            }
        } catch (TrustException refused) {
            return new Outcome.Refused(refused.code(), String.valueOf(refused.getMessage()));
        }
    }
}
