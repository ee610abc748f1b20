package org.openclaw.launcher.gate;

import java.io.IOException;
import java.util.Optional;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Verdict;
import org.osgi.framework.Bundle;

/** The refusals that are the gate's own: those of signatures and policy come from the trust library. */
final class Refusals {
    private static final String AGAIN = "Put the jar into deploy/ again; look who may write into data/.";

    private Refusals() {}

    static Verdict.Refused bypass(Bundle bundle) {
        return new Verdict.Refused(
                "%s %s (%s)".formatted(bundle.getSymbolicName(), bundle.getVersion(), bundle.getLocation()),
                Optional.empty(),
                "gate.bypass",
                "it came into the framework past the gate, so nobody has verified it",
                "a signed jar in deploy/",
                "Uninstall it, sign it with 'claw sign' and put it into deploy/ with 'claw deploy'.");
    }

    static Verdict.Refused missing(Digest digest) {
        return new Verdict.Refused(
                "sha256 " + digest.brief(),
                Optional.of(digest),
                "store.missing",
                "the artifact store does not have it",
                "a jar that has been admitted",
                "Put the jar into deploy/ again.");
    }

    static Verdict.Refused changed(String subject, Digest digest) {
        return new Verdict.Refused(
                subject,
                Optional.of(digest),
                "store.changed",
                "its bytes in the artifact store are not those that were verified",
                "sha256 " + digest.brief(),
                AGAIN);
    }

    static Verdict.Refused unreadable(Digest digest, IOException failed) {
        return new Verdict.Refused(
                "sha256 " + digest.brief(),
                Optional.of(digest),
                "store.unreadable",
                "the artifact store cannot be read: " + failed.getMessage(),
                "a readable file in data/artifacts",
                AGAIN);
    }

    static Verdict.Refused tooLarge(String subject, long size, long largest) {
        return new Verdict.Refused(
                subject,
                Optional.empty(),
                "file.size",
                "it has %d MiB".formatted(size >> 20),
                "at most %d MiB".formatted(largest >> 20),
                "Make the bundle smaller.");
    }
}
