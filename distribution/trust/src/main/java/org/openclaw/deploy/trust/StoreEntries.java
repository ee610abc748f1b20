package org.openclaw.deploy.trust;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.openclaw.deploy.Digest;
import org.openclaw.deploy.Revocation;
import org.openclaw.deploy.RevocationList;
import org.openclaw.deploy.TrustedPublisher;
import org.openclaw.deploy.TrustedPublisher.Anchor;
import org.openclaw.deploy.TrustedPublisher.Limits;

/** The content of a trust store in the words of the API. */
final class StoreEntries {
    private StoreEntries() {}

    /** @param anchors the certificates that its chains may end in */
    static TrustedPublisher of(Publisher publisher, List<X509Certificate> anchors, Optional<String> problem) {
        return new TrustedPublisher(
                publisher.name(), anchors.stream().map(StoreEntries::anchor).toList(), limits(publisher), problem);
    }

    private static Anchor anchor(X509Certificate certificate) {
        return new Anchor(
                certificate.getSubjectX500Principal().getName(),
                Certificates.key(certificate),
                certificate.getNotAfter().toInstant());
    }

    private static Limits limits(Publisher publisher) {
        return new Limits(
                publisher.bundles(),
                publisher.agents(),
                publisher.capabilities(),
                publisher.postQuantum() ? List.of("classical", "pq") : List.of("classical"),
                publisher.timestamp(),
                publisher.crlRequired(),
                publisher.inProcess(),
                publisher.mutable(),
                publisher.nativeCode(),
                publisher.system(),
                publisher.minVersions());
    }

    static RevocationList of(RevokedList list) {
        var entries = new ArrayList<Revocation>();
        list.files().stream()
                .sorted(Comparator.comparing(Digest::hex))
                .map(Revocation.File::new)
                .forEach(entries::add);
        list.keys().stream()
                .sorted(Comparator.comparing(Digest::hex))
                .map(Revocation.Key::new)
                .forEach(entries::add);
        list.bundles().stream()
                .map(bundle -> new Revocation.Bundle(bundle.name(), bundle.versions()))
                .sorted(Comparator.comparing(Revocation.Bundle::text))
                .forEach(entries::add);
        return new RevocationList(list.serial(), entries);
    }
}
