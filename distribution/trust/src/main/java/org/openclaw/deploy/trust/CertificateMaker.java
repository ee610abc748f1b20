package org.openclaw.deploy.trust;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes an anchor, which signs certificates and nothing else, and under it a leaf, which signs code and nothing else. */
final class CertificateMaker {
    private static final int ANCHOR_YEARS = 10;
    private static final int LEAF_YEARS = 2;
    /** Certificates begin a little in the past, for machines whose clocks lag. */
    private static final int SLACK_MINUTES = 10;

    private static final int SERIAL_BITS = 127;

    private final Provider provider;
    private final InstantSource clock;
    private final SecureRandom random;

    CertificateMaker(Provider provider, InstantSource clock, SecureRandom random) {
        this.provider = provider;
        this.clock = clock;
        this.random = random;
    }

    /** A self-signed anchor that may sign leaves, but no further authority. */
    X509Certificate anchor(String name, KeyPair keys, String algorithm) throws IOException {
        var subject = new X500Name("CN=" + name + " anchor");
        var certificate = builder(subject, keys.getPublic(), subject, ANCHOR_YEARS)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .addExtension(
                        Extension.subjectKeyIdentifier, false, ids().createSubjectKeyIdentifier(keys.getPublic()));
        return sign(certificate, keys, algorithm);
    }

    /** A leaf that signs code, issued by {@code anchor}. */
    X509Certificate leaf(String name, PublicKey key, X509Certificate anchor, KeyPair anchorKeys, String algorithm)
            throws IOException {
        var issuer = X500Name.getInstance(anchor.getSubjectX500Principal().getEncoded());
        var certificate = builder(new X500Name("CN=" + name), key, issuer, LEAF_YEARS)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning))
                .addExtension(Extension.subjectKeyIdentifier, false, ids().createSubjectKeyIdentifier(key))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        ids().createAuthorityKeyIdentifier(anchor.getPublicKey()));
        return sign(certificate, anchorKeys, algorithm);
    }

    private X509v3CertificateBuilder builder(X500Name subject, PublicKey key, X500Name issuer, int years) {
        Instant from = clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(SLACK_MINUTES, ChronoUnit.MINUTES);
        Instant to = from.atOffset(ZoneOffset.UTC).plusYears(years).toInstant();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                Date.from(from),
                Date.from(to),
                subject,
                key);
    }

    private X509Certificate sign(X509v3CertificateBuilder certificate, KeyPair issuer, String algorithm) {
        try {
            var signer = new JcaContentSignerBuilder(algorithm)
                    .setProvider(provider)
                    .setSecureRandom(random)
                    .build(issuer.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(certificate.build(signer));
        } catch (OperatorCreationException | CertificateException impossible) {
            throw new IllegalStateException("a fresh key signs a fresh certificate with " + algorithm, impossible);
        }
    }

    private static JcaX509ExtensionUtils ids() {
        try {
            return new JcaX509ExtensionUtils();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-1, which key identifiers are made of", missing);
        }
    }
}
