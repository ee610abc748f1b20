package org.openclaw.deploy.trust;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.openclaw.deploy.Digest;

/**
 * Whether something has been revoked: by the operator's list, or by the revocation list of an authority. A revocation holds
 * from the beginning of time: a timestamp before it does not help, because who stole a key can also have kept a token.
 */
final class RevocationCheck {
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final String CURE = "It must not run. Get a version that is not revoked from its publisher.";

    private final TrustStore store;
    private final Instant now;

    RevocationCheck(TrustStore store, Instant now) {
        this.store = store;
        this.now = now;
    }

    static Rejected file(Digest digest) {
        return new Rejected("revoked.file", "its digest " + digest.brief() + " has been revoked", "", CURE);
    }

    /** Refuses what the operator's list names. */
    void checkList(VerifiedJar jar) throws Rejected {
        if (store.revoked().files().contains(jar.digest())) {
            throw file(jar.digest());
        }
        if (store.revoked().revokes(jar.name(), jar.version())) {
            throw new Rejected(
                    "revoked.bundle", jar.name() + " " + jar.version() + " has been revoked", "another version", CURE);
        }
        for (var signature : jar.signatures()) {
            checkKeys(certificates(signature));
        }
    }

    private static List<X509Certificate> certificates(SignedContent signature) {
        var all = new ArrayList<X509Certificate>();
        all.add(signature.certificate());
        all.addAll(signature.others());
        signature.timestamp().ifPresent(timestamp -> {
            all.add(timestamp.authority());
            all.addAll(timestamp.others());
        });
        return all;
    }

    void checkKeys(List<X509Certificate> certificates) throws Rejected {
        for (var certificate : certificates) {
            var key = Certificates.key(certificate);
            if (store.revoked().keys().contains(key)) {
                throw new Rejected(
                        "revoked.key",
                        "the key " + key.brief() + " of " + Certificates.shown(certificate) + " has been revoked",
                        "a signature by another key",
                        CURE);
            }
        }
    }

    /** Refuses a path in which an authority has revoked a certificate, however old its list. */
    void checkRevoked(List<X509Certificate> path) throws Rejected {
        for (var index = 0; index + 1 < path.size(); index++) {
            for (var crl : genuine(path.get(index + 1))) {
                if (crl.getRevokedCertificate(path.get(index)) != null) {
                    throw new Rejected(
                            "signer.revoked",
                            "the certificate of " + Certificates.shown(path.get(index)) + " has been revoked by "
                                    + Certificates.shown(path.get(index + 1)),
                            "a signature by a certificate that is not revoked",
                            CURE);
                }
            }
        }
    }

    /** Refuses a path with such an authority. */
    void checkLists(List<X509Certificate> path, boolean required) throws Rejected {
        for (var issuer : path.subList(1, path.size())) {
            checkLists(issuer, required);
        }
    }

    /** Refuses an authority whose revocation list is missing although demanded, or is out of date or not genuine. */
    void checkLists(X509Certificate issuer, boolean required) throws Rejected {
        var named = named(issuer);
        var genuine = genuine(issuer);
        if (genuine.size() != named.size()) {
            throw list(
                    "crl.broken",
                    "a revocation list in the name of " + Certificates.shown(issuer) + " is not its own, or partial",
                    "complete lists, signed by their authority");
        }
        Optional<X509CRL> newest = genuine.stream().max(Comparator.comparing(X509CRL::getThisUpdate));
        if (newest.isEmpty()) {
            if (required) {
                throw list(
                        "crl.missing",
                        "there is no revocation list of " + Certificates.shown(issuer),
                        "a fresh list, as its publisher's file demands");
            }
            return;
        }
        var list = newest.get();
        if (list.getThisUpdate().toInstant().isAfter(now.plus(SKEW))) {
            throw list(
                    "crl.stale", "the revocation list of " + Certificates.shown(issuer) + " is of the future", "now");
        }
        var next = list.getNextUpdate();
        if (next == null || next.toInstant().isBefore(now)) {
            throw list(
                    "crl.stale",
                    "the revocation list of " + Certificates.shown(issuer) + " is out of date"
                            + (next == null ? "" : " since " + next.toInstant()),
                    "a fresh list");
        }
    }

    private List<X509CRL> named(X509Certificate issuer) {
        return store.crls().stream()
                .filter(crl -> crl.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()))
                .toList();
    }

    private List<X509CRL> genuine(X509Certificate issuer) {
        return named(issuer).stream().filter(crl -> isGenuine(crl, issuer)).toList();
    }

    private static boolean isGenuine(X509CRL crl, X509Certificate issuer) {
        var usage = issuer.getKeyUsage();
        var critical = crl.getCriticalExtensionOIDs();
        if ((usage != null && !usage[6])
                || (critical != null && !critical.isEmpty())
                || !SignatureAlgorithm.isStrong(crl.getSigAlgOID())) {
            return false;
        }
        try {
            crl.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException forged) {
            return false;
        }
    }

    private static Rejected list(String code, String reason, String expected) {
        return new Rejected(
                code, reason, expected, "Put the authority's present revocation list into crl/ of the trust store.");
    }
}
