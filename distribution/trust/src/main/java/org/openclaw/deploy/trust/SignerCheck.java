package org.openclaw.deploy.trust;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.openclaw.deploy.Signature;

/**
 * Checks a signer's certificate and its path to an anchor at the moment that counts: the timestamp of a trusted authority
 * if the signature has one, else now. The JDK's PKIX validation has the last word; the checks before it say precisely
 * what is wrong, and demand more than it does (code signing, authorities that are marked as such, strong keys throughout).
 */
final class SignerCheck {
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String NEW_CERTIFICATE = "Sign again with a code-signing certificate: claw keygen, claw sign.";

    private final TrustStore store;
    private final Instant now;

    SignerCheck(TrustStore store, Instant now) {
        this.store = store;
        this.now = now;
    }

    /**
     * Checks one signature.
     *
     * @param path the signer's certificate first, its anchor last
     */
    Signature check(SignedContent signature, List<X509Certificate> path) throws Rejected {
        checkSigner(path);
        for (var authority : path.subList(1, path.size())) {
            checkAuthority(authority);
        }
        checkKeys(path);
        var timestamp = timestamp(signature);
        checkValidity(path, timestamp);
        validate(path, timestamp.orElse(now), "chain.invalid");
        return describe(signature, path, timestamp);
    }

    static Signature describe(SignedContent signature, List<X509Certificate> path, Optional<Instant> timestamp) {
        var signer = path.getFirst();
        return new Signature(
                signature.algorithm().name(),
                signer.getSubjectX500Principal().getName(),
                Certificates.key(signer),
                Certificates.key(path.getLast()),
                signer.getNotAfter().toInstant(),
                timestamp);
    }

    private static void checkSigner(List<X509Certificate> path) throws Rejected {
        var signer = path.getFirst();
        if (signer.getBasicConstraints() >= 0) {
            throw new Rejected(
                    "signer.authority",
                    "signer " + Certificates.shown(signer) + " is a certificate authority",
                    "a code-signing certificate issued by it",
                    NEW_CERTIFICATE);
        }
        if (path.size() == 1) {
            throw new Rejected(
                    "chain.authority",
                    "signer " + Certificates.shown(signer) + " is its own anchor",
                    "a certificate issued by an authority",
                    NEW_CERTIFICATE);
        }
        var usage = signer.getKeyUsage();
        if (usage != null && !usage[0]) {
            throw new Rejected(
                    "signer.purpose",
                    "the key of signer " + Certificates.shown(signer) + " is not for signing",
                    "the key usage digitalSignature",
                    NEW_CERTIFICATE);
        }
        if (!extendedUsage(signer).contains(CODE_SIGNING)) {
            throw new Rejected(
                    "signer.purpose",
                    "the certificate of signer " + Certificates.shown(signer) + " is not for signing code",
                    "the extended key usage codeSigning",
                    NEW_CERTIFICATE);
        }
    }

    private static List<String> extendedUsage(X509Certificate certificate) {
        try {
            var usage = certificate.getExtendedKeyUsage();
            return usage == null ? List.of() : usage;
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
    }

    private static void checkAuthority(X509Certificate authority) throws Rejected {
        if (!Certificates.isAuthority(authority)) {
            throw new Rejected(
                    "chain.authority",
                    "the chain has an issuer that is no authority: " + Certificates.shown(authority),
                    "issuers with the basic constraint CA and the right to sign certificates",
                    NEW_CERTIFICATE);
        }
    }

    private static void checkKeys(List<X509Certificate> path) throws Rejected {
        for (var certificate : path) {
            SignatureAlgorithm.checkKey(
                    SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded()),
                    "certificate " + Certificates.shown(certificate));
        }
        for (var certificate : path.subList(0, path.size() - 1)) {
            if (!SignatureAlgorithm.isStrong(certificate.getSigAlgOID())) {
                throw new Rejected(
                        "chain.algorithm",
                        "certificate " + Certificates.shown(certificate) + " is signed by "
                                + certificate.getSigAlgName(),
                        "SHA-256 or stronger throughout the chain",
                        NEW_CERTIFICATE);
            }
        }
    }

    /** The time of the signature as a trusted authority saw it. */
    private Optional<Instant> timestamp(SignedContent signature) throws Rejected {
        if (signature.timestamp().isEmpty()) {
            return Optional.empty();
        }
        var timestamp = signature.timestamp().get();
        var path = Certificates.path(timestamp.authority(), timestamp.others(), store.authorities());
        if (path.isEmpty()) {
            throw new Rejected(
                    "timestamp.untrusted",
                    "its timestamp is by " + Certificates.shown(timestamp.authority()) + ", which is not trusted",
                    "an authority of tsa/ in the trust store",
                    "Add the authority's certificate to tsa/ in the trust store, or sign without a timestamp.");
        }
        if (timestamp.at().isAfter(now.plus(SKEW))) {
            throw new Rejected(
                    "timestamp.future",
                    "its timestamp is of the future: " + timestamp.at(),
                    "a time before " + now,
                    "Check the clock of this machine, or get the jar again.");
        }
        for (var authority : path.get().subList(1, path.get().size())) {
            checkAuthority(authority);
        }
        checkKeys(path.get());
        validate(path.get(), timestamp.at(), "timestamp.invalid");
        return Optional.of(timestamp.at());
    }

    private void checkValidity(List<X509Certificate> path, Optional<Instant> timestamp) throws Rejected {
        var moment = timestamp.orElse(now);
        for (var certificate : path) {
            var signer = certificate.equals(path.getFirst());
            var who = signer ? "signer" : "authority";
            if (moment.isBefore(certificate.getNotBefore().toInstant())) {
                throw new Rejected(
                        signer ? "signer.notyet" : "chain.expired",
                        "the certificate of %s %s is valid only from %s"
                                .formatted(
                                        who,
                                        Certificates.shown(certificate),
                                        certificate.getNotBefore().toInstant()),
                        "one that is valid at " + moment,
                        "Check the clock of this machine, or sign again with a valid certificate.");
            }
            if (moment.isAfter(certificate.getNotAfter().toInstant())) {
                throw new Rejected(
                        timestamp.isPresent() ? "timestamp.late" : signer ? "signer.expired" : "chain.expired",
                        "the certificate of %s %s has expired on %s"
                                .formatted(
                                        who,
                                        Certificates.shown(certificate),
                                        certificate.getNotAfter().toInstant()),
                        timestamp.isPresent() ? "a timestamp before that" : "one that is valid now, or a timestamp",
                        "Sign again with a valid certificate: claw keygen, claw sign.");
            }
        }
    }

    private static void validate(List<X509Certificate> path, Instant moment, String code) throws Rejected {
        try {
            if (path.size() == 1) {
                path.getFirst().checkValidity(Date.from(moment));
                return;
            }
            var chain = CertificateFactory.getInstance("X.509").generateCertPath(path.subList(0, path.size() - 1));
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(path.getLast(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(moment));
            var ignored = CertPathValidator.getInstance("PKIX").validate(chain, parameters);
        } catch (GeneralSecurityException invalid) {
            throw new Rejected(
                    code,
                    "the chain of " + Certificates.shown(path.getFirst()) + " does not hold: " + invalid.getMessage(),
                    "a chain that is valid by RFC 5280 at " + moment,
                    NEW_CERTIFICATE);
        }
    }
}
