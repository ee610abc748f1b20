package org.openclaw.gateway.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openclaw.deploy.Revocation;
import org.openclaw.deploy.RevocationList;
import org.openclaw.deploy.Trust;
import org.openclaw.deploy.TrustedPublisher;
import org.openclaw.deploy.Verdict;

/** A trust store in memory. */
final class MemoryTrust implements Trust {
    final List<TrustedPublisher> publishers = new ArrayList<>();
    final List<Verdict.Flag> problems = new ArrayList<>();
    final List<Revocation> revoked = new ArrayList<>();
    boolean busy;
    boolean full;

    @Override
    public List<TrustedPublisher> publishers() {
        return publishers;
    }

    @Override
    public RevocationList revocations() {
        return new RevocationList(revoked.size(), revoked);
    }

    @Override
    public List<Verdict.Flag> problems() {
        return problems;
    }

    @Override
    public Outcome revoke(Revocation what) throws IOException {
        if (full) {
            throw new IOException("Read-only file system: /secret/place");
        }
        if (busy) {
            return new Outcome.Refused("trust.busy", "Another command is changing the trust store. Try again.");
        }
        boolean added = !revoked.contains(what) && revoked.add(what);
        return new Outcome.Revoked(what, added, revoked.size());
    }
}
