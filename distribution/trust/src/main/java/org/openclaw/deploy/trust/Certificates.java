package org.openclaw.deploy.trust;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openclaw.deploy.Digest;

/** Questions about X.509 certificates. */
final class Certificates {
    private static final int LONGEST = 6;

    private Certificates() {}

    /** The SHA-256 of the SubjectPublicKeyInfo. */
    static Digest key(X509Certificate certificate) {
        return Digest.of(certificate.getPublicKey().getEncoded());
    }

    static String shown(X509Certificate certificate) {
        return "'" + certificate.getSubjectX500Principal().getName() + "'";
    }

    static boolean isAuthority(X509Certificate certificate) {
        var usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && (usage == null || usage[5]);
    }

    /**
     * A path from a certificate to one of the anchors, by name and signature; nothing else is checked.
     *
     * @param pool certificates that may lie between
     * @return the certificate first, the anchor last; the certificate alone when it is an anchor itself
     */
    static Optional<List<X509Certificate>> path(
            X509Certificate certificate, Collection<X509Certificate> pool, Collection<X509Certificate> anchors) {
        if (anchors.contains(certificate)) {
            return Optional.of(List.of(certificate));
        }
        return path(new ArrayList<>(List.of(certificate)), new HashSet<>(pool), anchors);
    }

    /** Takes each certificate out of the pool as it is tried, so that a crafted pool costs little. */
    private static Optional<List<X509Certificate>> path(
            List<X509Certificate> path, Set<X509Certificate> pool, Collection<X509Certificate> anchors) {
        var last = path.getLast();
        for (var anchor : anchors) {
            if (issued(anchor, last)) {
                path.add(anchor);
                return Optional.of(List.copyOf(path));
            }
        }
        if (path.size() >= LONGEST) {
            return Optional.empty();
        }
        for (var issuer : List.copyOf(pool)) {
            if (pool.contains(issuer) && !issuer.equals(last) && issued(issuer, last)) {
                pool.remove(issuer);
                path.add(issuer);
                var found = path(path, pool, anchors);
                if (found.isPresent()) {
                    return found;
                }
                path.removeLast();
            }
        }
        return Optional.empty();
    }

    /** The path as far as the pool goes, for messages and for what runs although its anchor is gone. */
    static List<X509Certificate> longestPath(X509Certificate certificate, Collection<X509Certificate> pool) {
        var path = new ArrayList<>(List.of(certificate));
        while (path.size() < LONGEST) {
            var last = path.getLast();
            var next = pool.stream()
                    .filter(issuer -> !path.contains(issuer) && issued(issuer, last))
                    .findFirst();
            if (next.isEmpty()) {
                break;
            }
            path.add(next.get());
        }
        return path;
    }

    private static boolean issued(X509Certificate issuer, X509Certificate subject) {
        if (!issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal())) {
            return false;
        }
        try {
            subject.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException notIssued) {
            return false;
        }
    }
}
