package org.openclaw.deploy.trust;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jcajce.spec.MLDSAParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates with any property a careless or hostile authority might give them. */
final class CertificateForge {
    static final Provider PROVIDER = new BouncyCastleProvider();
    private static final AtomicLong SERIAL = new AtomicLong(1000);

    private final String subject;
    private String keyAlgorithm = "EC";
    private String hash = "SHA256";
    private Instant notBefore;
    private Instant notAfter;
    private boolean authority;
    private Optional<Integer> usage = Optional.of(KeyUsage.digitalSignature);
    private List<KeyPurposeId> purposes = List.of(KeyPurposeId.id_kp_codeSigning);
    private boolean criticalPurposes;
    private Optional<KeyPair> keys = Optional.empty();
    private boolean unknownCritical;

    private CertificateForge(String subject, Instant now) {
        this.subject = subject;
        this.notBefore = now.minus(Duration.ofDays(30));
        this.notAfter = now.plus(Duration.ofDays(365));
    }

    /** A key with its chain, leaf first. */
    record Issued(KeyPair keys, List<X509Certificate> chain) {
        SigningKey signing() {
            return new SigningKey(keys.getPrivate(), chain);
        }

        X509Certificate certificate() {
            return chain.getFirst();
        }

        Issued withChain(List<X509Certificate> other) {
            return new Issued(keys, other);
        }
    }

    static CertificateForge leaf(String commonName, Instant now) {
        return new CertificateForge("CN=" + commonName, now);
    }

    static CertificateForge authority(String commonName, Instant now) {
        var forge = new CertificateForge("CN=" + commonName, now);
        forge.authority = true;
        forge.usage = Optional.of(KeyUsage.keyCertSign | KeyUsage.cRLSign);
        forge.purposes = List.of();
        forge.notAfter = now.plus(Duration.ofDays(3650));
        return forge;
    }

    CertificateForge key(String algorithm) {
        this.keyAlgorithm = algorithm;
        return this;
    }

    CertificateForge keys(KeyPair pair) {
        this.keys = Optional.of(pair);
        return this;
    }

    CertificateForge hash(String name) {
        this.hash = name;
        return this;
    }

    CertificateForge valid(Instant from, Instant to) {
        this.notBefore = from;
        this.notAfter = to;
        return this;
    }

    CertificateForge asAuthority(boolean value) {
        this.authority = value;
        return this;
    }

    CertificateForge usage(int bits) {
        this.usage = Optional.of(bits);
        return this;
    }

    CertificateForge withoutUsage() {
        this.usage = Optional.empty();
        return this;
    }

    CertificateForge purposes(boolean critical, KeyPurposeId... ids) {
        this.purposes = List.of(ids);
        this.criticalPurposes = critical;
        return this;
    }

    CertificateForge withUnknownCriticalExtension() {
        this.unknownCritical = true;
        return this;
    }

    Issued selfSigned() throws Exception {
        var pair = pair();
        return new Issued(pair, List.of(build(pair, new X500Name(subject), pair)));
    }

    Issued issuedBy(Issued issuer) throws Exception {
        var pair = pair();
        var name = X500Name.getInstance(
                issuer.certificate().getSubjectX500Principal().getEncoded());
        var certificate = build(pair, name, issuer.keys());
        var chain = new java.util.ArrayList<X509Certificate>();
        chain.add(certificate);
        chain.addAll(issuer.chain());
        return new Issued(pair, List.copyOf(chain));
    }

    static X509CRL crl(Issued issuer, Instant from, Instant to, X509Certificate... revoked) throws Exception {
        var builder = new JcaX509v2CRLBuilder(issuer.certificate(), Date.from(from));
        builder.setNextUpdate(Date.from(to));
        for (var certificate : revoked) {
            builder.addCRLEntry(certificate.getSerialNumber(), Date.from(from), CRLReason.keyCompromise);
        }
        return new JcaX509CRLConverter()
                .getCRL(builder.build(new JcaContentSignerBuilder(algorithm(issuer.keys(), "SHA256"))
                        .setProvider(PROVIDER)
                        .build(issuer.keys().getPrivate())));
    }

    static String algorithm(KeyPair keys, String hash) {
        return switch (keys.getPrivate().getAlgorithm()) {
            case "RSA" -> hash + "withRSA";
            case "EC", "ECDSA" -> hash + "withECDSA";
            case "Ed25519", "EdDSA" -> "Ed25519";
            default -> "ML-DSA-65";
        };
    }

    private KeyPair pair() throws Exception {
        if (keys.isPresent()) {
            return keys.get();
        }
        var name = keyAlgorithm.startsWith("RSA") ? "RSA" : keyAlgorithm;
        var generator = KeyPairGenerator.getInstance(name, PROVIDER);
        switch (name) {
            case "RSA" -> generator.initialize(Integer.parseInt(keyAlgorithm.substring(3)));
            case "EC" -> generator.initialize(new ECGenParameterSpec("secp256r1"));
            case "ML-DSA" -> generator.initialize(MLDSAParameterSpec.ml_dsa_65);
            default -> generator.initialize(255);
        }
        return generator.generateKeyPair();
    }

    private X509Certificate build(KeyPair pair, X500Name issuer, KeyPair issuerKeys) throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(SERIAL.incrementAndGet()),
                Date.from(notBefore),
                Date.from(notAfter),
                new X500Name(subject),
                pair.getPublic());
        builder.addExtension(
                Extension.basicConstraints, true, authority ? new BasicConstraints(true) : new BasicConstraints(false));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        if (usage.isPresent()) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage.get()));
        }
        if (!purposes.isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    criticalPurposes,
                    new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
        }
        if (unknownCritical) {
            builder.addExtension(
                    new org.bouncycastle.asn1.ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, new byte[] {5, 0});
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm(issuerKeys, hash))
                        .setProvider(PROVIDER)
                        .build(issuerKeys.getPrivate())));
    }
}
